import type { refusalsZh } from './refusals.zh.ts'

/** Every "no" the platform can say, to the one who reads it, with what to do next, in English. */
export const refusalsEn = {
  'refusal.not_found': 'Nothing was found. Please check the code and the address; if it is still missing, call 12348.',
  'refusal.not_permitted': 'This step is not yours to take. The progress page says whose it is; or call 12348.',
  'refusal.sign_in_first':
    'This page is for those who have come in; after a long pause one comes in again. Please use code and secret, or sign in.',
  'refusal.wrong_credentials': 'That does not match. Please check the code, secret or digits for a slip and try again.',
  'refusal.too_many_tries': 'Too many tries. Please wait fifteen minutes and come back; if it is urgent, call 12348.',
  'refusal.opened_enough': 'You have opened enough matters today. Please come back tomorrow.',
  'refusal.codes_used_up': 'Enough codes were sent to this phone today. Please come back tomorrow; if it is urgent, call 12348.',
  'refusal.wrong_state': 'This matter has moved on, so this cannot be done now. The progress page shows what you can do.',
  'refusal.stale': 'Something changed after you opened this. Please look at the latest state and decide whether to send it.',
  'refusal.key_reused':
    'This seems to have been sent already. Please look at the progress page; if it is not there, start this step afresh.',
  'refusal.missing_document': 'Papers are still missing. Please add those listed on the progress page, then come back to this step.',
  'refusal.missing_answer': 'Some questions are not answered yet. Please complete them, then send.',
  'refusal.invalid': 'Something is not filled in correctly. Please correct what is marked and send it again.',
  'refusal.bad_text': 'There are characters we cannot read. Please remove odd symbols or type it again, then send.',
  'refusal.file_too_large': 'The file is too large. Please take a smaller photo or upload it in parts.',
  'refusal.file_type': 'We cannot open this kind of file. Please take a photo or save it as a PDF.',
  'refusal.file_active':
    'Something in this file runs or goes online by itself, so for everybody’s safety we did not take it. Please print it to a PDF, or photograph it.',
  'refusal.file_locked': 'This file is locked and we cannot open it. Please remove its password, or print and photograph it.',
  'refusal.paper_unchecked': 'This paper is still being checked for safety. Please come back in a few minutes.',
  'refusal.media_type': 'We cannot read it sent this way. Please use the form on the page; programs use application/json.',
  'refusal.too_late': 'The time limit has passed, so this can no longer be done here. Other ways may be open; please call 12348.',
  'refusal.too_early': 'It is too early for this. Please come back on the day the progress page gives.',
  'refusal.recused': 'You are connected with this matter and must stand aside. Please hand it to a colleague.',
  'refusal.once_only': 'This can be done only once and has been done. Please see the result on the progress page.',
  'refusal.use_stopped':
    'The person had all use stopped: what is held in this matter is stored and not read. If the law requires it, please ask the head of the agency.',
  'refusal.never_shared':
    'A telephone, a home, an identity number and how you are reached are never shown to the other side. Please choose something else on the progress page.',
  'refusal.not_applicable': 'This step does not apply here. The progress page shows what you can do.',
  'refusal.no_office':
    'No office that handles this is registered here yet. What you wrote is kept; please call 12348 and ask where to send it.',
  'refusal.no_hearing': 'No hearing lies ahead. Please set one first.',
  'refusal.too_many':
    'Too much came in just now, so please pause; you did nothing wrong. Everything you wrote is still here: send it again in a while, or call 12348 now, or go to a window.',
  'refusal.two_hosts': 'This request named two addresses, and we cannot tell which one is meant. Please come in by our home page.',
  'refusal.cross_site':
    'This did not come from our own page, so for safety we did not take it. Please return to the page and send it again.',
  'refusal.own_draft':
    'Your own change must be published by another manager. Please ask a colleague to look at it; to change it, withdraw it first.',
  'refusal.replay_first': 'This changes who is given aid. Please replay it first and look at the result, then publish.',
  'refusal.day_passed': 'Its first day has passed. Please withdraw it and propose it again from today or later.',
  'refusal.in_force':
    'The value set for that day is already in force and is not replaced. Please withdraw this and propose it again from tomorrow or later.',
  'refusal.prove_again': 'Please show once more that it is you. What you filled in is kept.',
  'refusal.own_account': 'You cannot change your own account this way. Please ask another account administrator.',
  'refusal.own_request':
    'You asked for this yourself: please have another account administrator confirm it. To change it, take it back first.',
  'refusal.same_origin':
    'Your account and that of whoever asked stem from the same first administrator, so neither confirms for the other. Please ask somebody whose account stems from another.',
  'refusal.too_new': 'Your account is too new to confirm what others ask for. Please turn to another account administrator for now.',
  'refusal.beyond_region': 'Part of this lies outside your region. Please ask an administrator of all of it to confirm.',
  'refusal.asker_gone':
    'The account of whoever asked is shut, so this cannot be confirmed. Please decline it, and ask anew if it is needed.',
  'refusal.waits_already': 'Something else waits for a second person on this account. Please wait for it, or take it back first.',
  'refusal.link_spent': 'This code has been used or has run out. Please ask the account administrator for a new one.',
  'refusal.last_key': 'Without an authenticator the last passkey cannot be removed. Please set up an authenticator first.',
  'refusal.papers_full':
    'So many papers are here already that no more can be taken online. Please bring the others to the window, or call 12348.',
  'refusal.papers_full_of_you':
    'You have handed in so many papers in all your matters that no more can be taken online. Please bring the others to the window, or call 12348.',
  'refusal.unavailable':
    'We cannot reach our records just now, so nothing was done. What you wrote is kept; please send it again in a few minutes: sent twice it counts once. If it is urgent, call 12348.',
  'refusal.busy': 'Very many people are here just now. What you wrote is kept; please send it again in a minute.',
} satisfies Record<keyof typeof refusalsZh, string>
