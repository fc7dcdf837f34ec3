import { expect, test } from 'vitest'
import { kinds, rarerKinds } from './journey-options.ts'
import type { KindKey } from './journey-options.ts'
import { likelyKinds } from './kind-words.ts'

/** As people write: two stories a kind, none in the words of the list of kinds alone. */
const stories: readonly (readonly [KindKey, string])[] = [
  ['wages', '在饭店洗了半年碗，最后两个月的工钱一直拖着不给'],
  ['wages', '跟着包工头干了一冬天，说年底结账，现在人找不着了'],
  ['workInjury', '在砖厂上班手被机器轧了，厂里只出了住院费'],
  ['workInjury', '我爸在矿上干了二十年，查出来尘肺，公司不认'],
  ['violence', '老公喝了酒就打我，孩子吓得直哭'],
  ['violence', '男人把我关在屋里不让出门，手机也收走'],
  ['support', '三个儿子都不管我，一分生活费也不给'],
  ['support', '离了婚他不给孩子抚养费，两年了'],
  ['traffic', '骑电动车过路口被小车撞了，对方全责，保险公司不赔'],
  ['traffic', '我妈被摩托车撞伤住院，司机跑了，交警在查'],
  ['marriage', '过不下去了想离，两个娃娃归谁'],
  ['marriage', '结婚三年，女方要离婚，彩礼能不能退'],
  ['employment', '干了两年没签合同，公司把我辞退了，说我不是他们的人'],
  ['employment', '厂里不承认劳动关系，说我是外包的'],
  ['benefits', '我家低保停了，街道说不符合，不给办'],
  ['benefits', '去社保局办退休，说我少交了几年，养老金领不了'],
  ['medical', '孩子做手术，医生弄错了，现在腿站不起来'],
  ['foodOrDrug', '买的肉过期发霉，一家人吃了拉肚子'],
  ['victim', '网上认识的人骗了我十万，派出所立案了'],
  ['victim', '被人捅了一刀，鉴定是重伤，人还没抓到'],
  ['accused', '被公安取保候审了，检察院让我认罪'],
  ['accused', '我表哥涉嫌帮信，被刑拘在看守所，会判几年'],
  ['pension', '我爷爷是伤残军人，去世了，抚恤金没有发'],
  ['pollution', '化工厂排的污水把我鱼塘的鱼全毒死了'],
  ['stateCompensation', '城管把我的摊子砸了，东西也扣了，我要国家赔偿'],
  ['capacity', '我妈老年痴呆，存折取不出钱，银行要监护人证明'],
  ['brave', '下河救人，自己摔断了腿，没人管'],
  ['martyr', '有人在网上说我爷爷那个烈士是假的，侮辱他'],
  ['acquitted', '坐了八年牢，再审改判无罪，想要赔偿'],
  ['land', '村里征地，补偿款一直没到手'],
  ['land', '房东不退押金，房租交到年底的'],
  ['consumer', '健身房办了卡，店关门了，钱不退'],
  ['consumer', '网购的手机是假货，商家不给退款'],
  ['debt', '朋友借了我三万，有欠条，到期不还'],
  ['debt', '给人做担保，他还不上，银行找我'],
]
const hits = (most: number) => stories.filter(([kind, story]) => likelyKinds(story).slice(0, most).includes(kind)).length

test('of stories as people write them, the right kind is among the first three every time, and first nine times in ten', () => {
  expect(
    stories.filter(([kind, story]) => !likelyKinds(story).includes(kind)).map(([kind, story]) => [kind, story, likelyKinds(story)]),
  ).toEqual([])
  expect(hits(1) / stories.length).toBeGreaterThanOrEqual(0.9)
})

test('every kind but “something else” has its story here', () => {
  const told = new Set(stories.map(([kind]) => kind))
  const missing = Object.keys({ ...kinds, ...rarerKinds }).filter((key) => !told.has(key as KindKey)) // the tables' own keys
  expect(missing).toEqual(['more', 'other'])
})

test('a story that points nowhere makes no guess, and one of violence always names it', () => {
  expect(likelyKinds('我想问一个问题，不知道怎么说')).toEqual([])
  expect(likelyKinds('老公打我，工资卡他拿着，离婚他不肯，房子土地存款都在他名下，孩子抚养费也不给')).toContain('violence')
})
