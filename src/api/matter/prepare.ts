import { dayOf } from '#kernel/calendar.ts'
import type { Named } from '#kernel/entrance.ts'
import { nextUnanswered } from '#kernel/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { entranceOf } from '#lines/entrances.ts'
import { grounds } from '#lines/objection/grounds.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers, saveAnswer } from '#records/people/answers.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { mustBeKept } from '#records/privacy/erasure.ts'
import { parentOf, questionsOf } from './questions.ts'
import { candidatesFor } from '#records/register/candidates.ts'

/** Turns what a person filled in into what the event records, where the two differ; refuses what the rules of the records forbid. */
export type Preparer = (tx: Tx, matter: Matter, asked: Record<string, unknown>, channel: string) => Promise<Record<string, unknown>>

/** By action, for every action that declares `asks` and is not prepared by a route of its own. A test checks that none is missing. */
export const preparers: Readonly<Record<string, Preparer>> = {
  submit: prepareFiling,
  handOver: async (tx, matter, asked, channel) => ({
    ...(await prepareFiling(tx, matter, asked, channel)),
    handedOverAt: tx.now.toISOString(),
  }),
  assign: prepareChoice,
  assignUrgently: prepareChoice,
  replace: prepareChoice,
  fulfil: prepareAnswer,
  addGrounds: keepGrounds,
}

/** What is said later stands below what was said before. */
async function keepGrounds(tx: Tx, matter: Matter, asked: Record<string, unknown>, channel: string): Promise<Record<string, unknown>> {
  const before = (await answersOf(tx, matter)).get(grounds.key)?.value as { words?: string } | undefined // the question's schema
  const words = [before?.words, String(asked['words'])].filter(Boolean).join('\n')
  await saveAnswer(tx, matter, grounds.key, { words }, channel)
  return {}
}

/** Whether what is asked to be deleted has become a file the law has kept. */
async function prepareAnswer(tx: Tx, matter: Matter, asked: Record<string, unknown>): Promise<Record<string, unknown>> {
  const about = await parentOf(tx, matter) // a draft is not seen at the desk, and is no file
  return { ...asked, mustBeKept: about !== undefined && mustBeKept(tx, about) }
}

/** Filing makes persons of the names given, and takes from the answers only the decisions the log needs. */
async function prepareFiling(tx: Tx, matter: Matter, _: Record<string, unknown>, channel: string): Promise<Record<string, unknown>> {
  const today = dayOf(tx.now)
  const entrance = entranceOf(matter.line) ?? refuse('not_found')
  const answers = plainAnswers(await answersOf(tx, matter))
  const open = nextUnanswered(await questionsOf(tx, matter, today), answers)
  if (open) refuse('missing_answer', { question: open.key })
  const people: Partial<Record<Named['role'], string>> = {}
  for (const named of entrance.people?.(answers) ?? []) {
    const person = await addPerson(tx, matter.region, named)
    await addParty(tx, matter, person, named.role)
    people[named.role] = person
  }
  return entrance.filing(answers, { people, channel, today })
}

/**
 * Only whoever may be sent is; a conflict within the firm is lifted as `candidatesFor` judges it, by both parties' consent and the director's
 * explanation (RULEBOOK §3.9 C3).
 */
async function prepareChoice(tx: Tx, matter: Matter, asked: Record<string, unknown>): Promise<Record<string, unknown>> {
  const bothConsent = asked['bothConsent'] === true && typeof asked['reason'] === 'string'
  const candidates = await candidatesFor(tx, matter, { bothConsent })
  const chosen = candidates.find((one) => one.practitioner === asked['practitioner']) ?? refuse('not_found')
  if (chosen.verdict !== 'assignable') refuse('conflict_of_interest', { reasons: chosen.reasons.map(({ code }) => code) })
  return { ...asked, provider: chosen.account, office: chosen.office, verdict: chosen.verdict }
}
