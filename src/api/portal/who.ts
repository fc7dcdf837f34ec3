import { whoTitle } from '#kernel/face.ts'
import type { Line } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { workingSeat } from '#kernel/seat.ts'
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
    ...(await workersOf(tx, line, matter, events)),
  ]
}

/** Whoever was sent, each as their seat is called: a provider is rung at their office; their own number is theirs to give. */
async function workersOf(tx: Tx, line: Line, matter: Matter, events: readonly Event[]): Promise<TrackProps['who'][number][]> {
  const workers = workersIn(tx, matter)
  const names = await namesOf(tx, workers)
  const role = whoTitle(line, workingSeat(line))
  const shown = workers.map(async (worker) => {
    const name = names.get(worker)
    if (!name) return []
    const sent = events.findLast(({ input }) => input['provider'] === worker)?.input['practitioner']
    const office = typeof sent === 'string' ? await officeOf(tx, sent) : undefined
    return [{ role, name: office ? `${name}（${office.name}）` : name, ...(office?.phone && { phone: office.phone }) }]
  })
  return (await Promise.all(shown)).flat()
}
