import { describe, expect, test } from 'vitest'
import { tellsViolence } from './violence-words.ts'

describe('a story of harm by somebody near is private from its first page (反家庭暴力法 §5)', () => {
  test.each([
    '我老公天天打我',
    '老公喝了酒就打人，孩子也打',
    '他又打我了，我想离婚',
    '他打我打了三年，工资也不给家里',
    '他打我要钱',
    '被丈夫打得住了院',
    '我男人动不动打，邻居都知道',
    '老公打的，身上都是青的',
    '我被他打了好几回',
    '儿子媳妇骂我，不给饭吃',
    '婆婆和老公一起欺负我',
    '男朋友不让我出门，手机也拿走了',
    '前男友一直跟踪我，堵在我家门口',
    '他说我要是离婚就弄死我全家',
    '爸爸喝醉了就打妈妈',
    '继父摸我，我不敢说',
    '公公非礼我',
    '把我关在屋里三天',
    '他动手的时候孩子在旁边',
    '我怕他，跑回娘家了',
    '老公掐我脖子',
    '儿子把我赶出家门',
    '遭受家庭暴力，想申请人身安全保护令',
    '总是无故打骂于我',
    '老公把我颈椎打得变了形',
    '我 老公 打 我',
    '老公总是扇我耳光',
    'My husband beats me every night',
    'he threatened to kill me',
  ])('%s', (story) => {
    expect(tellsViolence(story)).toBe(true)
  })
})

describe('words that only sound like it leave the page as it is', () => {
  test.each([
    '老板打我工资打了一半',
    '老板说月底打我卡上，到现在没打',
    '说好打我微信，一直没打',
    '老板不接，打他电话没人接',
    '打了他三万块钱，他不还',
    '三月起在城东一个工地绑钢筋，说好一天三百，干到五月底，一分钱没给，老板电话打不通了。',
    '我老公在工地打工，干了半年不给工钱',
    '老公打麻将输了钱，欠人家五万',
    '我想打官司，没钱请律师',
    '我儿子给我打钱，银行卡被冻结了',
    '老板给我打了欠条，到期不还',
    '骑车上班的路上被货车撞了',
    '开车的时候被后面的车追尾',
    '我爸被关在看守所，想请律师',
    '医院动手术出了事',
    '合同上动手脚，工资算少了',
    '儿子不给赡养费，一年没来过',
    '我爸打零工，没有养老金',
    '村里征地，补偿款没打到卡上',
    '我被公司打发走了，没给补偿',
    '买的手机是坏的，打客服没人理',
    'The boss has not paid me for three months',
  ])('%s', (story) => {
    expect(tellsViolence(story)).toBe(false)
  })
})
