import type { Question } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { deadlines, kindOf, kinds, optionsOf, rarerKinds } from './journey-options.ts'
import type { KindKey } from './journey-options.ts'
import { likelyKinds } from './kind-words.ts'
import { asksOpponentHome, forWhom, isInCustody, kindKey } from './journey-path.ts'
import { holding } from '#parts/facts.ts'
import { cite } from '../statutes.ts'
import { schemas, type Said } from './said.ts'

const yesNo = [
  { value: 'yes', label: { zh: '是', en: 'Yes' } },
  { value: 'no', label: { zh: '不是', en: 'No' } },
]

const work: ReadonlySet<string | undefined> = new Set<KindKey>(['wages', 'workInjury', 'employment'])

/** An example from work, for those who come with work: at anybody else it would only puzzle. */
const ofWork =
  (example: Text) =>
  (said: Said): Text | undefined =>
    work.has(kindKey(said)) ? example : undefined

const story: Question = {
  key: 'story',
  title: { zh: '发生了什么事？', en: 'What happened?' },
  factTitle: { zh: '事情经过', en: 'What happened' },
  why: { zh: '工作人员和律师先看您自己的话，再办您的事。', en: 'The officer and the lawyer read your own words first.' },
  hint: { zh: '想到哪写到哪，几句话就行，不用懂法律。', en: 'Write as it comes. A few sentences are enough; no legal words needed.' },
  example: ofWork({
    zh: '三月起在城东一个工地绑钢筋，说好一天三百，干到五月底，一分钱没给，老板电话打不通了。',
    en: 'From March I tied rebar at a site in Chengdong for 300 a day. I worked until the end of May, got nothing, and the boss no longer answers.',
  }),
  facts: holding({ story: 'dispute.story' }),
  fields: [{ name: 'story', kind: 'longText', label: { zh: '事情经过', en: 'What happened' } }],
  schema: schemas.story,
}

const likely = (said: Said) => likelyKinds(said.story?.story ?? '')
const rarely = optionsOf(rarerKinds).map((option) => ({ ...option, isRare: true as const }))

const kind: Question = {
  key: 'kind',
  title: { zh: '哪一句最像您的情况？', en: 'Which comes closest?' },
  factTitle: { zh: '事项', en: 'Kind of matter' },
  why: {
    zh: '不同的事，条件和材料不一样。选错了也不要紧，工作人员会改。',
    en: 'Conditions and papers differ. A wrong choice does no harm: the officer can change it.',
  },
  cite: cite('法律援助法', 31),
  fields: [{ name: 'kind', kind: 'radio', label: { zh: '什么事', en: 'Kind of matter' }, options: [...optionsOf(kinds), ...rarely] }],
  likely,
  schema: schemas.kind,
  appliesWhen: (said: Said) => !isInCustody(said),
}

const kindMore: Question = {
  key: 'kindMore',
  title: { zh: '那么，是下面哪一种？', en: 'Then which of these?' },
  factTitle: { zh: '具体事项', en: 'Kind of matter, more closely' },
  why: { zh: '这些事也能申请，有的还不看收入。', en: 'You can apply for these too, and for some of them income does not matter.' },
  cite: cite('法律援助法', 31),
  fields: [{ name: 'kind', kind: 'radio', label: { zh: '什么事', en: 'Kind of matter' }, options: optionsOf(rarerKinds) }],
  likely,
  schema: schemas.kindMore,
  appliesWhen: (said: Said) => !isInCustody(said) && said.kind?.kind === 'more',
}

const custody: Question = {
  key: 'custody',
  title: { zh: '关在哪里，哪个机关在办？', en: 'Where held, and by which authority?' },
  factTitle: { zh: '被羁押的情况', en: 'Custody' },
  why: { zh: '律师要去见他，办案机关也要收到我们的通知。', en: 'The lawyer will visit, and the authority in charge must hear from us.' },
  hint: { zh: '不清楚的地方，写“不知道”。', en: 'Write “not known” where you are not sure.' },
  example: {
    zh: '西宁市第一看守所，城东公安分局，10 月 8 日被带走',
    en: 'Xining No. 1 detention centre, Chengdong police, taken on 8 October',
  },
  cite: cite('法律援助法', 24),
  fields: [
    { name: 'heldAt', kind: 'text', label: { zh: '关在哪里（看守所、监狱）', en: 'Where held (detention centre or prison)' } },
    {
      name: 'organ',
      kind: 'text',
      label: { zh: '哪个机关在办（公安、检察院、法院）', en: 'Authority in charge (police, procuratorate, court)' },
    },
    { name: 'heldSince', kind: 'date', label: { zh: '哪天被带走的', en: 'Taken on' }, optional: true, within: 'untilToday' },
    { name: 'accusation', kind: 'text', label: { zh: '说他犯了什么事', en: 'What they are accused of' }, optional: true },
  ],
  schema: schemas.custody,
  appliesWhen: isInCustody,
}

/** Nobody stands on the other side: the state accuses, or a court only declares. */
const withoutOpponent = new Set(['accused', 'capacity'])

const opponent: Question = {
  key: 'opponent',
  title: { zh: '对方是谁？', en: 'Who is on the other side?' },
  factTitle: { zh: '对方', en: 'Other side' },
  why: { zh: '我们要查一下，派给您的律师和对方没有关系。', en: 'We check that the lawyer we send has no ties to the other side.' },
  hint: { zh: '写人名或者单位名，知道多少写多少。', en: 'A person or a company; as much as you know.' },
  example: ofWork({
    zh: '包工头老马（真名不知道），青海某某建筑公司',
    en: 'The foreman, called Old Ma (real name not known); a building company',
  }),
  cite: cite('律师法', 39),
  facts: holding({ name: 'dispute.opponent' }),
  fields: [
    {
      name: 'name',
      kind: 'text',
      label: { zh: '对方', en: 'Other side' },
      hint: { zh: '不知道就写“不知道”。', en: 'If you do not know, write “not known”.' },
    },
  ],
  schema: schemas.opponent,
  appliesWhen: (said: Said) => !isInCustody(said) && !withoutOpponent.has(kindKey(said) ?? ''),
}

const opponentHome: Question = {
  key: 'opponentHome',
  title: { zh: '对方现在和您住在一起吗？', en: 'Does the other side live with you?' },
  factTitle: { zh: '对方是否同住', en: 'Whether the other side lives with them' },
  why: { zh: '住在一起的话，只看您自己的收入，不算对方的。', en: 'If so, only your own income counts, not theirs.' },
  cite: cite('法律援助法', 34),
  fields: [{ name: 'livesTogether', kind: 'radio', label: { zh: '对方是否同住', en: 'Lives with you' }, options: yesNo }],
  schema: schemas.opponentHome,
  appliesWhen: asksOpponentHome,
}

/** Whoever harmed the child may not file for it; the other representative may, or a close relative (法律援助法 art. 40(1), AC-12). */
const childFilers = [
  { value: 'no', label: { zh: '不是', en: 'No' } },
  { value: 'yes', label: { zh: '是，我是孩子的另一位父母、监护人', en: 'Yes, and I am the other parent or guardian' } },
  {
    value: 'relative',
    label: {
      zh: '是，我是孩子的爷爷奶奶、外公外婆、哥哥姐姐',
      en: 'Yes, and I am a grandparent, brother or sister of the child',
    },
  },
  { value: 'opponent', label: { zh: '对方就是我', en: 'I am the other side myself' } },
]

const opponentParent: Question = {
  key: 'opponentParent',
  title: { zh: '对方是孩子的父亲、母亲或者其他监护人吗？', en: 'Is the other side the child’s father, mother or guardian?' },
  factTitle: { zh: '对方是不是孩子的监护人', en: 'Whether the other side is the child’s guardian' },
  why: {
    zh: '侵害孩子的人不能替孩子申请，也不能替孩子撤回。',
    en: 'Whoever harmed the child may neither apply nor withdraw for the child.',
  },
  cite: cite('法律援助法', 40, 1),
  fields: [{ name: 'isParent', kind: 'radio', label: { zh: '对方是否孩子的监护人', en: 'Is the child’s guardian' }, options: childFilers }],
  schema: schemas.opponentParent,
  appliesWhen: (said: Said) => forWhom(said) === 'child',
}

const amount: Question = {
  key: 'amount',
  title: { zh: '大概多少钱，从什么时候开始？', en: 'About how much, and since when?' },
  factTitle: { zh: '金额和起算日期', en: 'Amount, and since when' },
  why: { zh: '好算清楚要回多少，也看看时效还剩多久。', en: 'To know what to claim and how much time is left.' },
  hint: { zh: '说个大概，不填也行。', en: 'A rough figure will do, or leave it empty.' },
  example: { zh: '27000，或者 2.7万', en: '27000' },
  fields: [
    { name: 'fen', kind: 'yuan', label: { zh: '金额（元）', en: 'Amount in yuan' }, optional: true },
    { name: 'since', kind: 'date', label: { zh: '从哪天起', en: 'Since' }, optional: true, within: 'untilToday' },
  ],
  schema: schemas.amount,
  appliesWhen: (said: Said) => {
    const key = kindKey(said)
    return key !== undefined && kindOf(key).money === true
  },
}

const deadline: Question = {
  key: 'deadline',
  title: { zh: '有没有一个日子，快到了？', en: 'Is there a day coming up soon?' },
  factTitle: { zh: '快到的日子', en: 'A day to keep' },
  why: {
    zh: '离截止不到七天，可以先派律师，手续以后补。',
    en: 'With less than seven days left, a lawyer can come first and the papers follow.',
  },
  cite: cite('法律援助法', 44),
  fields: [
    { name: 'what', kind: 'radio', label: { zh: '快到的日子', en: 'What is coming' }, options: optionsOf(deadlines) },
    {
      name: 'day',
      kind: 'date',
      label: { zh: '哪一天', en: 'On which day' },
      hint: { zh: '有开庭、时效或者上诉的日子，才需要填。', en: 'Only for a hearing, a time limit or an appeal.' },
      optional: true,
      within: 'fromToday',
    },
  ],
  schema: schemas.deadline,
}

/** What happened, with whom, for how much, and how urgent it is. */
export const situation = { story, kind, kindMore, custody, opponent, opponentHome, opponentParent, amount, deadline }
