import { toYou } from '#kernel/letter.ts'
import { commonLetters } from '#parts/letters.ts'

const { confirmReceipt, askForDocuments, tellAgency, alertSupervisor } = commonLetters

/** Every letter of a request over personal information, by the effect that sends it. */
export const letters = {
  confirmReceipt,
  askForDocuments,
  tellAgency,
  alertSupervisor,
  tellDataAnswered: toYou('您的请求已有答复，请凭编号查看。编号 {code}。', 'Your request was answered; see your page. Code {code}.'),
}
