import type { Matter } from './matter.ts'
import { isParty, seatsOf, type Table } from './seat.ts'

/** What staff are appointed to do, within their region. */
export const duties = ['intake', 'reviewer', 'director', 'supervisor', 'manager', 'auditor', 'administrator'] as const
export type Duty = (typeof duties)[number]

/** Whether a relation is a duty rather than a seat. */
export const isDuty = (relation: string): relation is Duty => duties.some((duty) => duty === relation)

export type ActorKind = 'visitor' | 'citizen' | 'staff' | 'provider' | 'system'

/** Someone (or the system) doing something now. `region` is a GB/T 2260 prefix: '63' province … '630102' county; '' sees no region. */
export type Actor = {
  id: string
  kind: ActorKind
  duties: readonly Duty[]
  region: string
}

/** Whoever manages accounts does nothing else (三员分立): to them no matter exists. */
export const isAdministrator = ({ kind, duties }: Pick<Actor, 'kind' | 'duties'>): boolean =>
  kind === 'staff' && duties.includes('administrator')

/** What an actor is *to one matter*: a seat they hold, a duty they have there, or the system. Permissions name relations, never users or global roles. */
export type Relation<K extends string = string> = K | Duty | 'system'

/** The relations this actor has to this matter. Staff are never an officer in their own matter (RULEBOOK §3.9 C9). */
export const relations = (line: Table, actor: Actor, matter: Matter): ReadonlySet<Relation> =>
  new Set<Relation>([
    ...(actor.kind === 'system' ? ['system'] : []),
    ...seatsOf(matter, actor.id),
    ...(isParty(line, matter, actor.id) ? [] : dutiesFor(actor, matter)),
  ])

/** The duties an officer has over a matter, by where they hold. */
const dutiesFor = (actor: Actor, { region }: Pick<Matter, 'region'>): readonly Duty[] =>
  actor.kind === 'staff' && !isAdministrator(actor) && actor.region !== '' && region.startsWith(actor.region) ? actor.duties : []
