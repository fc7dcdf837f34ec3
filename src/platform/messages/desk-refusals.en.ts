import type { deskRefusalsZh } from './desk-refusals.zh.ts'

/** The same in English, key for key. */
export const deskRefusalsEn = {
  'desk.refusal.not_found': 'Nothing was found, or it lies outside your duties. Please check the number, or look for it in the list.',
  'desk.refusal.not_permitted': 'This step is not yours to take. Please hand it to the colleague responsible.',
  'desk.refusal.sign_in_first': 'Your session has ended. Please sign in again; what you filled in is kept.',
  'desk.refusal.wrong_credentials':
    'That does not match. Please check account, password and code for a slip; a code works once, so after one was used wait for the next.',
  'desk.refusal.codes_used_up': 'Enough codes were sent to this phone today. Please try tomorrow.',
  'desk.refusal.opened_enough':
    'You have opened as many matters today as is allowed. Please go on tomorrow; if the work needs more, have the limit raised.',
  'desk.refusal.never_shared':
    'A telephone, a home, an identity number and how somebody is reached are never shown to the other side. Please choose something else.',
  'desk.refusal.too_many_tries': 'Too many tries. Please wait fifteen minutes; if it is urgent, ask the account administrator.',
  'desk.refusal.no_office':
    'No office that handles this is registered for the county. Please register one, or the one above that serves it.',
  'desk.refusal.wrong_state': 'This matter has moved on, so this cannot be done now. Please reload to see what can.',
  'desk.refusal.key_reused': 'This seems to have been sent already. Please reload to see whether it is there; if not, fill it in again.',
  'desk.refusal.missing_document': 'Papers are still missing. Please add those listed under documents, then come back to this step.',
  'desk.refusal.missing_answer': 'Some questions are not answered yet. Please complete them, then come back to this step.',
  'desk.refusal.invalid': 'Something is not filled in correctly. Please correct what is marked and send.',
  'desk.refusal.media_type': 'It cannot be read sent this way. Please use the workbench; programs use application/json.',
  'desk.refusal.too_late': 'The time limit has passed, so this cannot be done. Please take a step that is still open.',
  'desk.refusal.too_early': 'It is too early for this. Please come back on the day given under limits.',
  'desk.refusal.once_only': 'This can be done only once and has been done. Please see the record in the timeline.',
  'desk.refusal.not_applicable': 'This step does not apply here. Please see the steps that are open.',
  'desk.refusal.too_many':
    'Too much came in just now. Please try again in a while; with a passkey you can sign in by it, and if it is urgent, ask the account administrator.',
  'desk.refusal.cross_site': 'This did not come from the workbench, so for safety it was not taken. Please go back and send it again.',
  'desk.refusal.papers_full': 'This matter holds as many papers as it can take. Please keep the others on paper.',
  'desk.refusal.papers_full_of_you': 'This person’s matters hold as many papers as can be taken. Please keep the others on paper.',
  'desk.refusal.unavailable':
    'The database cannot be reached just now, so nothing was done. What was filled in is kept; please send it again in a few minutes: sent twice it counts once.',
  'desk.refusal.busy': 'Very many people are here just now. What was filled in is kept; please send it again in a minute.',
} satisfies Record<keyof typeof deskRefusalsZh, string>
