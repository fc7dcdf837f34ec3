import type { z } from 'zod'
import type { Duty } from '#kernel/actor.ts'
import { citeText } from '#kernel/cite.ts'
import { stateTitle, type Face } from '#kernel/face.ts'
import { accountJoined, applicantsIn, joinAccount } from '#kernel/joining-account.ts'
import type { Line } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { partyOf } from '#kernel/moves.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import { boundTitle } from '#api/desks.ts'
import { inWords } from '#api/form-schema.ts'
import type { MatterView } from './matter-schema.ts'

type Entry = z.input<typeof MatterView>['timeline'][number]
type Names = ReadonlyMap<string, string>
type Told = { line: Line; matter: Matter; events: readonly Event[]; names: Names; face: Face }
/** Everyone who ever acted in the matter as its applicant, and as one sent to work on it. */
type Parts = { applicants: ReadonlySet<string>; sent: ReadonlySet<unknown> }

/** What was done in a matter, oldest first: by whom and as whom, as this face is told. `names` are those of staff and providers. */
export function timelineOf(told: Told, language: Language): Entry[] {
  const { matter, events } = told
  const parts = {
    applicants: applicantsIn(events, matter),
    sent: new Set([matter.assignee, ...events.map(({ input }) => input['provider'])]),
  }
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
    title: titleOf(line, event, language),
    by: nameOf(event.actor, names, language),
    byRole: roleOf(told, parts, event, language),
    at: event.at.toISOString(),
    fromTitle: moved && line.states[event.from] ? pick(stateTitle(line, event.from, face), language) : null,
    isPaper: action?.own === 'upload',
    toTitle: moved && line.states[event.to] ? pick(stateTitle(line, event.to, face), language) : null,
    article: action?.cite ? citeText(action.cite) : null,
    rows: [...inWords(line, event.action, event.input, language), ...limitOf(line, event, language)],
  }
}

/** The engine's own steps stand in no line. */
function titleOf(line: Line, { action }: Event, language: Language): string {
  const title = line.actions[action]?.title ?? (action === joinAccount ? accountJoined.title : undefined)
  return title ? pick(title, language) : say(language, 'open.title')
}

/** A passed limit's event names the limit by key; people read its title. */
function limitOf(line: Line, event: Event, language: Language): { label: string; value: string }[] {
  const limit = line.limits[String(event.input['limit'])]
  return limit ? [{ label: say(language, 'word.limit'), value: pick(limit.title, language) }] : []
}

/** As whom somebody took a step: whoever was sent once is no officer for having been replaced, and what only the bureau may do was done there. */
function roleOf({ line, matter, names }: Told, { applicants, sent }: Parts, { actor, action }: Event, language: Language): string {
  if (actor === 'system') return say(language, 'relation.system')
  if (applicants.has(actor)) return say(language, 'relation.applicant')
  if (actor === matter.proxy) return say(language, 'relation.proxy')
  if (sent.has(actor)) return say(language, 'relation.assignee')
  if (!names.has(actor)) return say(language, 'by.citizen')
  const by = line.actions[action]?.by ?? line.openedBy
  const parties = new Set(by.flatMap((one) => (one in partyOf ? partyOf[one as Duty] : []))) // just looked up
  return pick(boundTitle(line, parties.has('bureau') && !parties.has('agency') ? 'bureau' : 'agency'), language)
}
