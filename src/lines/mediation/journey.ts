import { z } from 'zod'
import { optionsOf, type Question, type SaidTo } from '#kernel/journey/journey.ts'
import { choice, idNumber, phone, words } from '#kernel/journey/journey-answers.ts'
import { keysIn } from '#kernel/keyed.ts'
import type { Text } from '#kernel/line.ts'
import { contactOf, contactSchema } from '#parts/contact.ts'
import { holding } from '#parts/facts.ts'
import { noticeOf, noticeSchema } from '#parts/notice.ts'
import { gaps, kinds } from './data.ts'
import { cite } from './statutes.ts'

/** Ways in which somebody may be reached; what is ruled out is never used. */
const safeWays = {
  both: { zh: '可以打电话，也可以发短信', en: 'Calls and text messages are fine' },
  callOnly: { zh: '只打电话，别发短信', en: 'Call only, no text messages' },
  smsOnly: { zh: '只发短信，别打电话', en: 'Text only, no calls' },
  none: { zh: '都不要，我自己来看进展', en: 'Neither: I will come back to look' },
} satisfies Record<string, Text>

/** What every question takes, by question. */
export const schemas = {
  notice: noticeSchema,
  story: z.object({ story: words(4000) }),
  kind: z.object({ kind: choice(keysIn(kinds)) }),
  opponent: z.object({ name: words(200), phone: phone.optional(), address: words(200).optional() }),
  gap: z.object({ gap: choice(keysIn(gaps)) }),
  wish: z.object({ words: words(2000) }),
  person: z.object({ name: words(100), idNumber: idNumber.optional() }),
  contact: contactSchema,
  home: z.object({ address: words(200).optional() }),
}

/** What was said, by question; what was not asked yet is absent. */
export type Said = SaidTo<typeof schemas>

const notice = noticeOf({
  why: { zh: '问您的事之前，法律要求我们先说清楚怎么用。', en: 'The law asks us to tell you how we use what you say before we ask.' },
  hint: {
    zh: '人民调解不收钱，谈不谈都自愿，随时可以不谈；不谈，仲裁、起诉一样可以。您说的话只给调解的人看。您住哪里、电话多少，不会告诉对方。',
    en: 'Mediation is free and voluntary; you may stop at any time, and arbitration and the court stay open. Only those who mediate read what you say. Where you live and your telephone are never given to the other side.',
  },
  cite: cite('个人信息保护法', 17),
})

const story: Question = {
  key: 'story',
  title: { zh: '发生了什么事？', en: 'What happened?' },
  factTitle: { zh: '事情经过', en: 'What happened' },
  why: { zh: '调解员先看您自己的话，再去找对方谈。', en: 'The mediator reads your own words first, then turns to the other side.' },
  hint: {
    zh: '想到哪写到哪，几句话就行。愿意的话，以后可以让对方看到，您自己定。',
    en: 'A few sentences are enough. Whether the other side ever sees them is yours to decide.',
  },
  example: {
    zh: '邻居家翻修，把墙砌到我家院子里半米，说了几次都不拆。',
    en: 'Our neighbour rebuilt his wall half a metre into our yard and will not take it down.',
  },
  facts: holding({ story: 'dispute.story' }),
  fields: [{ name: 'story', kind: 'longText', label: { zh: '事情经过', en: 'What happened' } }],
  schema: schemas.story,
}

const kind: Question = {
  key: 'kind',
  title: { zh: '是哪一类的事？', en: 'What is it about?' },
  factTitle: { zh: '纠纷类型', en: 'Kind of dispute' },
  why: {
    zh: '好找懂这类事的调解员。选错了也不要紧。',
    en: 'So that a mediator who knows such matters is found. A wrong choice does no harm.',
  },
  fields: [{ name: 'kind', kind: 'radio', label: { zh: '哪一类', en: 'Kind' }, options: optionsOf(kinds) }],
  schema: schemas.kind,
}

const opponent: Question = {
  key: 'opponent',
  title: { zh: '对方是谁，怎么找到？', en: 'Who is on the other side, and how are they found?' },
  factTitle: { zh: '对方', en: 'Other side' },
  why: { zh: '要去问对方愿不愿意。对方不愿意，就不能调解。', en: 'They are asked whether they agree; if not, there is no mediation.' },
  cite: cite('人民调解法', 17),
  facts: holding({ name: 'dispute.opponent', phone: 'opponent.phone', address: 'opponent.address' }),
  fields: [
    { name: 'name', kind: 'text', label: { zh: '对方的姓名或者单位', en: 'Person or firm' }, autocomplete: 'off' },
    { name: 'phone', kind: 'phone', label: { zh: '对方的电话', en: 'Their telephone' }, autocomplete: 'off', optional: true },
    { name: 'address', kind: 'address', label: { zh: '对方在哪里', en: 'Where they are' }, autocomplete: 'off', optional: true },
  ],
  schema: schemas.opponent,
}

const gap: Question = {
  key: 'gap',
  title: { zh: '当着对方的面，有什么不敢说、不好说的吗？', en: 'Can you speak freely in front of the other side?' },
  factTitle: { zh: '能不能当面谈', en: 'Whether they can meet' },
  why: {
    zh: '有的话，我们分开谈，不会让你们坐到一起，也不会告诉对方您说过这个。有危险请马上打 110。',
    en: 'If you cannot, we talk to each of you apart and never tell the other side that you said so. In danger, call 110 now.',
  },
  fields: [{ name: 'gap', kind: 'radio', label: { zh: '有没有', en: 'Is there anything' }, options: optionsOf(gaps) }],
  schema: schemas.gap,
}

const wish: Question = {
  key: 'wish',
  title: { zh: '您希望怎么解决？', en: 'How should it be settled?' },
  factTitle: { zh: '希望怎么解决', en: 'The settlement wanted' },
  why: { zh: '调解员好知道往哪里谈。', en: 'So that the mediator knows where to aim.' },
  facts: holding({ words: 'dispute.wish' }),
  fields: [{ name: 'words', kind: 'longText', label: { zh: '希望怎么解决', en: 'The settlement wanted' } }],
  schema: schemas.wish,
}

const person: Question = {
  key: 'person',
  title: { zh: '您叫什么？', en: 'What is your name?' },
  factTitle: { zh: '当事人', en: 'Party' },
  why: { zh: '协议书上要写当事人的名字。', en: 'An agreement names its parties.' },
  cite: cite('人民调解法', 29, 1),
  facts: holding({ name: 'person.name', idNumber: 'person.idNumber' }),
  fields: [
    { name: 'name', kind: 'text', label: { zh: '姓名', en: 'Name' }, autocomplete: 'name' },
    { name: 'idNumber', kind: 'idNumber', label: { zh: '身份证号', en: 'Identity number' }, autocomplete: 'off', optional: true },
  ],
  schema: schemas.person,
  lasting: { fields: ['name', 'idNumber'] },
}

const contact = contactOf({
  title: { zh: '怎么联系您才安全？', en: 'How can we reach you safely?' },
  factTitle: { zh: '安全的联系方式', en: 'Safe contact' },
  why: {
    zh: '只给调解的人看，对方看不到。您说不行的方式，我们一次也不用。',
    en: 'For those who mediate; never for the other side. We never use a way you rule out.',
  },
  label: { zh: '联系方式', en: 'How to contact you' },
  ways: optionsOf(safeWays),
  phoneHint: { zh: '选“都不要”就不用填。', en: 'Not needed if you chose “neither”.' },
})

const home: Question = {
  key: 'home',
  title: { zh: '您住在哪里？', en: 'Where do you live?' },
  factTitle: { zh: '住址', en: 'Home' },
  why: { zh: '只给调解的人看，对方看不到。不想写可以不写。', en: 'For those who mediate; never for the other side. You may leave it out.' },
  facts: holding({ address: 'person.home' }),
  fields: [{ name: 'address', kind: 'address', label: { zh: '住址', en: 'Address' }, autocomplete: 'street-address', optional: true }],
  schema: schemas.home,
}

/** What each side is asked, the one that asks first as well as the one that answers. */
export const mediationJourney = (): readonly Question[] => [notice, story, kind, opponent, gap, wish, person, contact, home]
