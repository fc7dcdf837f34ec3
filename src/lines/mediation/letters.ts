import { toDesk, toNamed, toParties, type Letter } from '#kernel/letter.ts'
import { commonLetters } from '#parts/letters.ts'
import { its } from './data.ts'

const { confirmReceipt, tellAgency, alertSupervisor } = commonLetters

/** Every letter of a mediation, by the effect that sends it. None names anybody, nor says who wanted what. */
export const letters = {
  confirmReceipt,
  tellAgency,
  alertSupervisor,
  tellInvited: toParties(
    '有一件事想听听您的意思，请凭编号查看。编号 {code}。',
    'You are asked what you think of something; see your page. Code {code}.',
  ),
  tellUnanswered: toParties(
    '还没有等到所有人的答复。不答复也没有关系，谁的权利都不受影响。编号 {code}。',
    'Not everybody has answered yet. Nobody has to, and nobody’s rights are affected. Code {code}.',
  ),
  tellAccepted: toParties('各方都同意了，马上安排人。编号 {code}。', 'Everybody agreed; somebody is being appointed. Code {code}.'),
  tellMeeting: toParties('有一个安排，时间和地点请凭编号查看。编号 {code}。', 'An appointment was set; see your page. Code {code}.'),
  tellToSign: toParties('有一份文本等您看过、签名，请凭编号查看。编号 {code}。', 'A text waits for you to read and sign. Code {code}.'),
  tellAgreed: toParties('协议已经生效，请凭编号查看。编号 {code}。', 'The agreement is in effect; see your page. Code {code}.'),
  tellOtherWays: toParties(
    '这件事有了结果，接下来还有哪些办法，请凭编号查看。编号 {code}。',
    'There is an outcome; see on your page which ways remain. Code {code}.',
  ),
  tellMayArbitrate: toParties(
    '十五日内没有达成协议，可以依法申请劳动仲裁，也可以接着谈。编号 {code}。',
    'Fifteen days passed without agreement: you may go to labour arbitration, or go on. Code {code}.',
  ),
  remindPerformance: toParties('约定的日子快到了，请凭编号查看。编号 {code}。', 'An agreed day is near; see your page. Code {code}.'),
  tellDue: toParties('约定的日子已经过了，请凭编号查看。编号 {code}。', 'An agreed day has passed; see your page. Code {code}.'),
  tellApart: toNamed(
    '约好了单独和您谈的时间，时间和地点请凭编号查看。编号 {code}。',
    'A talk with you alone was set; see your page. Code {code}.',
  ),
  tellGap: {
    ...toDesk(
      'agency',
      { zh: '有一件事要分开谈，请看要不要只让指定的人看。', en: 'The sides of a matter must be kept apart; consider confining it.' },
      { as: 'oversight', while: { days: 14 } },
    ),
    holds: (data) => its(data).isPrivate === true,
  },
  tellUneven: {
    ...toDesk(
      'agency',
      {
        zh: '有一件事一方是单位，一方是个人：请先单独听个人说，讲明可以问 12348、找法律援助。',
        en: 'A firm faces one person in a matter: hear the person alone first, and tell them of 12348 and of legal aid.',
      },
      { as: 'oversight', while: { days: 14 } },
    ),
    holds: (data) => its(data).isUneven === true,
  },
  tellComplaint: toDesk(
    'agency',
    { zh: '有当事人投诉调解员，请核查。', en: 'A party complained of a mediator.' },
    { as: 'oversight', while: { days: 30 } },
  ),
} satisfies Record<string, Letter>
