import { dayOf } from '#kernel/calendar.ts'
import { before, left, nextUnanswered, pathOf, steers, type Question } from '#kernel/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { Refusal, refuse } from '#kernel/refusal.ts'
import { journeyChecks } from '#lines/legal-aid/journey.ts'
import { isViolence } from '#lines/legal-aid/journey-path.ts'
import { clocksOf, eventsOf } from '#platform/matter-rows.ts'
import { lineOf } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/route.ts'
import type { Tx } from '#platform/tx.ts'
import { CheckAnswersPage } from '#portal/check-answers.tsx'
import type { FieldError, Values } from '#portal/form.tsx'
import { QuestionPage } from '#portal/question.tsx'
import { ReceiptPage } from '#portal/receipt.tsx'
import { renderPage } from '#portal/render.ts'
import { rowsOf } from '#portal/shown.ts'
import { judge, typed } from '#portal/typed.ts'
import { saveAnswer } from '#records/answers.ts'
import { findAgency } from '#records/offices.ts'
import { parseResidentId } from '#records/resident-id.ts'
import { addDocument, keepFile } from '../documents.ts'
import { takeAction } from '../matters.ts'
import { titleOf } from '../titles.ts'
import { proxyLink } from './track.tsx'
import { errorsOf, journeyOf, keyed, keyOf, matterByCode, pageOf, statusOf, text } from './visiting.ts'

const draftOf = async (tx: Tx, code: string) => {
  const matter = await matterByCode(tx, code)
  return { matter, isDraft: matter.state === 'draft', ...(await journeyOf(tx, matter)) }
}

/** The pages of one application, question by question, to the receipt. */
export const journeyPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/m/:code/next',
    id: 'portal.next',
    async handler(tx, { params }) {
      const { isDraft, questions, answers } = await draftOf(tx, params['code'] ?? '')
      const next = nextUnanswered(questions, answers)
      return { redirect: !isDraft ? `/m/${params['code']}` : next ? `/m/${params['code']}/q/${next.key}` : `/m/${params['code']}/check` }
    },
  },
  { method: 'GET', path: '/m/:code/q/:question', id: 'portal.question', handler: (tx, visit) => showQuestion(tx, visit) },
  { method: 'POST', path: '/m/:code/q/:question', id: 'portal.answer', handler: answerQuestion },
  { method: 'GET', path: '/m/:code/check', id: 'portal.check', handler: showCheck },
  { method: 'POST', path: '/m/:code/check', id: 'portal.submit', handler: submit },
  { method: 'GET', path: '/m/:code/receipt', id: 'portal.receipt', handler: showReceipt },
]

async function showQuestion(tx: Tx, visit: Visit, refused?: { values: Values; errors: readonly FieldError[] }): Promise<PageReply> {
  const { code = '', question: key = '' } = visit.params
  const { matter, isDraft, questions, answers } = await draftOf(tx, code)
  if (!isDraft) return { redirect: `/m/${code}` }
  const question = pathOf(questions, answers).find((one) => one.key === key) ?? refuse('not_found')
  const isChange = visit.query['from'] === 'check'
  const previous = before(questions, answers, key)
  const backHref = isChange ? `/m/${code}/check` : previous ? `/m/${code}/q/${previous.key}` : '/'
  const saved = {
    ...(visit.secret?.code === code ? visit.secret : { code }),
    ...proxyLink(tx, lineOf(tx.on, matter.line, matter.edition), matter),
  }
  const html = renderPage(
    <QuestionPage
      page={pageOf(visit, isViolence(answers))}
      question={question}
      values={refused?.values ?? (answers[key] as Values | undefined) ?? {}}
      errors={refused?.errors ?? []} // answers are objects by field
      action={`/m/${code}/q/${key}${isChange ? '?from=check' : ''}`}
      hidden={keyed()}
      backHref={backHref}
      left={Math.max(1, left(questions, { ...answers, [key]: undefined }))}
      saved={saved}
      steers={isChange && steers(questions, answers, question)}
    />,
  )
  return { html, status: statusOf(refused?.errors ?? []) }
}

async function answerQuestion(tx: Tx, visit: Visit): Promise<PageReply> {
  const { code = '', question: key = '' } = visit.params
  const { matter, isDraft, questions, answers } = await draftOf(tx, code)
  if (!isDraft) return { redirect: `/m/${code}` }
  const question = pathOf(questions, answers).find((one) => one.key === key) ?? refuse('not_found')
  const values = await valuesFrom(tx, visit, matter, question, answers[key])
  if ('errors' in values) return showQuestion(tx, visit, values)
  const judged = judge(question, values.values)
  const errors = 'errors' in judged ? judged.errors : registerErrors(tx, question, judged.answer)
  if ('errors' in judged || errors.length) return showQuestion(tx, visit, { values: values.values, errors })
  await saveAnswer(tx, matter, key, judged.answer, visit.session?.channel ?? 'web')
  const next = nextUnanswered(questions, { ...answers, [key]: judged.answer })
  return { redirect: next ? `/m/${code}/q/${next.key}` : `/m/${code}/check` }
}

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
  const key = keyOf(visit)
  try {
    // All are kept before one is recorded: a bad one among them leaves nothing of the form behind.
    const files = []
    for (const upload of visit.uploads) files.push({ upload, kept: await keepFile(tx, upload) })
    for (const [i, file] of files.entries()) await addDocument(tx, matter, { kind: 'evidence', key: keyFor(key, i), ...file })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { values, errors: errorsOf(error.detail).map((one) => ({ ...one, field: files.name })) }
  }
  return { values: { ...values, [files.name]: [...kept, ...visit.uploads.map((_, i) => keyFor(key, i))] } }
}

/** A key for each file of one form, so that the form posted twice keeps each once. */
const keyFor = (key: string, i: number): string => key.slice(0, -2) + i.toString(16).padStart(2, '0')

/** Checks the line may not make: an identity number against its own rules and today (RULEBOOK §6.1). */
function registerErrors(tx: Tx, question: Question, answer: Readonly<Record<string, unknown>>): FieldError[] {
  return journeyChecks.flatMap(({ question: key, field }) => {
    const value = answer[field]
    if (key !== question.key || typeof value !== 'string') return []
    const parsed = parseResidentId(value, dayOf(tx.now))
    return parsed.ok ? [] : [{ field, message: idFlaws[parsed.flaw] }]
  })
}

const idFlaws = {
  length: 'answer.idNumber.length',
  characters: 'answer.idNumber.length',
  date: 'answer.idNumber.date',
  future: 'answer.idNumber.date',
  checksum: 'answer.idNumber.checksum',
} as const

async function showCheck(tx: Tx, visit: Visit): Promise<PageReply> {
  const code = visit.params['code'] ?? ''
  const { isDraft, questions, answers } = await draftOf(tx, code)
  if (!isDraft) return { redirect: `/m/${code}` }
  const open = nextUnanswered(questions, answers)
  if (open) return { redirect: `/m/${code}/q/${open.key}` }
  const path = pathOf(questions, answers)
  const rows = rowsOf(questions, answers, visit.language)
    .filter(({ key }) => key !== 'notice')
    .map((row) => ({ ...row, changeHref: `/m/${code}/q/${row.key}?from=check` }))
  const title = { zh: '您写的', en: 'What you told us' }
  return {
    html: renderPage(
      <CheckAnswersPage
        page={pageOf(visit, isViolence(answers))}
        groups={[{ title, rows }]}
        action={`/m/${code}/check`}
        hidden={keyed()}
        backHref={`/m/${code}/q/${path.at(-1)?.key ?? ''}`}
      />,
    ),
  }
}

async function submit(tx: Tx, visit: Visit): Promise<PageReply> {
  const code = visit.params['code'] ?? ''
  const { matter, isDraft, answers } = await draftOf(tx, code)
  if (!isDraft) return { redirect: `/m/${code}/receipt` }
  const isCustody = (answers['forWhom'] as { who?: string } | undefined)?.who === 'custody' // the journey's schema
  await takeAction(
    tx,
    matter,
    isCustody && text(visit.form['through']) === 'facility' ? 'handOver' : 'submit',
    { key: keyOf(visit), input: {} },
    visit.session?.channel,
  )
  return { redirect: `/m/${code}/receipt` }
}

async function showReceipt(tx: Tx, visit: Visit): Promise<PageReply> {
  const code = visit.params['code'] ?? ''
  const matter = await matterByCode(tx, code)
  if (matter.state === 'draft') return { redirect: `/m/${code}/next` }
  const line = lineOf(tx.on, matter.line, matter.edition)
  const agency = await findAgency(tx, matter.region)
  const steps = (await clocksOf(tx, matter))
    .filter((clock) => !clock.stoppedAt && clock.dueAt)
    .map((clock) => {
      const limit = line.limits[clock.limit]! // clocks are made from the line's limits
      return { text: limit.title, by: dayOf(new Date(clock.dueAt!.getTime() - 1)), cite: limit.cite } // filtered above
    })
  const filed = titleOf(matter, line, visit.language)
  const received = (await eventsOf(tx, matter)).find(({ action }) => action === 'submit' || action === 'handOver')
  return {
    html: renderPage(
      <ReceiptPage
        page={pageOf(visit, matter.data['isPrivate'] === true)}
        title={{ zh: filed, en: filed }}
        code={code}
        {...(visit.secret?.code === code && { secret: visit.secret.secret })}
        receivedAt={received?.at ?? matter.openedAt}
        office={{ name: agency?.name ?? '12348', phone: agency?.phone ?? '12348' }}
        steps={steps}
        trackHref={`/m/${code}`}
      />,
    ),
  }
}
