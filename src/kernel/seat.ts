import type { Text } from './text.ts'

/** A place at the table of one matter. `side` says how its holders are spoken to; one that sees `own` is shown what its holder said and what was shared with them, nothing else. */
export type Seat = {
  title: Text
  side: Side
  sees: 'all' | 'own'
  /** How many may hold it at once; 1 where nothing is said. */ max?: number
  /** What a holder without an account may do who came by a one-time link; where nothing is said no link is sent to anybody who sits there. */
  byLink?: readonly string[]
}

/** Whoever asks, whoever is asked to answer, and whoever works on it. */
export type Side = 'asks' | 'answers' | 'works'

/** Somebody at the table: an account, a party of the records without one, or a party whose account joined later. `id` is the same as long as they sit there. */
export type Holder = { id: string; account: string | null; party: string | null }

/** Who sits where. A seat nobody holds may be absent. */
export type Seats<K extends string = string> = Readonly<Partial<Record<K, readonly Holder[]>>>

/** Somebody known by their account. */
export const account = (id: string): Holder => ({ id, account: id, party: null })

/** Somebody the records know who has no account: the worker at the counter, the respondent who was only telephoned. */
export const party = (person: string): Holder => ({ id: person, account: null, party: person })

/** Who acts for a holder: the account that is theirs, or, as long as there is none, the party itself, who came by a one-time link. */
export const isHeldBy = (holder: Holder, actor: string): boolean => (holder.account ?? holder.id) === actor

type Seated = { seats: Seats }

/** Who holds a seat, in the order they came. */
export const holdersIn = ({ seats }: Seated, seat: string): readonly Holder[] => seats[seat] ?? []

/** The account of a seat that one person holds; null where nobody does, or somebody without one. */
export const accountIn = (matter: Seated, seat: string): string | null => holdersIn(matter, seat)[0]?.account ?? null

/** The seats this actor holds. */
export const seatsOf = ({ seats }: Seated, actor: string): string[] =>
  Object.keys(seats).filter((seat) => seats[seat]?.some((holder) => isHeldBy(holder, actor)))

/** The seats after some were taken or left; what nobody holds is not kept. */
export const seatsWith = (before: Seats, changed: Seats | undefined): Seats =>
  changed ? Object.fromEntries(Object.entries({ ...before, ...changed }).filter(([, holders]) => holders?.length)) : before

/** Everybody who sits there. */
export const seatedIn = ({ seats }: Seated): Holder[] => Object.values(seats).flatMap((holders) => holders ?? [])

/** The holder that is this person of the records. */
export const holderOfParty = (matter: Seated, person: string): Holder | undefined =>
  seatedIn(matter).find((holder) => holder.party === person)

/** A line as far as its seats go. */
export type Table = { seats: Readonly<Record<string, Seat>>; principal: string }

/** Whether somebody is asked to answer: then what each side says is theirs until it is shared. */
export const hasTwoSides = ({ seats }: Pick<Table, 'seats'>): boolean => Object.values(seats).some(({ side }) => side === 'answers')

/** Whose something is that this actor says, sends or does: of a holder, of the desk, or of nobody in particular where only one side sits. */
export function ownerOf(line: Table, matter: Seated, actor: string): string {
  if (!hasTwoSides(line)) return ''
  const own = Object.keys(line.seats).flatMap((seat) =>
    line.seats[seat]?.side === 'works' ? [] : holdersIn(matter, seat).filter((holder) => isHeldBy(holder, actor)),
  )
  return own[0]?.id ?? 'desk'
}

/** Whose a step is told to be: everybody's, its actor's own where they sit there as a party, else that of the one holder it names. */
export function ownerOfStep(
  line: Table,
  matter: Seated,
  { openly, toldTo }: { openly?: true; toldTo?: string },
  { actor, input }: { actor: string; input: Record<string, unknown> },
): string {
  if (openly) return ''
  const own = ownerOf(line, matter, actor)
  const named = own === 'desk' && toldTo ? seatedIn(matter).find(({ id }) => id === input[toldTo]) : undefined
  return named?.id ?? own
}

/**
 * Whose word it is that an account says: its own where it sits there as a party; else it is written down for the holder that is named, or for the person
 * the matter is for. Undefined where a holder is named who does not sit there.
 */
export function speakerOf(line: Table, matter: Seated, account: string, named?: string): string | undefined {
  const own = ownerOf(line, matter, account)
  if (own !== 'desk') return own
  if (named === undefined) return holdersIn(matter, line.principal)[0]?.id ?? own
  return seatedIn(matter).find(({ id }) => id === named)?.id
}

/** The seat of those sent to work on a matter; the desk's own where the line seats nobody. */
export const workingSeat = ({ seats }: Pick<Table, 'seats'>): string =>
  Object.keys(seats).find((seat) => seats[seat]?.side === 'works') ?? 'desk'

/** Every account on one side of the table. */
export const accountsOn = (line: Table, matter: Seated, side: Side): string[] =>
  Object.keys(line.seats).flatMap((seat) =>
    line.seats[seat]?.side === side ? holdersIn(matter, seat).flatMap((holder) => holder.account ?? []) : [],
  )

/** The account of the person the matter is for. */
export const principalOf = (line: Table, matter: Seated): string | null => accountIn(matter, line.principal)

/** Whether this actor is a party to the matter, on the asking or the answering side. */
export const isParty = (line: Table, matter: Seated, actor: string): boolean =>
  seatsOf(matter, actor).some((seat) => line.seats[seat] !== undefined && line.seats[seat].side !== 'works')

/** What may be done by a link to this holder: nothing where they have an account, or sit where no link leads. */
export const linkedActions = (line: Pick<Table, 'seats'>, matter: Seated, holder: string): readonly string[] =>
  Object.keys(line.seats).flatMap((seat) =>
    holdersIn(matter, seat).some(({ id, account }) => id === holder && account === null) ? (line.seats[seat]?.byLink ?? []) : [],
  )
