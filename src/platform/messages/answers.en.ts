import type { answersZh } from './answers.zh.ts'

/** What is wrong with an answer and how to put it right, in English. */
export const answersEn = {
  'answer.required': 'Please write something here',
  'answer.choose': 'Please choose one',
  'answer.noneAlone': 'If you choose “none of these”, leave the others unticked',
  'answer.tick': 'Please read it, then tick the box',
  'answer.tooShort': 'Please write a few more words, so that we understand what happened',
  'answer.tooLong': 'This is too long; please keep what matters most',
  'answer.tooMany': 'At most 20 at a time; add the others later',
  'answer.number': 'Please write a number, for example 3000',
  'answer.date.impossible': 'There is no such day; please give year, month and day',
  'answer.date.missing': 'Please give the day; roughly will do',
  'answer.date.future': 'This day has not come yet; please check',
  'answer.phone': 'Please give an 11-digit mobile number, or a landline with area code',
  'answer.idNumber.length': 'An identity number has 18 characters; please count them',
  'answer.idNumber.checksum': 'This identity number cannot be right; please compare it with the card, a digit may be wrong',
  'answer.idNumber.date': 'The birth date inside this identity number cannot be right; please compare it with the card',
  'answer.idNumber.orWhy': 'Please give the identity number, or write below why you cannot',
  'answer.code': 'Code or secret is wrong; please compare them with your receipt. After several tries you will have to wait a little',
  'answer.file.required': 'Please choose a photo or a file first',
  'answer.file.type': 'Please upload a photo or a PDF; we cannot open anything else',
  'answer.file.tooLarge': 'This file is too large; please take a smaller photo or upload it in parts',
  'answer.invalid': 'Something is not right here; please check it',
} satisfies Record<keyof typeof answersZh, string>
