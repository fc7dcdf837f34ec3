import { toYou } from '#kernel/letter.ts'
import { commonLetters } from '#parts/letters.ts'

const { confirmReceipt, tellAgency, alertSupervisor } = commonLetters

/** Every letter of the service, by the effect that sends it. */
export const letters = {
  confirmReceipt,
  tellAgency,
  alertSupervisor,
  tellSampleLineAnswered: toYou('您提交的内容已有答复，请凭编号查看。编号 {code}。', 'You were answered; see your page. Code {code}.'),
}
