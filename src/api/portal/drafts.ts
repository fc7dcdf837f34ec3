import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Answers, Question } from '#kernel/journey/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { entranceOf } from '#lines/services.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { isPrivate } from '#engine/traits.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers, type Answered } from '#records/people/answers.ts'
import { questionsOf } from '#records/people/questions.ts'
import { matterByCode } from './visiting.ts'

/** A matter still being filled in: how people come to its line, what is asked as of today, what is known and from where. */
export type Draft = {
  entrance: Entrance
  questions: readonly Question[]
  answers: Answers
  known: ReadonlyMap<string, Answered>
  isPrivate: boolean
}

/** The matter a code stands for, as a draft while it is one. */
export async function draftOf(tx: Tx, code = ''): Promise<{ matter: Matter; draft: Draft | null }> {
  const matter = await matterByCode(tx, code)
  return { matter, draft: isFilling(tx, matter) ? await openDraft(tx, matter) : null }
}

/** Whether a matter stands where its line begins, and a person began it. */
export const isDraft = (tx: Tx, { line, edition, state }: Pick<Matter, 'line' | 'edition' | 'state'>): boolean =>
  entranceOf(line) !== undefined && state === lineOf(tx.on, line, edition).initial

/** Whether the questions of a matter may still be answered and sent off: a draft, or one that others took in and that is to be completed. */
export const isFilling = (tx: Tx, { line, edition, state }: Pick<Matter, 'line' | 'edition' | 'state'>): boolean =>
  entranceOf(line) !== undefined &&
  Object.values(lineOf(tx.on, line, edition).actions).some(({ own, from }) => own === 'journey' && from.includes(state))

/** When a matter came to its desk: as it was opened, or, where a person filled it in first, as they sent it. */
export async function receivedAt(tx: Tx, matter: Matter): Promise<Date> {
  const { actions } = lineOf(tx.on, matter.line, matter.edition)
  const sent = entranceOf(matter.line) && (await eventsOf(tx, matter)).find(({ action }) => actions[action]?.own === 'journey')
  return sent?.at ?? matter.openedAt
}

async function openDraft(tx: Tx, matter: Matter): Promise<Draft | null> {
  const entrance = entranceOf(matter.line)
  if (!entrance) return null
  const known = await answersOf(tx, matter)
  const answers = plainAnswers(known)
  const questions = await questionsOf(tx, matter, dayOf(tx.now))
  return { entrance, questions, answers, known, isPrivate: isPrivate(tx.on, matter) || (entrance.isPrivate?.(answers) ?? false) }
}
