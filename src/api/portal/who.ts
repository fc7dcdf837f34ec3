import type { Line, State, Text } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import type { Tx } from '#platform/tx.ts'
import type { TrackProps } from '#portal/track.tsx'
import { namesOf } from '#records/people/names.ts'
import { findAgency, findBureau, type Office } from '#records/register/offices.ts'
import { officeOf } from '#records/register/practitioners.ts'

type Desk = { role: Text; find(tx: Tx, county: string): Promise<Office | undefined> }

/** The office on whose desk a matter lies, by whom its state waits for. */
const desks: Partial<Record<State['waitsFor'], Desk>> = {
  agency: { role: { zh: '办理机构', en: 'Agency' }, find: findAgency },
  bureau: { role: { zh: '审查机关', en: 'Deciding authority' }, find: findBureau },
}

/** Whose desk a state lies on; where it waits for no desk, the one the line begins at, and the agency's in the end. */
export const deskOf = ({ states, initial }: Line, state: string): Desk & { role: Text } =>
  [state, initial].map((one) => desks[states[one]?.waitsFor ?? 'nobody']).find((desk) => desk !== undefined) ?? desks.agency! // declared just above

/** Who has the matter in hand, each with a number to ring: the office, and whoever was sent. */
export async function peopleOf(tx: Tx, line: Line, matter: Matter, events: readonly Event[]): Promise<TrackProps['who']> {
  const desk = deskOf(line, matter.state)
  const office = await desk.find(tx, matter.region)
  return [
    ...(office ? [{ role: desk.role, name: office.name, ...(office.phone && { phone: office.phone }) }] : []),
    ...(await providerOf(tx, matter, events)),
  ]
}

/** A provider is rung at their office; their own number is theirs to give. */
async function providerOf(tx: Tx, { assignee }: Matter, events: readonly Event[]): Promise<TrackProps['who'][number][]> {
  const name = assignee && (await namesOf(tx, [assignee])).get(assignee)
  if (!name) return []
  const sent = events.findLast(({ input }) => input['provider'] === assignee)?.input['practitioner']
  const office = typeof sent === 'string' ? await officeOf(tx, sent) : undefined
  const words = office ? `${name}（${office.name}）` : name
  return [{ role: { zh: '承办人', en: 'Your lawyer' }, name: words, ...(office?.phone && { phone: office.phone }) }]
}
