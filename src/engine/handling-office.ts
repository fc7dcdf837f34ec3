import type { Line } from '#kernel/line.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { MatterId } from '#kernel/matter.ts'
import { hot } from '#platform/database/hot.ts'
import type { Tx } from '#platform/tx.ts'

/** Stands in a draft opened where the register knows no office that would handle it; what is filed has an office. */
export const noOffice = '00000000-0000-0000-0000-000000000000'

const serving = hot<{ id: string }>()`/*open.office*/ select o.id from office o
  where o.kind = any(${'kinds'}::text[]) and starts_with(${'region'}::text, o.region) and o.valid_from <= ${'day'}::date and (o.valid_to is null or o.valid_to >= ${'day'}::date)
  order by length(o.region) desc, array_position(${'kinds'}::text[], o.kind), o.valid_from, o.id limit 1`

const ofParent = hot<{ office: string; place: string | null }>()`/*open.parent*/ select m.office, o.region as place
  from matter m left join office o on o.id = m.office and starts_with(m.region, o.region) where m.region = ${'region'} and m.id = ${'parent'}`

/**
 * The office that handles a matter of a line: of the kinds its desk names, the one in force that stands nearest above the county (its own, else
 * the prefecture's, else the province's); or what the desk says of the parent. `noOffice` where none is registered.
 */
export async function officeFor(tx: Tx, { desk }: Line, { region }: MatterId, parent: string | null): Promise<string> {
  const theirs = desk.parent && parent ? (await ofParent(tx, { region, parent }))[0] : undefined
  if (desk.parent === 'same' && theirs) return theirs.office
  const from = desk.parent === 'above' ? (theirs?.place ?? region) : region
  const [nearest] = await serving(tx, { region: from, kinds: [...desk.kinds], day: dayOf(tx.now) })
  return nearest?.id ?? noOffice
}
