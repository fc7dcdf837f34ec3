import type { Clock, Entry, Matter } from '../contract.ts'
import { yuanOf } from '../ui/money.ts'
import type { Ask, Field } from '../ui/schema-fields.ts'
import { lastOf, timeOf } from '../ui/time.ts'

/** One thing that reads differently: what it is, how it was, how it is; null where it was not, or is no more. */
export type Difference = { what: string; before: string | null; after: string | null }

/** What was done since a matter was read. */
export function entriesSince(before: Matter, after: Matter): Entry[] {
  const seen = Math.max(-1, ...before.timeline.map(({ seq }) => seq))
  return after.timeline.filter(({ seq }) => seq > seen)
}

/** What reads differently in a matter read again: where it stands, its facts, papers, limits and notes. */
export const differences = (before: Matter, after: Matter): Difference[] =>
  parts.flatMap((linesOf) => changed(linesOf(before), linesOf(after)))

/** One line of a matter as it reads; `id` finds the same line again. */
type Line = { id: string; what: string; words: string }

const parts: ((matter: Matter) => Line[])[] = [
  ({ stateTitle }) => [{ id: 'state', what: '状态', words: stateTitle }],
  ({ facts }) =>
    facts.map(({ question, holder, title, rows }) => ({
      id: `${holder}/${question}`,
      what: title,
      words: rows.map(({ label, value }) => `${label}：${value}`).join('；'),
    })),
  ({ documents }) => documents.map(({ id, kindTitle, name }) => ({ id, what: '材料', words: `${kindTitle}：${name}` })),
  ({ panels }) =>
    panels.flatMap((panel) =>
      panel.shape === 'reading'
        ? [{ id: panel.key, what: panel.title, words: `${panel.reading.proposalTitle}（${timeOf(panel.reading.at)}）` }]
        : [],
    ),
  ({ clocks }) =>
    clocks.map((clock) => ({
      id: `${clock.limit}/${clock.party ?? ''}/${clock.startedOn}`,
      what: `期限 · ${clock.title}`,
      words: clockWords(clock),
    })),
  ({ notes }) => notes.map(({ id, by, text }) => ({ id, what: '便签', words: `${by}：${text ?? '（已删去）'}` })),
]

function changed(before: Line[], after: Line[]): Difference[] {
  const was = new Map(before.map((line) => [line.id, line]))
  const is = new Map(after.map((line) => [line.id, line]))
  return [...new Map([...was, ...is]).values()]
    .map(({ id, what }) => ({ what, before: was.get(id)?.words ?? null, after: is.get(id)?.words ?? null }))
    .filter((one) => one.before !== one.after)
}

const statusWords: Record<Clock['status'], string> = {
  running: '计算中',
  paused: '暂停',
  stopped: '已停止',
  late: '已超期',
  lapsed: '已失效',
}
const clockWords = ({ status, dueAt }: Clock) => [statusWords[status], dueAt && `最迟 ${lastOf(dueAt)}`].filter(Boolean).join('，')

/** What has been typed into a form, in words, field by field; what is left empty is left out. */
export const typedWords = (fields: Field[], values: Record<string, unknown>): { label: string; value: string }[] =>
  fields.flatMap((field) => {
    const value = values[String(field.path.at(-1))]
    if (field.ask.kind === 'group') return typedWords(field.ask.fields, (value ?? {}) as Record<string, unknown>) // a group's values are an object
    if (value === undefined || value === null || value === '') return []
    return [{ label: field.title, value: field.of ? '已选定' : wordsOf(field.ask, value) }]
  })

function wordsOf(ask: Ask, value: unknown): string {
  if (Array.isArray(value)) return ask.kind === 'choices' ? value.map((one) => labelOf(ask, one)).join('、') : `${value.length} 项`
  if (ask.kind === 'choice') return labelOf(ask, value)
  if (ask.kind === 'yesNo') return value ? '是' : '否'
  if (ask.kind === 'money') return `${yuanOf(Number(value))} 元`
  return ask.kind === 'moment' ? timeOf(String(value)) : String(value)
}

const labelOf = ({ choices }: Extract<Ask, { kind: 'choice' | 'choices' }>, value: unknown) =>
  choices.find((choice) => choice.value === value)?.label ?? String(value)
