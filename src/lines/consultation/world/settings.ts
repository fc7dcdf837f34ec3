import { worded } from '#kernel/setting.ts'
import { consultationSettings } from '../settings.ts'

const group = { zh: '法律咨询', en: 'Legal advice' }
const guide = {
  zh: '出自一个区的办事指南（照国家标准写），标准原文没有读到',
  en: 'From a district’s guide after a national standard, which was not read',
}
const ours = { zh: '法律没有写', en: 'The law sets none' }

/** What the law leaves open, as officers name it. */
export const settings = worded(consultationSettings, {
  'consultation.messageHours': { title: { zh: '留言几小时内答复', en: 'Hours to answer a message' }, group, uncertain: guide },
  'consultation.letterDays': { title: { zh: '来信几个工作日内答复', en: 'Working days to answer a letter' }, group, uncertain: guide },
  'consultation.liveMinutes': {
    title: { zh: '在线咨询几分钟内回应', en: 'Minutes to reply in a live chat' },
    group,
    uncertain: { zh: '指南印的是“5 小时”，像是“5 分钟”之误', en: 'The guide prints five hours, probably for five minutes' },
  },
  'consultation.urgentHours': { title: { zh: '有危险的几小时内答复', en: 'Hours to answer somebody in danger' }, group, uncertain: ours },
  'consultation.tries': { title: { zh: '联系几次找不到才不再找', en: 'Tries before somebody counts as lost' }, group, uncertain: ours },
  'consultation.againDays': {
    title: { zh: '答复后几天内可以再问一次', en: 'Days in which one may ask once more' },
    group,
    uncertain: ours,
  },
})
