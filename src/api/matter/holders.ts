import { whoTitle } from '#kernel/face.ts'
import { missingParts } from '#kernel/joint.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { holdersIn, isHeldBy, isParty, type Holder } from '#kernel/seat.ts'
import { askedBy, formSchema } from '#api/form-schema.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import type { PartyView } from '#records/people/people.ts'

type Table = { line: Line; matter: Matter }
type Json = Record<string, unknown>

/** What everybody at a table is called, by holder: their seat, which of its holders they are where it takes several, and their name where `known` has one, by account or party. */
export function holderNames({ line, matter }: Table, known: ReadonlyMap<string, string>, language: Language): ReadonlyMap<string, string> {
  const nameOf = ({ account, party }: Holder) => known.get(party ?? '') ?? known.get(account ?? '')
  const called = (seat: string) =>
    holdersIn(matter, seat).map((holder, n): [string, string] => {
      const title = pick(whoTitle(line, seat), language)
      const which = (line.seats[seat]?.max ?? 1) > 1 ? `${title} ${n + 1}` : title
      const name = nameOf(holder)
      return [holder.id, name ? say(language, 'holder.named', { which, name }) : which]
    })
  return new Map(Object.keys(line.seats).flatMap(called))
}

/** By what word somebody of the records goes in a matter: the seat they hold there, or, of the person it is for, their line's; else their part in it. */
export function partyTitle({ line, matter }: Table, { person, role }: Pick<PartyView, 'person' | 'role'>, language: Language): string {
  const seat = Object.keys(line.seats).find((one) => holdersIn(matter, one).some(({ party }) => party === person))
  if (seat) return pick(whoTitle(line, seat), language)
  return role === 'recipient' ? pick(line.recipient ?? whoTitle(line, line.principal), language) : say(language, `role.${role}`)
}

/** Somebody on the register whom a form may name. */
export type Registered = { account: string; kind: string; title: string }

/** Who reads a form, what they call everybody at the table, and whom of the register they may name. */
type Reader = { actor: string; names: ReadonlyMap<string, string>; register?: readonly Registered[] }

/** The kinds on the register that a field is chosen from; none of any other field. */
const kindsOf = ({ kinds, items }: Json): readonly string[] => (kinds ?? (items as Json | undefined)?.['kinds'] ?? []) as string[] // `onRegister` writes them

/** The kinds on the register that some form of a line asks for. */
export const kindsAskedIn = ({ actions }: Line): string[] => [
  ...new Set(
    Object.values(actions).flatMap((action) =>
      Object.values((formSchema(askedBy(action), 'zh')['properties'] ?? {}) as Record<string, Json>).flatMap(kindsOf),
    ),
  ),
]

/** A field that names somebody on the register, as a choice among those that are there. */
function fromRegister(its: Json, register: readonly Registered[]): Json {
  const kinds = kindsOf(its)
  if (!kinds.length) return its
  const oneOf = register.filter(({ kind }) => kinds.includes(kind)).map(({ account, title }) => ({ const: account, title }))
  const { minItems, maxItems, title, type } = its
  return type === 'array' ? { type, title, minItems, maxItems, items: { type: 'string', oneOf } } : { type: 'string', title, oneOf }
}

/**
 * An action's form as a matter asks it of one reader. Somebody who sits there is chosen, not typed: an officer chooses among all, or those whose part is
 * missing; a party is themselves, and is not asked where they need not say; of those who work on it they choose among all.
 */
export function formFor(key: string, { line, matter }: Table, language: Language, { actor, names, register = [] }: Reader): Json {
  const action = line.actions[key]! // asked of an action of the line
  const schema = formSchema(askedBy(action), language)
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>) // of a zod object
  if (!properties.some(([, its]) => its['seats'] || its['ofDesk'] || kindsOf(its).length)) return schema
  const required = (schema['required'] ?? []) as string[] // likewise
  const isAtTable = isParty(line, matter, actor)
  const missing = action.jointly && missingParts(action, matter, key)
  const isOpen = (seat: string, holder: Holder) =>
    isAtTable && line.seats[seat]?.side !== 'works' ? isHeldBy(holder, actor) : (missing?.includes(holder.id) ?? true)
  const asked = properties.flatMap(([name, { seats, ofDesk, ...its }]): [string, Json][] => {
    if (ofDesk && isAtTable) return []
    if (!seats) return [[name, fromRegister(its, register)]]
    if (isAtTable && !required.includes(name)) return []
    const among = (seats as string[]).flatMap((seat) => holdersIn(matter, seat).filter((holder) => isOpen(seat, holder))) // `seated` writes them
    return [[name, { title: its['title'], type: 'string', oneOf: among.map(({ id }) => ({ const: id, title: names.get(id) ?? id })) }]]
  })
  return { ...schema, properties: Object.fromEntries(asked) }
}
