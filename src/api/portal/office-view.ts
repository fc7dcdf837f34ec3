import { lawOf, type Tx } from '#platform/tx.ts'
import type { Office as OfficeView } from '#portal/pieces/parts.tsx'
import { openingAt, parseHours } from '#records/register/opening-hours.ts'
import { nearestOffices, type Office } from '#records/register/offices.ts'
import { regionNames } from '#records/register/regions.ts'

/** Offices near a county as the portal shows them, nearest first, those of other counties with the county's name, each with whether it is open now where its hours can be read. */
export const officesNear = async (tx: Tx, county: string): Promise<OfficeView[]> => named(tx, county, await nearestOffices(tx, county))

async function named(tx: Tx, county: string, offices: readonly Office[]): Promise<OfficeView[]> {
  const isFor = ({ region }: Office) => region.startsWith(county) || county.startsWith(region)
  const elsewhere = await regionNames(
    tx,
    offices.filter((office) => !isFor(office)).map(({ region }) => toCounty(region)),
  )
  return offices.map((office) => {
    const name = isFor(office) ? undefined : elsewhere.get(toCounty(office.region))
    return { ...viewOf(tx, office), ...(name && { elsewhere: name }) }
  })
}

/** A village's code begins with its county's. */
const toCounty = (region: string): string => region.slice(0, 6)

/** The nearest that is open now; where none is, or none can be told, the nearest. */
export const firstOpen = (offices: readonly OfficeView[]): OfficeView[] =>
  [offices.find(({ opening }) => opening?.isOpen) ?? offices[0]].filter((office) => office !== undefined)

function viewOf(tx: Tx, { name, phone, address, hours, region }: Office): OfficeView {
  const read = hours ? parseHours(hours) : null
  const opening = read && openingAt(read, tx.now, { calendar: lawOf(tx, region).calendar, region })
  return { name, ...(phone && { phone }), ...(address && { address }), ...(hours && { hours }), ...(opening && { opening }) }
}
