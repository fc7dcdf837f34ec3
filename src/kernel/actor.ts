import type { Matter } from './matter.ts'
import { isParty, seatsOf, type Table } from './seat.ts'

/** What staff are appointed to do, within what their grants cover. */
export const duties = ['intake', 'reviewer', 'director', 'supervisor', 'manager', 'auditor', 'administrator'] as const
export type Duty = (typeof duties)[number]

/** Duties of those who work on matters, and so read what people said. Others work with figures and records, not with people (个人信息保护法 art. 6). */
const workingDuties: ReadonlySet<string> = new Set<Duty>(['intake', 'reviewer', 'director', 'supervisor'])

/** Whether whoever holds this duty works on matters. */
export const isWorking = (duty: Duty): boolean => workingDuties.has(duty)

/** 三员分立: whoever manages accounts, whoever audits and whoever does the work are three, and an account is of one of them for good. */
export type Branch = 'administrator' | 'auditor' | 'officer'

const branchOfDuty: Record<Duty, Branch> = {
  intake: 'officer',
  reviewer: 'officer',
  director: 'officer',
  supervisor: 'officer',
  manager: 'officer',
  auditor: 'auditor',
  administrator: 'administrator',
}

/** Which of the three a duty belongs to. */
export const branchOf = (duty: Duty): Branch => branchOfDuty[duty]

/** Whether a relation is a duty rather than a seat. */
export const isDuty = (relation: string): relation is Duty => duties.some((duty) => duty === relation)

/** A `party` is one who sits at a table without an account and came by a one-time link. */
export type ActorKind = 'visitor' | 'citizen' | 'party' | 'staff' | 'provider' | 'system'

/**
 * A duty and where it holds: at one office, over the matters that office handles; or, where `office` is null, over a region (a GB/T 2260 prefix:
 * '63' province … '630102' county). `region` of a grant at an office is where the office is. `lines` null: every service.
 */
export type Grant = { duty: Duty; region: string; office: string | null; lines: readonly string[] | null }

/** Someone (or the system) doing something now. Whoever holds no grant sees no desk. */
export type Actor = {
  id: string
  kind: ActorKind
  grants: readonly Grant[]
  /** Of a `party`: at which table, and what their link lets them do there. */
  link?: Link
}

/** What a one-time link opens: one matter, and some of its actions. */
export type Link = { region: string; matter: string; actions: readonly string[] }

/** Whether somebody comes in their own cause, with an account or by a link, and not to work. */
export const isPerson = ({ kind }: Pick<Actor, 'kind'>): boolean => kind === 'citizen' || kind === 'party'

/** Whether an actor may take this action at all, whatever they are to the matter: whoever came by a link takes what it was sent for. */
export const isLetTo = ({ kind, link }: Actor, matter: Pick<Matter, 'id'>, action: string): boolean =>
  kind !== 'party' || (link?.matter === matter.id && link.actions.includes(action))

/** Duties over a whole region, in every service. */
export const over = (region: string, ...held: readonly Duty[]): Grant[] => held.map((duty) => ({ duty, region, office: null, lines: null }))

/** Duties at one office, in every service. */
export const at = ({ region, id }: { region: string; id: string }, ...held: readonly Duty[]): Grant[] =>
  held.map((duty) => ({ duty, region, office: id, lines: null }))

type Held = Pick<Actor, 'grants'>
/** What a grant looks at of a matter. */
export type Handled = Pick<Matter, 'region' | 'office' | 'line'>

/** Whether a grant reaches a matter. */
export const covers = ({ region, office, lines }: Grant, matter: Handled): boolean =>
  (office === null ? region !== '' && matter.region.startsWith(region) : matter.office === office) && (lines?.includes(matter.line) ?? true)

const distinct = (grants: readonly Grant[]): Duty[] => [...new Set(grants.map(({ duty }) => duty))]

/** Every duty somebody holds, wherever. */
export const dutiesOf = ({ grants }: Held): Duty[] => distinct(grants)

/** Which of the three somebody is by what they hold; more than one is a fault. */
export const branchesOf = ({ grants }: Held): Branch[] => [...new Set(grants.map(({ duty }) => branchOf(duty)))]

/** The duties somebody holds towards one matter. */
export const dutiesFor = ({ grants }: Held, matter: Handled): Duty[] => distinct(grants.filter((grant) => covers(grant, matter)))

/** The duties somebody holds in one service, wherever. */
export const dutiesOn = ({ grants }: Held, line: string): Duty[] => distinct(grants.filter(({ lines }) => lines?.includes(line) ?? true))

export const hasDuty = (actor: Held, ...wanted: readonly Duty[]): boolean => actor.grants.some(({ duty }) => wanted.includes(duty))

/** Whether somebody holds one of these duties over a region as a whole: not at one office in it, nor for some services. */
export const holdsOver = ({ grants }: Held, region: string, ...wanted: readonly Duty[]): boolean =>
  grants.some((grant) => grant.office === null && isWhole(grant, region, wanted))

/** The same, or at an office whose own region it is: its director keeps the register there. */
export const holdsAround = ({ grants }: Held, region: string, ...wanted: readonly Duty[]): boolean =>
  grants.some((grant) => isWhole(grant, region, wanted))

const isWhole = (grant: Grant, region: string, wanted: readonly Duty[]): boolean =>
  wanted.includes(grant.duty) && grant.lines === null && grant.region !== '' && region.startsWith(grant.region)

/** The smallest region that holds everything somebody is granted; '' where they hold nothing, or things in two provinces. */
export const reachOf = ({ grants }: Held): string =>
  grants.map(({ region }) => region).reduce((common, region) => shared(common, region), grants[0]?.region ?? '')

function shared(a: string, b: string): string {
  const lengths = [12, 9, 6, 4, 2].filter((length) => length <= Math.min(a.length, b.length))
  return a.slice(0, lengths.find((length) => a.slice(0, length) === b.slice(0, length)) ?? 0)
}

/** Whoever manages accounts does nothing else (三员分立): to them no matter exists. */
export const isAdministrator = (actor: Pick<Actor, 'kind' | 'grants'>): boolean => actor.kind === 'staff' && hasDuty(actor, 'administrator')

/** What an actor is *to one matter*: a seat they hold, a duty they have there, or the system. Permissions name relations, never users or global roles. */
export type Relation<K extends string = string> = K | Duty | 'system'

/** The relations this actor has to this matter. A draft is nobody's business but its person's: no duty reaches it before it is filed. Staff are never an officer in their own matter (RULEBOOK §3.9 C9). */
export const relations = (line: Table, actor: Actor, matter: Matter): ReadonlySet<Relation> =>
  new Set<Relation>([
    ...(actor.kind === 'system' ? ['system'] : []),
    ...seatsOf(matter, actor.id),
    ...(actor.kind !== 'staff' || matter.filedAt === null || isAdministrator(actor) || isParty(line, matter, actor.id)
      ? []
      : dutiesFor(actor, matter)),
  ])
