import type { Text } from '#kernel/line.ts'
import type { StepName } from '#lines/legal-aid/finding.ts'

/** The steps of the eligibility reading, as officers name them (RULEBOOK §3). */
export const stepTitles: Record<StepName, Text> = {
  route: { zh: '办理途径', en: 'Route' }, person: { zh: '申请人', en: 'Person' }, filing: { zh: '由谁提出', en: 'Who files' }, matter: { zh: '事项范围', en: 'Matter' }, noMeansTest: { zh: '是否不受经济条件限制', en: 'No means test' },
  exemption: { zh: '是否免予核查', en: 'Exempt from the check' }, hardship: { zh: '经济困难', en: 'Hardship' }, verification: { zh: '核查方式', en: 'Way of checking' }, provincial: { zh: '本省其他条件', en: 'Provincial conditions' }, urgent: { zh: '是否紧急', en: 'Urgency' }, decide: { zh: '结论', en: 'Proposal' },
}
