import type { Matter } from './matter.ts'

/** What staff are appointed to do, within their region. */
export const duties = ['intake', 'reviewer', 'director', 'supervisor', 'manager', 'auditor', 'administrator'] as const
export type Duty = (typeof duties)[number]

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

/** What an actor is *to one matter*. Permissions name relations, never users or global roles. */
export type Relation = 'applicant' | 'proxy' | 'assignee' | 'system' | Duty

/** The relations this actor has to this matter. Staff are never an officer in their own matter (RULEBOOK §3.9 C9). */
export function relations(actor: Actor, matter: Matter): ReadonlySet<Relation> {
  const found = new Set<Relation>()
  if (actor.kind === 'system') found.add('system')
  if (actor.id === matter.applicant) found.add('applicant')
  if (actor.id === matter.proxy) found.add('proxy')
  if (actor.id === matter.assignee) found.add('assignee')
  const party = found.has('applicant') || found.has('proxy')
  if (actor.kind === 'staff' && !isAdministrator(actor) && !party && actor.region !== '' && matter.region.startsWith(actor.region))
    for (const duty of actor.duties) found.add(duty)
  return found
}
