import { dayOf } from '#kernel/calendar/calendar.ts'
import {
  before,
  exampleOf,
  isHinge,
  left,
  nextUnanswered,
  pathOf,
  type Answers,
  type Field,
  type Question,
} from '#kernel/journey/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { formatDay, say, type Language, type MessageKey } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import type { FieldError, Values } from '#portal/pieces/form.tsx'
import { QuestionPage } from '#portal/question.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { judge, typed } from '#portal/typed.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { parseResidentId } from '#records/people/resident-id.ts'
import { answerInWords, recognisable } from '#api/matter/answer-words.ts'
import { knownBefore, type Known } from '#api/matter/known.ts'
import { isConsequential } from './consequences.ts'
import { draftOf, type Draft } from './drafts.ts'
import { proxyLink } from './track.tsx'
import { addUploads } from './uploads.ts'
import { keyed, pageOf, statusOf, wayBack } from './visiting.ts'
import { channelTitle } from '#api/titles.ts'

/** One question a page: shown, and answered. */
export const questionPages: readonly Page[] = [
  { method: 'GET', path: '/m/:code/q/:question', id: 'portal.question', handler: (tx, visit) => showQuestion(tx, visit) },
  { method: 'POST', path: '/m/:code/q/:question', id: 'portal.answer', takesFiles: true, handler: answerQuestion },
]

async function showQuestion(tx: Tx, visit: Visit, refused?: { values: Values; errors: readonly FieldError[] }): Promise<PageReply> {
  const { code = '', question: key = '' } = visit.params
  const { matter, draft } = await draftOf(tx, code)
  if (!draft) return { redirect: `/m/${code}` }
  const { questions, answers, isPrivate } = draft
  const question = pathOf(questions, answers).find((one) => one.key === key) ?? refuse('not_found')
  const isChange = visit.query['from'] === 'check'
  const previous = before(questions, answers, key)
  const backHref = isChange ? `/m/${code}/check` : previous ? `/m/${code}/q/${previous.key}` : '/'
  const known = await knownBefore(tx, { matter, question, answers, isPrivate })
  const example = exampleOf(question, answers)
  const saved = {
    code,
    ...wayBack(visit, code),
    elsewhere: proxyLink(tx, lineOf(tx.on, matter.line, matter.edition), matter),
  }
  const html = renderPage(
    <QuestionPage
      page={pageOf(visit, isPrivate)}
      question={question}
      values={refused?.values ?? (answers[key] as Values | undefined) ?? {}}
      errors={refused?.errors ?? []} // answers are objects by field
      action={`/m/${code}/q/${key}${isChange ? '?from=check' : ''}`}
      hidden={keyed()}
      backHref={backHref}
      left={left(questions, answers, key)}
      saved={saved}
      {...(example && { example })}
      {...(question.likely && { likely: question.likely(answers) })}
      steers={isChange && isHinge(questions, answers, key)}
      {...(known && { known: offerOf(question, known, visit.language) })}
    />,
  )
  return { html, status: statusOf(refused?.errors ?? []) }
}

async function answerQuestion(tx: Tx, visit: Visit): Promise<PageReply> {
  const { code = '', question: key = '' } = visit.params
  const { matter, draft } = await draftOf(tx, code)
  if (!draft) return { redirect: `/m/${code}` }
  const { questions, answers } = draft
  const question = pathOf(questions, answers).find((one) => one.key === key) ?? refuse('not_found')
  if (visit.form['again'] === 'yes') return sayAgain(tx, visit, { matter, question, ...draft })
  const values = await valuesFrom(tx, visit, matter, question, answers[key])
  if ('errors' in values) return showQuestion(tx, visit, values)
  const judged = judge(question, values.values)
  const errors = 'errors' in judged ? judged.errors : errorsToday(tx, question, judged.answer)
  if ('errors' in judged || errors.length) return showQuestion(tx, visit, { values: values.values, errors })
  await saveAnswer(tx, matter, key, judged.answer, visit.session?.channel ?? 'web')
  const after = { ...answers, [key]: judged.answer }
  if (visit.query['from'] === 'check' && isConsequential(draft, after)) return { redirect: `/m/${code}/check?changed=${key}` }
  return { redirect: onward(code, questions, after) }
}

const onward = (code: string, questions: readonly Question[], answers: Answers): string => {
  const next = nextUnanswered(questions, answers)
  return next ? `/m/${code}/q/${next.key}` : `/m/${code}/check`
}

/** What was told before is said again by the person, or not at all: the answer is theirs, of today, and names the matter it was first told in. */
async function sayAgain(tx: Tx, visit: Visit, asking: { matter: Matter; question: Question } & Draft): Promise<PageReply> {
  const { matter, question, questions, answers } = asking
  const known = await knownBefore(tx, asking)
  if (!known) return showQuestion(tx, visit)
  await saveAnswer(tx, matter, question.key, known.value, { channel: visit.session?.channel ?? 'web', carriedFrom: known.matter })
  return { redirect: onward(matter.code, questions, { ...answers, [question.key]: known.value }) }
}

const offerOf = (question: Question, { value, at, channel }: Known, language: Language) => ({
  lines: answerInWords(question, recognisable(question, value), language).map((row) => say(language, 'check.pair', row)),
  from: say(language, 'known.from', { day: formatDay(dayOf(at), language), channel: channelTitle(channel, language) }),
})

/** Files become documents of the draft at once; what the answer keeps is that they were sent. */
async function valuesFrom(
  tx: Tx,
  visit: Visit,
  matter: Matter,
  question: Question,
  before: unknown,
): Promise<{ values: Values } | { values: Values; errors: FieldError[] }> {
  const values = typed(question.fields, visit.form)
  const files = question.fields.find((field) => field.kind === 'files')
  if (!files) return { values }
  const kept = typeof before === 'object' && before !== null && 'files' in before && Array.isArray(before.files) ? before.files : []
  const added = await addUploads(tx, matter, visit, { kind: 'evidence', field: files.name })
  if ('errors' in added) return { values, errors: added.errors }
  return { values: { ...values, [files.name]: [...new Set([...kept, ...added.keys])] } }
}

/** Checks a schema may not make, which knows no today: an identity number against its own rules (RULEBOOK §6.1), and days against the side they lie on. */
function errorsToday(tx: Tx, question: Question, answer: Readonly<Record<string, unknown>>): FieldError[] {
  return question.fields.flatMap((field) => {
    const value = answer[field.name]
    const message = typeof value === 'string' ? flawToday(field, value, dayOf(tx.now)) : undefined
    return message ? [{ field: field.name, message }] : []
  })
}

function flawToday({ kind, within }: Field, value: string, today: string): MessageKey | undefined {
  const parsed = kind === 'idNumber' ? parseResidentId(value, today) : undefined
  if (parsed && !parsed.ok) return idFlaws[parsed.flaw]
  if (within === 'untilToday' && value > today) return 'answer.date.future'
  return within === 'fromToday' && value < today ? 'answer.date.gone' : undefined
}

const idFlaws = {
  length: 'answer.idNumber.length',
  characters: 'answer.idNumber.length',
  date: 'answer.idNumber.date',
  future: 'answer.idNumber.date',
  checksum: 'answer.idNumber.checksum',
} as const
