import { sql } from 'kysely'
import type { Tx } from '#platform/tx.ts'
import type { PractitionerKind } from '#registry/kinds/practitioners.ts'
import type { Office } from './offices.ts'

/** Someone on the register who can be sent to help, with their office; days as YYYY-MM-DD. */
export type Practitioner = {
  region: string
  id: string
  office: string
  officeName: string
  name: string
  kind: PractitionerKind
  licence: string | null
  licenceFrom: string
  licenceTo: string | null
  suspendedFrom: string | null
  suspendedTo: string | null
  assessedYear: number | null
  specialisms: string[]
  criminalDefenceSince: string | null
  isFamiliarWithMinors: boolean
  leftBenchOn: string | null
  isOnStandingCommittee: boolean
}

const columns =
  sql.raw(`p.region, p.id, p.office, o.name as "officeName", p.name, p.kind, p.licence, p.licence_from as "licenceFrom", p.licence_to as "licenceTo",
  p.suspended_from as "suspendedFrom", p.suspended_to as "suspendedTo", p.assessed_year as "assessedYear", p.specialisms, p.criminal_defence_since as "criminalDefenceSince",
  p.is_familiar_with_minors as "isFamiliarWithMinors", p.left_bench_on as "leftBenchOn", p.is_on_standing_committee as "isOnStandingCommittee"`)

/** The register of a region prefix, county by county; at most 500. */
export async function listPractitioners(tx: Tx, prefix: string): Promise<Practitioner[]> {
  const { rows } =
    await sql<Practitioner>`/*practitioners*/ select ${columns} from practitioner p join office o on o.region = p.region and o.id = p.office
    where starts_with(p.region, ${prefix}) order by p.region, o.name, p.name, p.id limit 500`.execute(tx.db)
  return rows
}

/** One entry of the register with its version, or undefined. */
export async function practitionerAt(
  tx: Tx,
  { region, id }: { region: string; id: string },
): Promise<(Practitioner & { version: number }) | undefined> {
  const { rows } = await sql<Practitioner & { version: number }>`select ${columns}, p.version
    from practitioner p join office o on o.region = p.region and o.id = p.office where p.region = ${region} and p.id = ${id}`.execute(tx.db)
  return rows[0]
}

/** The office a practitioner works in now, by which they are rung; undefined where the register does not know them. */
export async function officeOf(tx: Tx, practitioner: string): Promise<Pick<Office, 'name' | 'phone'> | undefined> {
  const { rows } = await sql<Pick<Office, 'name' | 'phone'>>`select o.name, o.phone
    from practitioner p join office o on o.region = p.region and o.id = p.office where p.id = ${practitioner}`.execute(tx.db)
  return rows[0]
}

/** The account a practitioner signs in with, or undefined while they have none. */
export const accountOf = async (tx: Tx, practitioner: string): Promise<string | undefined> =>
  (await accountsOf(tx, [practitioner])).get(practitioner)

/** The accounts of several practitioners, by practitioner; whoever has none, or one that was shut, is left out. */
export async function accountsOf(tx: Tx, practitioners: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ practitioner: string; account: string }>`/*provider.accounts*/
    select practitioner, account from sec.provider_accounts(${[...practitioners]}::uuid[])`.execute(tx.db)
  return new Map(rows.map((row) => [row.practitioner, row.account]))
}

/** How many matters each account is working on now, in every county and on every line: only the numbers, whoever asks. */
export async function openCaseCounts(tx: Tx, accounts: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ account: string; open: number }>`/*caseload*/
    select account, open_matters as open from sec.caseloads(${[...accounts]}::text[])`.execute(tx.db)
  return new Map(rows.map((row) => [row.account, Number(row.open)]))
}
