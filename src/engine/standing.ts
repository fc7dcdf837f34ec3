import { sql, type RawBuilder } from 'kysely'
import { isDuty, isWorking, relations, type Relation } from '#kernel/actor.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock, Matter } from '#kernel/matter.ts'
import {
  accountsOn,
  type Holder,
  holdersIn,
  isHeldBy,
  isParty,
  ownerOf,
  principalOf,
  type Seats,
  seatsOf,
  type Side,
  speakerOf,
} from '#kernel/seat.ts'
import { refuse } from '#kernel/refusal.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'

/** What the caller is to a matter. */
export const relationsTo = (tx: Tx, matter: Matter): ReadonlySet<Relation> => relations(tableOf(tx, matter), tx.actor, matter)

/** Whether the caller is a party to a matter, not somebody who works on it. */
export const isPartyTo = (tx: Tx, matter: Matter): boolean => isParty(tableOf(tx, matter), matter, tx.actor.id)

/** The account of the person a matter is for; null where they have none. */
export const principalIn = (tx: Tx, matter: Matter): string | null => principalOf(tableOf(tx, matter), matter)

/** Whether a matter is the caller's own. */
export const isOwn = (tx: Tx, matter: Matter): boolean => principalIn(tx, matter) === tx.actor.id

/** Whether it is the caller's to ask what is held of them in a matter: the person it is for, and whoever is asked to answer. A proxy disposes of nothing, and whoever came by a link of what it lets them do alone. */
export function isHeldOf(tx: Tx, matter: Matter): boolean {
  const { seats, principal } = tableOf(tx, matter)
  return tx.actor.kind !== 'party' && seatsOf(matter, tx.actor.id).some((seat) => seat === principal || seats[seat]?.side === 'answers')
}

/** The accounts of those seated to work on a matter. */
export const workersIn = (tx: Tx, matter: Matter): string[] => accountsOn(tableOf(tx, matter), matter, 'works')

/** The accounts of those on both sides of a matter. */
export const partiesIn = (tx: Tx, matter: Matter): string[] =>
  (['asks', 'answers'] as const).flatMap((side) => accountsOn(tableOf(tx, matter), matter, side))

/** Whether the caller works on a matter: is seated to, or holds a duty of working on it. What people said in it is read by them and by those at its table. */
export const worksOn = (tx: Tx, matter: Matter): boolean =>
  tx.actor.kind === 'system' ||
  workersIn(tx, matter).includes(tx.actor.id) ||
  [...relationsTo(tx, matter)].some((one) => isDuty(one) && isWorking(one))

/** The runs of limits the caller is shown: all, or, to a holder who sees their own, those of nobody in particular and theirs. */
export function runsShown(tx: Tx, matter: Matter, clocks: readonly Clock[]): Clock[] {
  const { seats } = tableOf(tx, matter)
  const own = seatsOf(matter, tx.actor.id)
  if (!isPartyTo(tx, matter) || own.some((seat) => seats[seat]?.sees === 'all')) return [...clocks]
  const held = own.flatMap((seat) => holdersIn(matter, seat).filter((holder) => isHeldBy(holder, tx.actor.id)))
  return clocks.filter(({ party }) => party === null || held.some((holder) => holder.id === party || holder.party === party))
}

/** The seat somebody holds; undefined where they do not sit there. */
export const seatHeldBy = ({ seats }: Pick<Matter, 'seats'>, holder: string): string | undefined =>
  Object.keys(seats).find((seat) => seats[seat]?.some(({ id }) => id === holder))

/** Whose something is that this account says or sends in a matter. */
export const ownerIn = (tx: Tx, matter: Matter, account: string): string => ownerOf(tableOf(tx, matter), matter, account)

/** Whose word it is that is written down in a matter: refuses one for somebody who does not sit there. */
export const speakerIn = (tx: Tx, matter: Matter, { saidBy, holder }: { saidBy?: string; holder?: string }): string =>
  speakerOf(tableOf(tx, matter), matter, saidBy ?? tx.actor.id, holder) ?? refuse('not_found', { holder })

const tableOf = (tx: Tx, { line, edition }: Pick<Matter, 'line' | 'edition'>): Line => lineOf(tx.on, line, edition)

/**
 * In SQL, over a matter `m`: this account sits at its table on one of these sides. Read from the account, so that a list of one's own is short however many
 * matters there are. The sides stand in the text: of an array it does not know yet PostgreSQL supposes ten, finds the plan that holds for all dear, and plans anew each time.
 */
export const seated = (account: string, ...sides: readonly Side[]): RawBuilder<boolean> =>
  sql`(m.region, m.id) in (select s.region, s.matter from standing s where s.account = ${account} and s.side in (${sql.join(sides.map((side) => sql.lit(side)))}) and s.until is null)`

/** The same: the matter is for this account. */
export const isFor = (account: string): RawBuilder<boolean> =>
  sql`(m.region, m.id) in (select s.region, s.matter from standing s where s.account = ${account} and s.is_principal and s.until is null)`

/** The same: something of this account is held in the matter as of a party's, whichever side they are on. */
export const isHeldOfAccount = (account: string): RawBuilder<boolean> =>
  sql`(m.region, m.id) in (select s.region, s.matter from standing s where s.account = ${account} and (s.is_principal or s.side = 'answers') and s.until is null)`

/** A row of the table of who sits where: a holder of a seat, and what the row policies ask of the seat. */
export type Standing = {
  seat: string
  holder: string
  account: string | null
  party: string | null
  side: Side
  seesAll: boolean
  isPrincipal: boolean
}

type Table = Pick<Line, 'seats' | 'principal'>

/** Who sits where, as rows. */
export const standingsOf = (line: Table, seats: Seats): Standing[] =>
  Object.entries(seats).flatMap(([seat, holders]) => (holders ?? []).map((holder) => rowOf(line, seat, holder)))

const rowOf = (line: Table, seat: string, { id, account, party }: Holder): Standing => {
  const { side, sees } = line.seats[seat] ?? fail(seat)
  return { seat, holder: id, account, party, side, seesAll: sees === 'all', isPrincipal: seat === line.principal }
}

function fail(seat: string): never {
  throw new Error(`Nobody can sit as ${seat}: does an action of the line seat somebody where it declares no seat?`)
}

/** Who left and who came between two tables. Somebody whose account joined leaves and comes under the same holder. */
export function moves(line: Table, before: Seats, after: Seats): { left: Standing[]; came: Standing[] } {
  if (before === after) return { left: [], came: [] }
  const [were, are] = [standingsOf(line, before), standingsOf(line, after)]
  const isIn = (rows: readonly Standing[]) => (one: Standing) =>
    rows.some(({ seat, holder, account }) => seat === one.seat && holder === one.holder && account === one.account)
  return { left: were.filter((one) => !isIn(are)(one)), came: are.filter((one) => !isIn(were)(one)) }
}
