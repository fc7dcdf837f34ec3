import { refusing, type OwnRefusal } from '#kernel/refusal.ts'
import { confirmTooLate } from '#parts/confirming-together.ts'

/** What this service alone refuses, to the one who reads it, with what to do next. */
export const refusals = {
  never_together: {
    status: 409,
    text: {
      zh: '这件事里有人不方便当面谈。请分开听取各方意见，不要安排到一起。',
      en: 'Somebody here cannot speak freely in front of the other side. Hear each side apart.',
    },
  },
  apart_first: {
    status: 409,
    text: {
      zh: '一方是单位，一方是个人。请先单独听当事人说，再约到一起谈。',
      en: 'A firm faces one person here. Hear each side alone first, then set a meeting of both.',
    },
  },
  not_all_signed: {
    status: 409,
    text: {
      zh: '还有人没签名，或者没盖章。等都签好、盖好，再把签名的协议书放进来。',
      en: 'Somebody has not signed, or it was not sealed. Add the signed copy once everybody has signed and it was sealed.',
    },
  },
  text_is_settled: {
    status: 409,
    text: {
      zh: '文本已经交给各方签名。要改，请先点“修改协议”，签过的名不再算数，改完重新签。',
      en: 'The text is being signed. Choose “Change the agreement” first: what was signed no longer counts, and all sign anew.',
    },
  },
  for_the_table: {
    status: 403,
    text: {
      zh: '协议文本和记录由调解员放进来；您的材料请选“有关材料”。',
      en: 'The mediator adds the agreement and the record; add yours as supporting papers.',
    },
    desk: {
      zh: '协议文本和记录由调解员或者调解委员会放进来。别的材料，请选“有关材料”。',
      en: 'The mediator or the committee adds the agreement and the record. Add anything else as supporting papers.',
    },
  },
  write_it_down: {
    status: 409,
    text: {
      zh: '口头协议没有文书可以确认。请调解员写成协议书，大家签名盖章后再申请，三十日从那天算起。',
      en: 'An oral agreement is no paper a court can confirm. Have it written down and signed: the thirty days run from that day.',
    },
    desk: {
      zh: '口头协议没有文书可以确认。请先写成协议书，各方签名盖章后再申请，三十日从生效那天算起。',
      en: 'An oral agreement is no paper a court can confirm. Write it down and have it signed: the thirty days run from that day.',
    },
  },
  confirm_too_late: confirmTooLate,
} satisfies Record<string, OwnRefusal>

/** A refusal, of this service or of any; a misspelt code does not compile. */
export const no = refusing(refusals)
