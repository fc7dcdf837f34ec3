import { toParties } from '#kernel/letter.ts'
import { commonLetters } from '#parts/letters.ts'

const { tellAgency } = commonLetters

/** Every letter of a confirmation, by the effect that sends it. */
export const letters = {
  tellAgency,
  tellPrepared: toParties('有一份申请等您确认，请凭编号查看。编号 {code}。', 'An application waits for you; see your page. Code {code}.'),
  tellApplied: toParties('申请已经齐了，会交到法院。编号 {code}。', 'Everybody has applied; it goes to the court. Code {code}.'),
  tellCourt: toParties('法院有了答复，请凭编号查看。编号 {code}。', 'The court has answered; see your page. Code {code}.'),
  tellLapsed: toParties(
    '申请的期限过了，还有哪些办法，请凭编号查看。编号 {code}。',
    'The time to apply is over; see which ways remain. Code {code}.',
  ),
}
