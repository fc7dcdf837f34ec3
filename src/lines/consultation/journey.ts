import { z } from 'zod'
import { optionsOf, type Question, type SaidTo } from '#kernel/journey/journey.ts'
import { choice, words } from '#kernel/journey/journey-answers.ts'
import { keysIn } from '#kernel/keyed.ts'
import type { Text } from '#kernel/line.ts'
import { contactOf, contactSchema } from '#parts/contact.ts'
import { holding } from '#parts/facts.ts'
import { noticeOf, noticeSchema } from '#parts/notice.ts'
import { kinds, safeWays } from './data.ts'
import { cite } from './statutes.ts'

const namings = {
  declined: { zh: '不留姓名', en: 'I would rather not say' },
  named: { zh: '留个姓名，好称呼', en: 'I give my name' },
} satisfies Record<string, Text>

/** What every question takes, by question. */
export const schemas = {
  notice: noticeSchema,
  story: z.object({ story: words(4000).min(5, { error: 'answer.tooShort' }) }),
  kind: z.object({ kind: choice(keysIn(kinds)) }),
  contact: contactSchema,
  person: z
    .object({ naming: choice(keysIn(namings)), name: words(100).optional() })
    .refine(({ naming, name }) => naming === 'declined' || name !== undefined, { path: ['name'], error: 'answer.required' }),
}

/** What was said, by question; what was not asked yet is absent. */
export type Said = SaidTo<typeof schemas>

const notice = noticeOf({
  why: { zh: '问您的事之前，法律要求我们先说清楚怎么用。', en: 'The law asks us to tell you how we use what you say before we ask.' },
  hint: {
    zh: '问，不收钱，不用证件，不留姓名也一样答复。您说的话只给解答的人看，过些年就删掉。正有危险，请马上打 110。',
    en: 'Asking is free, needs no papers and no name. Only those who answer read what you say, and it is deleted some years later. In danger now, call 110.',
  },
  cite: cite('个人信息保护法', 17),
})

const story: Question = {
  key: 'story',
  title: { zh: '发生了什么事，想问什么？', en: 'What happened, and what would you like to know?' },
  factTitle: { zh: '问的事', en: 'What was asked' },
  why: { zh: '说清楚了，答复才能说到点子上。', en: 'So that the answer meets your question.' },
  hint: { zh: '想到哪写到哪，几句话就行。', en: 'A few sentences are enough.' },
  example: {
    zh: '房东说要卖房，让我这个月搬走，租约还有半年。他能这样吗，押金怎么办？',
    en: 'My landlord wants me out this month to sell; the lease runs half a year more. May he, and what of my deposit?',
  },
  cite: cite('法律援助法', 23),
  facts: holding({ story: 'dispute.story' }),
  fields: [{ name: 'story', kind: 'longText', label: { zh: '事情和问题', en: 'What happened, and your question' } }],
  schema: schemas.story,
}

const kind: Question = {
  key: 'kind',
  title: { zh: '是哪一类的事？', en: 'What is it about?' },
  factTitle: { zh: '哪一类', en: 'Kind' },
  why: { zh: '好找懂这类事的人。选错了也不要紧。', en: 'So that somebody answers who knows such matters. A wrong choice does no harm.' },
  fields: [{ name: 'kind', kind: 'radio', label: { zh: '哪一类', en: 'Kind' }, options: optionsOf(kinds) }],
  schema: schemas.kind,
}

const contact = contactOf({
  title: { zh: '怎么答复您？', en: 'How shall we answer you?' },
  factTitle: { zh: '怎么答复', en: 'How to answer' },
  why: {
    zh: '答复都在网页上，凭编号看。短信里不写是什么事。您没选的方式，我们一次也不用。',
    en: 'The answer is on your page, by your code. A text never says what it is about. We never use a way you did not choose.',
  },
  label: { zh: '怎么告诉您', en: 'How to tell you' },
  ways: optionsOf(safeWays),
  phoneHint: { zh: '自己来看的不用填。', en: 'Not needed if you come back by yourself.' },
})

const person: Question = {
  key: 'person',
  title: { zh: '怎么称呼您？', en: 'What shall we call you?' },
  factTitle: { zh: '咨询人', en: 'Who asks' },
  why: { zh: '只为了好称呼。不留姓名，也一样答复。', en: 'Only so that we can address you. Without a name you are answered all the same.' },
  facts: holding({ name: 'person.name' }),
  fields: [
    { name: 'naming', kind: 'radio', label: { zh: '留不留姓名', en: 'Whether to give a name' }, options: optionsOf(namings) },
    { name: 'name', kind: 'text', label: { zh: '姓名', en: 'Name' }, autocomplete: 'name', optional: true },
  ],
  schema: schemas.person,
}

/** What a person is asked: the story first, and little besides. */
export const consultationJourney: readonly Question[] = [notice, story, kind, contact, person]
