import type { Text } from '#kernel/line.ts'
import { beneficiaries, kinds, rarerKinds } from '../journey/journey-options.ts'

/** What somebody who is sent may be good at: what people come with. */
export const specialisms: Readonly<Record<string, Text>> = Object.fromEntries(
  Object.entries({ ...kinds, ...rarerKinds, custody: beneficiaries.custody })
    .filter(([key]) => key !== 'more')
    .map(([key, { label }]) => [key, label]),
)

/** The same in a word or two, where several stand in a row. */
const short: Readonly<Record<string, Text>> = {
  wages: { zh: '讨薪', en: 'Unpaid wages' },
  employment: { zh: '劳动关系', en: 'Employment' },
  workInjury: { zh: '工伤', en: 'Injury at work' },
  traffic: { zh: '交通事故', en: 'Road accidents' },
  medical: { zh: '医疗纠纷', en: 'Medical harm' },
  support: { zh: '赡养抚养', en: 'Support' },
  marriage: { zh: '婚姻家庭', en: 'Marriage and family' },
  violence: { zh: '家庭暴力', en: 'Domestic violence' },
  debt: { zh: '借贷', en: 'Debts' },
  land: { zh: '土地房屋', en: 'Land and housing' },
  benefits: { zh: '社保救助', en: 'Social benefits' },
  consumer: { zh: '消费维权', en: 'Consumers' },
  custody: { zh: '刑事辩护', en: 'Criminal defence' },
  accused: { zh: '刑事辩护', en: 'Criminal defence' },
  victim: { zh: '被害人代理', en: 'Victims of crime' },
}

/** What somebody is good at, in a word; one that the register calls by its own words keeps them. */
export const specialismWord = (key: string): Text => short[key] ?? { zh: key, en: key }
