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
