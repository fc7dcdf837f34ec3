import { toDesk, toProvider, toYou } from '#kernel/letter.ts'

/** Letters that are sent whatever the line: they tell what was done with a matter, not in it. */
export const frameLetters = {
  tellUrgentAccess: toYou(
    '有工作人员经批准查看了您的信息。谁、为什么，请凭编号到网页上看。编号 {code}。',
    'An officer was allowed to see your information. Who and why is on your page. Code {code}.',
  ),
  tellLinkAsked: toDesk(
    'agency',
    { zh: '有当事人的链接打不开了，请再寄一次。', en: 'A party’s link is spent and they ask for another.' },
    { as: 'work', while: { days: 7 } },
  ),
  tellPaperRemoved: toYou(
    '您交的一份材料打不开，没有收下。请凭编号到网页上看怎么再交一次。编号 {code}。',
    'A paper you sent could not be taken in. Your page says how to send it again. Code {code}.',
  ),
  tellReferred: toYou(
    '您同意转的事已经转过去，等那边答复，说过的不用再说一遍。编号 {code}。',
    'It was passed on as you agreed, and waits for an answer; nothing is asked again. Code {code}.',
  ),
  tellTakenOver: toYou('转过去的事接收了，接着办。编号 {code}。', 'What was passed on was taken over. Code {code}.'),
  tellSentBack: toYou(
    '转过去的事退回了，理由和可以去找谁，请凭编号查看。编号 {code}。',
    'What was passed on was sent back; see your page for reasons and where to turn. Code {code}.',
  ),
  tellTakenBack: toYou(
    '这件事不转了，那边看不到您说过的话。编号 {code}。',
    'It is no longer passed on, and what you told is not read there. Code {code}.',
  ),
  tellByWord: toDesk(
    'agency',
    {
      zh: '转出的事有了答复，本人没有账号，请打电话告诉本人。',
      en: 'A referral was answered; the person has no account: please tell them by telephone.',
    },
    { as: 'oversight', while: { days: 14 } },
  ),
  tellReceiver: toDesk(
    'agency',
    { zh: '有一件转来的事等待接收或者退回。', en: 'A matter was referred here: take it over or send it back.' },
    { as: 'work', while: 'theirMove' },
  ),
}

/** Letters that several lines send alike. */
export const commonLetters = {
  confirmReceipt: toYou(
    '您提交的内容已收到，编号 {code}。凭编号和口令可以随时查看进展。',
    'Received. Your code is {code}; use it with your secret to follow progress.',
  ),
  askForDocuments: toYou('还需要您补充一些材料，请在 {until} 前补齐。编号 {code}。', 'Some documents are needed by {until}. Code {code}.'),
  tellProvider: toProvider('您有新的承办任务，请登录工作台查看。', 'you have a new assignment; see your desk.', {
    as: 'assignment',
    while: 'unmoved',
  }),
  remindProvider: toProvider('您明天有开庭安排，请登录工作台查看。', 'you have a hearing tomorrow; see your desk.', {
    as: 'hearing',
    while: 'dayBefore',
  }),
  tellAgency: toDesk('agency', { zh: '有事项等待处理。', en: 'A matter waits for you.' }, { as: 'work', while: 'theirMove' }),
  alertSupervisor: toDesk(
    'supervisor',
    { zh: '有事项超过法定期限，请督办。', en: 'A matter is past its limit.' },
    { as: 'oversight', while: 'late' },
  ),
}
