import type { Line } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import type { Tx } from '#platform/tx.ts'
import type { TrackProps } from '#portal/track.tsx'
import { namesOf } from '#records/people/names.ts'
import { officeAt } from '#records/register/offices.ts'
import { officeOf } from '#records/register/practitioners.ts'
import { workersIn } from '#engine/standing.ts'

/** Who has the matter in hand, each with a number to ring: the office, and whoever was sent. */
export async function peopleOf(tx: Tx, line: Line, matter: Matter, events: readonly Event[]): Promise<TrackProps['who']> {
  const { desk } = line
  const office = await officeAt(tx, matter.region, desk)
  return [
    ...(office ? [{ role: desk.role, name: office.name, ...(office.phone && { phone: office.phone }) }] : []),
    ...(await providerOf(tx, matter, events)),
  ]
}

/** A provider is rung at their office; their own number is theirs to give. */
async function providerOf(tx: Tx, matter: Matter, events: readonly Event[]): Promise<TrackProps['who'][number][]> {
  const assignee = workersIn(tx, matter)[0]
  const name = assignee && (await namesOf(tx, [assignee])).get(assignee)
  if (!name) return []
  const sent = events.findLast(({ input }) => input['provider'] === assignee)?.input['practitioner']
  const office = typeof sent === 'string' ? await officeOf(tx, sent) : undefined
  const words = office ? `${name}（${office.name}）` : name
  return [{ role: { zh: '承办人', en: 'Provider' }, name: words, ...(office?.phone && { phone: office.phone }) }]
}
