import { toDesk, toYou } from '#kernel/letter.ts'
import { commonLetters } from '#parts/letters.ts'

const { confirmReceipt, tellAgency, tellProvider, alertSupervisor } = commonLetters

/** Every letter of a consultation, by the effect that sends it. None says what was asked. */
export const letters = {
  confirmReceipt,
  tellAgency,
  tellProvider,
  alertSupervisor,
  tellConsultationAnswered: toYou(
    '您问的事有答复了，请凭编号查看。编号 {code}。',
    'What you asked is answered; see your page. Code {code}.',
  ),
  tellScheduled: toYou('约好了一个时间，请凭编号查看。编号 {code}。', 'A time was agreed; see your page. Code {code}.'),
  tellNotReached: toYou(
    '我们没有联系上您，请凭编号查看，或者打 12348。编号 {code}。',
    'We could not reach you; see your page or call 12348. Code {code}.',
  ),
  tellConsultationEnded: toYou('您问的事有了结果，请凭编号查看。编号 {code}。', 'There is an outcome; see your page. Code {code}.'),
  tellUrgent: {
    ...toDesk(
      'agency',
      { zh: '有人可能有危险，请马上看，先答复。', en: 'Somebody may be in danger: look at once, and answer first.' },
      { as: 'oversight', while: 'theirMove' },
    ),
    holds: ({ isUrgent }: Record<string, unknown>) => isUrgent === true,
  },
}
