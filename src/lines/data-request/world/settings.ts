import { worded } from '#kernel/setting.ts'
import { dataRequestSettings } from '../settings.ts'

/** What the law leaves open, as officers name it. */
export const settings = worded(dataRequestSettings, {
  'dataRequest.days': {
    title: { zh: '答复个人信息请求的期限', en: 'Time to answer a request over personal information' },
    group: { zh: '个人信息保护', en: 'Personal information' },
    uncertain: { zh: '法律只要求及时答复，没有写天数', en: 'The law asks for a prompt answer and sets no number' },
  },
})
