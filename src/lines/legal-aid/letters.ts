import { toDesk, toYou } from '#kernel/letter.ts'
import { commonLetters } from '#parts/letters.ts'
import { outcomeOf } from './rules.ts'

/** Every letter of legal aid, by the effect that sends it. */
export const letters = {
  ...commonLetters,
  tellDeemedWithdrawn: toYou(
    '材料没有按时补齐，这次申请已结束，您可以重新申请。编号 {code}。',
    'The documents did not arrive in time; you may apply again. Code {code}.',
  ),
  tellReferred: toYou('这件事应由其他机构办理，去向已写在进展里。编号 {code}。', 'Another body handles this; see your page. Code {code}.'),
  tellUrgentAid: toYou(
    '已决定先帮您，马上安排承办人；请在 {until} 前补办手续。编号 {code}。',
    'We help you first and send somebody at once; please complete the papers by {until}. Code {code}.',
  ),
  tellGranted: toYou(
    '已决定帮助您，三日内安排承办人。编号 {code}。',
    'Help is granted; someone is assigned within three days. Code {code}.',
  ),
  tellRefused: toYou(
    '决定已作出，理由和下一步可以做什么，请凭编号查看。编号 {code}。',
    'A decision was made; see the reasons and what you can do. Code {code}.',
  ),
  tellObjectionRoute: toYou(
    '如果不服决定，请留意页面上写明的期限和办法。编号 {code}。',
    'If you disagree, see the time limit and the way on your page. Code {code}.',
  ),
  tellCorrecting: toYou('上级要求重新作出决定，请留意进展。编号 {code}。', 'The decision is to be made again. Code {code}.'),
  tellAssigned: toYou('承办人已经安排好，会主动联系您。编号 {code}。', 'Someone is assigned and will contact you. Code {code}.'),
  tellEngaged: toYou('协议已签，正式开始办理。编号 {code}。', 'The agreement is signed; work has begun. Code {code}.'),
  tellProgress: toYou('有新的进展，请凭编号查看。编号 {code}。', 'There is news; see your page. Code {code}.'),
  tellHearing: toYou(
    '您这件事的安排有变动，时间和地点请凭编号查看。编号 {code}。',
    'An appointment was set or changed; see your page. Code {code}.',
  ),
  remindOfHearing: toYou(
    '您明天有一个安排，时间和地点请凭编号查看。编号 {code}。',
    'You have an appointment tomorrow; see your page. Code {code}.',
  ),
  tellKept: toYou('关于更换承办人的决定已作出，请查看。编号 {code}。', 'Your request for a replacement was decided. Code {code}.'),
  tellTerminated: toYou('有一份决定送达您，请凭编号查看。编号 {code}。', 'A decision was served on you; see your page. Code {code}.'),
  askConfirmation: toYou(
    '承办人报告已办结，请您确认结果是否属实。编号 {code}。',
    'The matter is reported finished; please confirm the result. Code {code}.',
  ),
  tellContradicted: {
    ...toDesk(
      'agency',
      { zh: '当事人说结果和报告的不一样，请核实。', en: 'The person says that the result is not as reported; please look into it.' },
      // However the file goes on, whoever closes it is to know for as long as somebody would look into it.
      { as: 'contradicted', while: { days: 14 } },
    ),
    holds: (data: Record<string, unknown>) => outcomeOf(data)?.confirmation === 'contradicted',
  },
}
