import { whoTitle } from '#kernel/face.ts'
import type { Line, Text } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { applicantsIn } from '#kernel/own-steps/joining-account.ts'
import { ownSteps } from '#kernel/own-steps/own-steps.ts'
import { paperRemovedBy } from '#kernel/own-steps/removing-paper.ts'
import { isOwn, isPartyTo, principalIn } from '#engine/standing.ts'
import { toldOf } from '#engine/words.ts'
import { lineOf } from '#platform/platform.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { inWords } from '#api/form-schema.ts'
import { satIn } from '#api/matter/timeline-view.ts'
import type { TrackProps } from '#portal/track.tsx'
import { namesOf } from '#records/people/names.ts'
import { officesCalled } from '#records/register/offices.ts'

const same = (words: string): Text => ({ zh: words, en: words })
const you: Text = { zh: '您', en: 'You' }

type History = TrackProps['history']

/**
 * What has been, the latest first: of this matter and of every other of the same trouble in which the reader is a party, as one story. Where several bodies
 * had it in hand each entry says which.
 */
export async function storyOf(tx: Tx, told: Told, around: readonly Matter[], language: Language): Promise<History> {
  const others = around.filter((matter) => isPartyTo(tx, matter))
  if (!others.length) return historyOf(tx, told, language)
  const bodies = await officesCalled(
    tx,
    [told.matter, ...others].map(({ office }) => office),
  )
  const chapters = await Promise.all(
    others.map(async (matter) => ({ line: lineOf(tx.on, matter.line, matter.edition), ...(await toldOf(tx, matter, language)) })),
  )
  const all: History[number][] = []
  for (const chapter of [told, ...chapters]) {
    const body = same(bodies.get(chapter.matter.office) ?? pick(chapter.line.desk.title, language))
    all.push(...(await historyOf(tx, chapter, language)).map((entry) => ({ ...entry, body })))
  }
  return all.toSorted((a, b) => b.at.getTime() - a.at.getTime())
}

const started: Text = { zh: '您开始填写。', en: 'You began to fill it in.' }
const writtenDown: Text = { zh: '工作人员替您记下了。', en: 'It was written down for you.' }
const cameHere: Text = { zh: '转到了这里，等这里接收。', en: 'It came here, to be taken over.' }

/** How a matter began: as its line says, as another service sent it, as somebody wrote it down, or by its person. */
const beginningOf = ({ receives, takenIn, opened }: Line, { to }: Event): Text =>
  to === receives ? cameHere : (opened ?? (to === takenIn ? writtenDown : started))

/** What is told with a step: of what was recorded, the fields the line says. */
function noteOf(line: Line, event: Event, language: Language): { note?: string } {
  const { action, input } = event
  const removed = line.documents[paperRemovedBy(event)?.kind ?? '']
  if (removed) return { note: pick(removed.title, language) }
  const shows = line.actions[action]?.shows ?? []
  const limit = line.limits[String(input['limit'])]
  if (limit) return shows.includes('limit') ? { note: pick(limit.title, language) } : {}
  const rows = inWords(line, action, Object.fromEntries(shows.map((field) => [field, input[field]])), language)
  return rows.length ? { note: rows.map((row) => say(language, 'check.pair', row)).join('\n') } : {}
}

type Told = { line: Line; matter: Matter; events: readonly Event[] }

/** What has been in one matter, the latest first. */
async function historyOf(tx: Tx, { line, matter, events: all }: Told, language: Language): Promise<History> {
  const events = all.filter(({ action }) => line.actions[action]?.own !== 'compute').toReversed()
  const names = await namesOf(
    tx,
    events.map((event) => event.actor),
  )
  const sat = satIn(line, matter, all)
  const principals = applicantsIn(all, principalIn(tx, matter))
  const isReader = (actor: string) => actor === tx.actor.id || (isOwn(tx, matter) && principals.has(actor))
  const who = (actor: string): Text =>
    isReader(actor)
      ? you
      : actor === 'system'
        ? { zh: '系统', en: 'System' }
        : same(names.get(actor) ?? pick(whoTitle(line, principals.has(actor) ? line.principal : (sat.get(actor) ?? 'desk')), language))
  return events.map((event) => {
    const action = line.actions[event.action]
    return {
      at: event.at,
      title: action?.told ?? action?.title ?? ownSteps[event.action]?.told ?? beginningOf(line, event),
      ...noteOf(line, event, language),
      by: who(event.actor),
      ...(action?.cite && { cite: action.cite }),
    }
  })
}
