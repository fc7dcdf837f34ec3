import { sql } from 'kysely'
import type { Text } from '#kernel/line.ts'
import type { Tx } from '#platform/tx.ts'
import { dayOf } from '#kernel/calendar.ts'

/** What a person can walk into, or be served by. */
export const officeKinds = {
  legalAidAgency: { zh: '法律援助中心', en: 'Legal aid agency' },
  justiceBureau: { zh: '司法局', en: 'Justice bureau' },
  lawFirm: { zh: '律师事务所', en: 'Law firm' },
  grassrootsLegalServiceOffice: { zh: '基层法律服务所', en: 'Grassroots legal service office' },
  serviceCentre: { zh: '公共法律服务中心', en: 'Public legal service centre' },
  serviceStation: { zh: '公共法律服务工作站', en: 'Service station in a township' },
  serviceRoom: { zh: '公共法律服务工作室', en: 'Service room in a village' },
  notaryOffice: { zh: '公证处', en: 'Notary office' },
  mediationCommittee: { zh: '人民调解委员会', en: 'Mediation committee' },
} satisfies Record<string, Text>

export type OfficeKind = keyof typeof officeKinds

export type Office = {
  region: string
  id: string
  kind: OfficeKind
  name: string
  short: string
  phone: string | null
  address: string | null
  hours: string | null
}

const columns = sql.raw('o.region, o.id, o.kind, o.name, o.short, o.phone, o.address, o.hours')
const inForce = (tx: Tx) => sql`o.valid_from <= ${dayOf(tx.now)}::date and (o.valid_to is null or o.valid_to >= ${dayOf(tx.now)}::date)`

/** Where anyone may walk in without an appointment. */
const walkIn: readonly OfficeKind[] = ['legalAidAgency', 'serviceCentre', 'serviceStation', 'serviceRoom']

/** The offices nearest to where somebody lives: those whose division shares most of its code, the agency before the station. `code` may be a village. */
export async function nearestOffices(tx: Tx, code: string, kinds: readonly OfficeKind[] = walkIn, limit = 5): Promise<Office[]> {
  const { rows } = await sql<Office>`select ${columns} from office o
    where left(o.region, 2) = left(${code}, 2) and o.kind = any(${[...kinds]}) and ${inForce(tx)}
    order by (left(o.region, 6) = left(${code}, 6))::int + (left(o.region, 4) = left(${code}, 4))::int + starts_with(${code}, o.region)::int desc,
      length(o.region) desc, array_position(${[...kinds]}::text[], o.kind), o.name limit ${limit}`.execute(tx.db)
  return rows
}

/** The agency that decides for a county: its own, else the prefecture's, else the province's (法律援助法 art. 38). */
export const findAgency = (tx: Tx, county: string): Promise<Office | undefined> => nearestAbove(tx, county, 'legalAidAgency')

/** The justice bureau that set up the agency of a county, to which one objects (法律援助法 art. 49). */
export async function findBureau(tx: Tx, county: string): Promise<Office | undefined> {
  const agency = await findAgency(tx, county)
  return nearestAbove(tx, agency?.region ?? county, 'justiceBureau')
}

async function nearestAbove(tx: Tx, region: string, kind: OfficeKind): Promise<Office | undefined> {
  const { rows } = await sql<Office>`select ${columns} from office o
    where o.kind = ${kind} and starts_with(${region}, o.region) and ${inForce(tx)} order by length(o.region) desc, o.valid_from limit 1`.execute(
    tx.db,
  )
  return rows[0]
}
