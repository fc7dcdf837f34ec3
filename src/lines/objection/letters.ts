import { toDesk, toYou } from '#kernel/letter.ts'
import { commonLetters } from '#parts/letters.ts'

const { confirmReceipt, alertSupervisor } = commonLetters

/** Every letter of the objection, by the effect that sends it. */
export const letters = {
  confirmReceipt,
  alertSupervisor,
  tellObjectionDecided: toYou('有一份新的决定，请凭编号查看。编号 {code}。', 'There is a new decision; see your page. Code {code}.'),
  tellBureau: toDesk('supervisor', { zh: '有异议等待审查。', en: 'An objection waits for you.' }, { as: 'work', while: 'theirMove' }),
}
