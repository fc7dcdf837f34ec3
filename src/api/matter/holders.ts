import { whoTitle } from '#kernel/face.ts'
import { missingParts } from '#kernel/joint.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { holdersIn, isParty, type Holder } from '#kernel/seat.ts'
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

/** Who reads a form, and what they call everybody at the table. */
type Reader = { actor: string; names: ReadonlyMap<string, string> }

/**
 * An action's form as a matter asks it of one reader. Somebody who sits there is chosen, not typed: an officer chooses among all, or those whose part is
 * missing; a party is themselves, and is not asked where they need not say.
 */
export function formFor(key: string, { line, matter }: Table, language: Language, { actor, names }: Reader): Json {
  const action = line.actions[key]! // asked of an action of the line
  const schema = formSchema(askedBy(action), language)
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>) // of a zod object
  if (!properties.some(([, its]) => its['seats'] ?? its['ofDesk'])) return schema
  const required = (schema['required'] ?? []) as string[] // likewise
  const isAtTable = isParty(line, matter, actor)
  const missing = action.jointly && missingParts(action, matter, key)
  const isOpen = ({ id, account }: Holder) => (isAtTable ? account === actor : (missing?.includes(id) ?? true))
  const asked = properties.flatMap(([name, { seats, ofDesk, ...its }]): [string, Json][] => {
    if (ofDesk && isAtTable) return []
    if (!seats) return [[name, its]]
    if (isAtTable && !required.includes(name)) return []
    const among = (seats as string[]).flatMap((seat) => holdersIn(matter, seat)).filter(isOpen) // `seated` writes them
    return [[name, { title: its['title'], type: 'string', oneOf: among.map(({ id }) => ({ const: id, title: names.get(id) ?? id })) }]]
  })
  return { ...schema, properties: Object.fromEntries(asked) }
}
