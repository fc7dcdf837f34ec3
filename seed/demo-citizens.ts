import type { Answers } from '#kernel/journey/journey.ts'
import { composeResidentId } from '#records/people/resident-id.ts'
import { madeUp } from './demo-ids.ts'

/** Someone who asks, and what they come with. `income` in yuan a month. */
export type DemoCitizen = {
  name: string
  birth: string
  topic: Topic
  forWhom?: 'self' | 'child' | 'custody'
  income?: number
  isWithoutProof?: true
  isSafeByPage?: true
}

export type Topic = keyof typeof topics

/** What people of each kind tell. Nobody's words: written for the demo. */
const topics = {
  wages: {
    story: '三月起在城东一个工地绑钢筋，说好一天三百，干到五月底一分钱没给，老板的电话打不通了。',
    opponent: '某某建筑劳务有限公司',
    yuan: 27_000,
  },
  workInjury: {
    story: '在厂里搬货的时候被叉车撞了腿，住院十二天，厂里只垫了三千块，说是我自己不小心。',
    opponent: '某某建材厂',
    yuan: 60_000,
  },
  traffic: { story: '骑电动车过路口被小轿车撞倒，交警认定对方主责，保险公司一直拖着不赔。', opponent: '某某财产保险公司', yuan: 86_000 },
  support: { story: '老伴走了以后一个人过，儿子在城里开店，两年没给过生活费，看病的钱也不管。', opponent: '马某某', yuan: 14_400 },
  childSupport: { story: '离婚以后孩子跟我，孩子的爸爸从去年开始不给抚养费，电话也不接。', opponent: '孩子的父亲', yuan: 9_600 },
  violence: { story: '他喝了酒就动手，上个月把我推下楼梯，我现在住在娘家，想离婚，也怕他找来。', opponent: '韩某某', yuan: 0 },
  marriage: { story: '结婚十一年，两个人早就过不下去了，想离婚，房子和孩子的事谈不拢。', opponent: '李某某', yuan: 0 },
  employment: {
    story: '在物业公司干了三年保洁，一直没签合同，现在不让我去了，还说我不是他们的人。',
    opponent: '某某物业服务有限公司',
    yuan: 0,
  },
  benefits: { story: '申请低保没批下来，只说收入超了，没给我看是怎么算的。', opponent: '某某街道办事处', yuan: 0 },
  debt: { story: '亲戚借了我四万块钱买车，说好年底还，三年了只还了两千。', opponent: '祁某某', yuan: 38_000 },
  custody: { story: '弟弟前天被公安带走，说是跟人打架，家里没钱请律师，想给他申请一个。', opponent: '', yuan: 0 },
} as const

const kindOf = (topic: Topic): string => (topic === 'childSupport' ? 'support' : topic)
const isClaimForWork = (topic: Topic): boolean => topic === 'wages' || topic === 'workInjury'

/** A number with a right check digit and a sequence from 990, which is given to nobody's child in the order of birth. */
export const demoIdNumber = (region: string, birth: string, at: number): string => composeResidentId(region, birth, 990 + (at % 10))

/** 199 0000 0xxx: a range kept for show. */
export const demoPhone = (at: number): string => `19900000${String(at).padStart(3, '0')}`

/** The whole journey as this person answered it, in its order. */
export function answersFor(citizen: DemoCitizen, region: string, place: string, at: number): Answers {
  const { topic, forWhom = 'self' } = citizen
  const { story, opponent, yuan } = topics[topic]
  return {
    notice: { read: ['yes'] },
    forWhom: { who: forWhom },
    ...(forWhom === 'child' && { guardian: { consent: 'guardian', name: madeUp('孩子的妈妈') } }),
    story: { story: `${story}（演示）` },
    ...(forWhom === 'custody'
      ? { custody: { heldAt: madeUp('市看守所'), organ: madeUp('区公安分局'), accusation: '故意伤害' } }
      : { kind: { kind: kindOf(topic) }, opponent: { name: madeUp(opponent) } }),
    ...(['support', 'childSupport', 'marriage', 'debt'].includes(topic) && { opponentHome: { livesTogether: 'no' } }),
    ...(['debt'].includes(topic) && { kindMore: { kind: 'debt' }, kind: { kind: 'more' } }),
    ...(forWhom === 'child' && { opponentParent: { isParent: 'yes' } }),
    amount: yuan > 0 ? { fen: yuan * 100 } : {},
    deadline: { what: 'none' },
    person: { name: madeUp(citizen.name), idNumber: demoIdNumber(region, citizen.birth, at) },
    ...(forWhom !== 'self' && { filer: { name: madeUp('代为申请的家人'), relation: forWhom === 'child' ? '妈妈' : '哥哥' } }),
    contact: citizen.isSafeByPage ? { safe: 'none' } : { safe: 'both', phone: demoPhone(at) },
    place: { living: place },
    ...meansOf(citizen),
    documents: {},
  }
}

/** Whom article 42 lets out is asked nothing about income; the rest say what they earn and undertake that it is true. */
function meansOf({ topic, income, isWithoutProof, forWhom }: DemoCitizen): Answers {
  const work = isClaimForWork(topic)
    ? {
        migrant: { isMigrant: isWithoutProof ? 'no' : 'yes' },
        ...(!isWithoutProof && { workProof: { proofs: ['wageSheet', 'messages'] } }),
      }
    : {}
  if (topic === 'violence' || (isClaimForWork(topic) && !isWithoutProof)) return work
  if (income === undefined) return { ...work, status: { statuses: [forWhom === 'child' ? 'minor' : 'allowance'] } }
  return {
    ...work,
    status: { statuses: ['none'] },
    income: { fen: income * 100 },
    household: { others: 2, fen: income * 50 },
    verify: { method: 'undertaking' },
  }
}
