import { changeOf, pathOf, type Answers, type Question } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { answerBefore } from '#records/people/answers.ts'
import type { Draft } from './drafts.ts'

/** Whether a change of answers changes what is asked, or how it will be looked at. */
export function isConsequential({ entrance, questions, answers }: Draft, after: Answers): boolean {
  const { opens, drops } = changeOf(questions, answers, after)
  return opens.length + drops.length > 0 || entrance.route?.(answers) !== entrance.route?.(after)
}

/** What the last change of one answer brought, in sentences; empty where it brought nothing. */
export async function consequencesOf(tx: Tx, matter: Matter, draft: Draft, changed: string, language: Language): Promise<string[]> {
  const { entrance, questions, answers } = draft
  const question = pathOf(questions, answers).find(({ key }) => key === changed)
  const old = question && (await answerBefore(tx, matter, changed))
  if (!question || old === undefined) return []
  const before = { ...answers, [changed]: old }
  const { opens, drops } = changeOf(questions, before, answers)
  const routes = [entrance.route?.(before), entrance.route?.(answers)] as const
  const said = [
    ...(opens.length ? [say(language, 'check.opens', { n: opens.length, what: listed(opens, language) })] : []),
    ...(drops.length ? [say(language, 'check.drops', { what: listed(drops, language) })] : []),
    ...routed(routes, language),
  ]
  return said.length ? [say(language, 'check.changed', { what: pick(question.title, language) }), ...said] : []
}

const listed = (questions: readonly Question[], language: Language): string =>
  questions.map(({ title }) => say(language, 'check.quoted', { what: pick(title, language) })).join('')

const routed = ([before, after]: readonly [Text | undefined, Text | undefined], language: Language): string[] =>
  before && after && before !== after
    ? [say(language, 'check.routed', { before: pick(before, language), after: pick(after, language) })]
    : []
