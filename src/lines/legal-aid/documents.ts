import type { Line } from '#kernel/line.ts'
import { papersOf } from '#kernel/papers.ts'
import { cite } from './statutes.ts'

/** From the first answer to the decision the applicant may be asked for papers; what casework needs is the provider's. */
const untilDecided = ['draft', 'completing', 'inCustody', 'submitted', 'supplementing', 'urgent']
const ofApplicant = { by: 'applicant', in: untilDecided } as const

export const documents = {
  identity: {
    title: { zh: '身份证明', en: 'Proof of identity' },
    hint: { zh: '身份证正反面照片；没有带，可以以后补。', en: 'Both sides of the ID card; it can follow later.' },
    cite: cite('办理法律援助案件程序规定', 11),
    owed: ofApplicant,
  },
  authority: {
    title: { zh: '代理资格证明', en: 'Proof of authority' },
    hint: { zh: '替别人申请时需要，例如户口簿、授权书。', en: 'When applying for another: household book, letter of authority.' },
    cite: cite('法律援助法', 40),
    owed: { ...ofApplicant, when: ({ forWhom }) => forWhom !== undefined && forWhom !== 'self' },
  },
  means: {
    title: { zh: '经济困难状况说明', en: 'Hardship statement' },
    hint: { zh: '如实写家里的收入情况即可，不需要开证明。', en: 'Just state your household income; no certificate is needed.' },
    cite: cite('法律援助法', 41),
    owed: { ...ofApplicant, when: ({ route }) => route === 'check' },
  },
  status: {
    title: { zh: '低保、务工等情况的证明', en: 'Proof of an allowance, of work away from home and the like' },
    hint: { zh: '工牌、工资条、劳动合同、低保证等，有一样就行。', en: 'Work card, wage sheet, contract, allowance card: any one will do.' },
    cite: cite('法律援助法', 42),
    owed: { ...ofApplicant, when: ({ route }) => route === 'exempt' },
  },
  evidence: {
    title: { zh: '与事情有关的材料', en: 'Papers about the matter' },
    hint: { zh: '欠条、聊天记录、考勤、照片等。', en: 'IOUs, chat records, attendance sheets, photos.' },
    cite: cite('办理法律援助案件程序规定', 11),
    owed: ofApplicant,
  },
  agreement: {
    title: { zh: '委托协议和授权委托书', en: 'Retainer and power of attorney' },
    cite: cite('办理法律援助案件程序规定', 27),
    owed: { by: 'assignee', in: ['assigned'] },
  },
  report: {
    title: { zh: '结案报告', en: 'Closing report' },
    cite: cite('法律援助法', 50),
    owed: { by: 'assignee', in: ['concluded', 'terminationSent'] },
  },
  judgment: {
    title: { zh: '判决书、调解书等法律文书', en: 'Judgment, mediation statement or award' },
    cite: cite('法律援助法', 50),
    owed: { by: 'assignee', in: ['concluded'] },
  },
} as const satisfies Line['documents']

/** What an applicant may be asked for. */
export const applicantsTitles = papersOf('applicant', documents)
