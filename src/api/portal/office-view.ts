import { lawOf, type Tx } from '#platform/tx.ts'
import type { Office as OfficeView } from '#portal/parts.tsx'
import { openingAt, parseHours } from '#records/opening-hours.ts'
import { nearestOffices, type Office } from '#records/offices.ts'

/** Offices near a county as the portal shows them, nearest first, each with whether it is open now where its hours can be read. */
export const officesNear = async (tx: Tx, county: string): Promise<OfficeView[]> =>
  (await nearestOffices(tx, county)).map((office) => viewOf(tx, office))

/** The nearest that is open now; where none is, or none can be told, the nearest. */
export const firstOpen = (offices: readonly OfficeView[]): OfficeView[] =>
  [offices.find(({ opening }) => opening?.isOpen) ?? offices[0]].filter((office) => office !== undefined)

function viewOf(tx: Tx, { name, phone, address, hours, region }: Office): OfficeView {
  const read = hours ? parseHours(hours) : null
  const opening = read && openingAt(read, tx.now, { calendar: lawOf(tx, region).calendar, region })
  return { name, ...(phone && { phone }), ...(address && { address }), ...(hours && { hours }), ...(opening && { opening }) }
}
