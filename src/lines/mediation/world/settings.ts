import { worded } from '#kernel/setting.ts'
import { mediationSettings } from '../settings.ts'

const group = { zh: '人民调解', en: 'People’s mediation' }

/** What the law leaves open, as officers name it. */
export const settings = worded(mediationSettings, {
  'mediation.replyDays': {
    title: { zh: '等对方答复愿不愿意调解的天数', en: 'Days the other side has to say whether they agree' },
    group,
    uncertain: { zh: '法律没有写', en: 'The law sets none' },
  },
  'mediation.months': {
    title: { zh: '调解一般几个月内调结', en: 'Months a mediation takes as a rule' },
    group,
    uncertain: {
      zh: '《人民调解工作若干规定》说“一般”一个月；2020 年的行业规范没有读到',
      en: 'One month “as a rule”; a newer industry standard was not read',
    },
  },
})
