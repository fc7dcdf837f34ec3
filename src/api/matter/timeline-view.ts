import type { z } from 'zod'
import { citeText } from '#kernel/cite.ts'
import { stateTitle, type Face } from '#kernel/face.ts'
import { applicantsIn } from '#kernel/own-steps/joining-account.ts'
import type { Line } from '#kernel/line.ts'
import { ownSteps } from '#kernel/own-steps/own-steps.ts'
import { paperRemovedBy } from '#kernel/own-steps/removing-paper.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { isDuty } from '#kernel/actor.ts'
import { principalOf } from '#kernel/seat.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import { inWords } from '#api/form-schema.ts'
import { relationTitle } from './relation-title.ts'
import type { MatterView } from './matter-schema.ts'

type Entry = z.input<typeof MatterView>['timeline'][number]
type Names = ReadonlyMap<string, string>
type Told = { line: Line; matter: Matter; events: readonly Event[]; names: Names; face: Face }
/** Everyone who ever acted in the matter as the person it is for, and the seat of each who sits or once sat there. */
type Parts = { principals: ReadonlySet<string>; sat: ReadonlyMap<string, string> }

/** What was done in a matter, oldest first: by whom and as whom, as this face is told. `names` are those of staff and providers. */
export function timelineOf(told: Told, language: Language): Entry[] {
  const { line, matter, events } = told
  const parts = { principals: applicantsIn(events, principalOf(line, matter)), sat: satIn(line, matter, events) }
  return events.map((event) => entryOf(told, parts, event, language))
}

export const nameOf = (actor: string, names: Names, language: Language) =>
  names.get(actor) ?? say(language, actor === 'system' ? 'by.system' : 'by.citizen')

function entryOf(told: Told, parts: Parts, event: Event, language: Language): Entry {
  const { line, names, face } = told
  const action = line.actions[event.action]
  const moved = event.from !== event.to
  return {
    seq: event.seq,
    action: event.action,
    title: stepTitle(line, event.action, language),
    by: nameOf(event.actor, names, language),
    byRole: roleOf(told, parts, event, language),
    at: event.at.toISOString(),
    fromTitle: moved && line.states[event.from] ? pick(stateTitle(line, event.from, face), language) : null,
    isPaper: action?.own === 'upload',
    toTitle: moved && line.states[event.to] ? pick(stateTitle(line, event.to, face), language) : null,
    article: action?.cite ? citeText(action.cite) : null,
    rows: [...recordedIn(told, event, language), ...limitOf(line, event, language), ...removedIn(line, event, language)],
  }
}

/** The engine's own steps stand in no line. */
/** What a step of a line is called, the opening too. */
export function stepTitle(line: Line, action: string, language: Language): string {
  const title = line.actions[action]?.title ?? ownSteps[action]?.title
  return title ? pick(title, language) : say(language, 'open.title')
}

/** What was recorded of a step, to whom it may be told. */
const recordedIn = ({ line, face }: Told, { action, input }: Event, language: Language) =>
  line.actions[action]?.inward && face === 'person' ? [] : inWords(line, action, input, language)

/** A passed limit's event names the limit by key; people read its title. */
function limitOf(line: Line, event: Event, language: Language): { label: string; value: string }[] {
  const limit = line.limits[String(event.input['limit'])]
  return limit ? [{ label: say(language, 'word.limit'), value: pick(limit.title, language) }] : []
}

/** Which kind of paper was removed, and what was found in it. */
function removedIn(line: Line, event: Event, language: Language): { label: string; value: string }[] {
  const removed = paperRemovedBy(event)
  if (!removed) return []
  const kind = line.documents[removed.kind]?.title
  return [
    { label: say(language, 'word.paper'), value: kind ? pick(kind, language) : removed.kind },
    { label: say(language, 'word.found'), value: removed.found },
  ]
}

/** As whom somebody took a step: whoever was sent once is no officer for having been replaced, and what only the bureau may do was done there. */
function roleOf({ line, names }: Told, { principals, sat }: Parts, { actor, action }: Event, language: Language): string {
  if (actor === 'system') return say(language, 'relation.system')
  if (principals.has(actor)) return relationTitle(line, line.principal, language)
  const seat = sat.get(actor)
  if (seat) return relationTitle(line, seat, language)
  if (!names.has(actor)) return say(language, 'by.citizen')
  const by = line.actions[action]?.by ?? line.openedBy
  const duties = by.filter(isDuty)
  return duties.length && !duties.some((duty) => line.desk.duties.includes(duty))
    ? relationTitle(line, duties[0]!, language)
    : pick(line.desk.title, language) // not empty
}

/** The seat of everyone who sits or sat at the table, by account, as the log seated them. */
export function satIn(line: Line, matter: Matter, events: readonly Event[]): ReadonlyMap<string, string> {
  const seated = events.flatMap(({ action, input }) => Object.entries(line.actions[action]?.seats?.(input, matter) ?? {}))
  const held = [...seated, ...Object.entries(matter.seats)]
  return new Map(
    held.flatMap(([seat, holders]) =>
      (holders ?? []).flatMap(({ id, account }) => [id, ...(account ? [account] : [])].map((who) => [who, seat] as const)),
    ),
  )
}
