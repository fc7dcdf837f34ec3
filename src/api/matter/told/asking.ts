import { z } from 'zod'
import type { Answers, Field, Question } from '#kernel/journey/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { route } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { formSchema } from '#api/form-schema.ts'
import { listParties } from '#records/people/people.ts'
import { askingIn, mayTellFor, type Asking } from '#records/referral/asking.ts'
import { channel } from '#records/referral/opening-for.ts'
import { answerInWords, maskedAnswer } from '../answer-words.ts'
import { holderNames } from '../holders.ts'
import { At } from '../matter-schema.ts'

type Json = Record<string, unknown>

/** What is still to be asked of those who have no account, a form for each: it is written down by `fact.tell`. */
export const askingRoute = route({
  method: 'GET',
  path: '/api/matters/:region/:id/asking',
  id: 'fact.asking',
  summary: 'What those without an account have still to be asked, as a form for each',
  params: At,
  returns: z.object({ rows: z.array(z.object({ holder: z.string(), called: z.string(), schema: z.record(z.string(), z.unknown()) })) }),
  async handler(tx, { params }) {
    const matter = (await matterOf(tx, params)) ?? refuse('not_found')
    if (!(await mayTellFor(tx, matter))) refuse('not_permitted', { action: 'answer' })
    const called = await namesIn(tx, matter, 'zh')
    const rows = (await askingIn(tx, matter)).filter(({ questions }) => questions.length > 0)
    return { rows: rows.map((one) => ({ holder: one.holder.id, called: called.get(one.holder.id) ?? '', schema: schemaOf(one, 'zh') })) }
  },
})

async function namesIn(tx: Tx, matter: Matter, language: Language): Promise<ReadonlyMap<string, string>> {
  const parties = await listParties(tx, matter)
  const known = new Map(parties.flatMap(({ person, name }) => (name ? [[person, name] as const] : [])))
  return holderNames({ line: lineOf(tx.on, matter.line, matter.edition), matter }, known, language)
}

/** How it came, and a group for each question; nothing must be answered now, and what is half known is said above the rest. */
function schemaOf({ questions }: Asking, language: Language): Json {
  const { properties } = formSchema(z.object({ channel }), language) as { properties: Json } // of a zod object
  const groups = questions.map(({ question, known }) => [question.key, groupOf(question, known, language)])
  return {
    type: 'object',
    required: ['channel'],
    properties: { ...properties, said: { type: 'object', title: say(language, 'asking.said'), properties: Object.fromEntries(groups) } },
  }
}

function groupOf(question: Question, known: Answers, language: Language): Json {
  const rows = answerInWords(question, maskedAnswer(question, known), language).map((row) => say(language, 'check.pair', row))
  const asked = question.fields.filter(({ name, kind }) => kind !== 'files' && !(name in known))
  return {
    type: 'object',
    title: pick(question.factTitle, language),
    ...(rows.length && { description: say(language, 'asking.known', { rows: rows.join(say(language, 'word.comma')) }) }),
    properties: Object.fromEntries(asked.map((field) => [field.name, fieldOf(field, language)])),
  }
}

const fieldOf = (field: Field, language: Language): Json => ({
  title: pick(field.label, language),
  ...(field.hint && { description: pick(field.hint, language) }),
  ...kinds[field.kind](optionsIn(field, language)),
})

const optionsIn = ({ options = [] }: Field, language: Language) =>
  options.map(({ value, label }) => ({ const: value, title: pick(label, language) }))

type Options = ReturnType<typeof optionsIn>

const text = (): Json => ({ type: 'string' })
const chosen = (oneOf: Options): Json => ({ type: 'string', oneOf })

/** How each kind of field is asked at a desk. */
const kinds: Readonly<Record<Field['kind'], (options: Options) => Json>> = {
  text,
  idNumber: text,
  phone: text,
  address: text,
  longText: () => ({ type: 'string', long: true }),
  radio: chosen,
  select: chosen,
  checkboxes: (oneOf) => ({ type: 'array', items: { type: 'string', oneOf } }),
  date: () => ({ type: 'string', format: 'date' }),
  yuan: () => ({ type: 'integer', format: 'fen' }),
  number: () => ({ type: 'integer' }),
  files: text,
}
