import { sql } from 'kysely'
import { refuse } from '#kernel/refusal.ts'
import type { Tx } from '#platform/tx.ts'
import { belowCounty, nationToCounty, type RegionRow } from './region-source.ts'

export type Region = RegionRow

/** Rows in one statement: PGlite is fastest with few large ones, and a village is some 100 bytes. */
const chunk = 10_000

/**
 * Loads the administrative divisions: the whole nation down to the county (level 3), and the given provinces (two digits) down to the townships (4)
 * or villages (5). Rows that are there stay as they are, so it may run at every start; returns how many were new. Runs as the system.
 */
export async function loadRegions(
  tx: Tx,
  { provinces, toLevel = 5 }: { provinces: readonly string[]; toLevel?: 3 | 4 | 5 },
): Promise<number> {
  let added = (await countOf(tx, 3, '')) ? 0 : await insertRegions(tx, await nationToCounty())
  const deeper = ([4, 5] as const).filter((level) => level <= toLevel)
  for (const province of provinces)
    for (const level of deeper)
      if (!(await countOf(tx, level, province))) added += await insertRegions(tx, await belowCounty(province, level))
  return added
}

async function countOf(tx: Tx, level: number, prefix: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) from region where level = ${level} and starts_with(code, ${prefix})`.execute(tx.db)
  return Number(rows[0]?.count)
}

async function insertRegions(tx: Tx, regions: readonly RegionRow[]): Promise<number> {
  for (let from = 0; from < regions.length; from += chunk)
    await sql`insert into region (code, name, level, parent)
      select code, name, level, parent from jsonb_to_recordset(${JSON.stringify(regions.slice(from, from + chunk))}::jsonb) as x(code text, name text, level smallint, parent text)
      on conflict (code) do nothing`.execute(tx.db)
  return regions.length
}

const columns = ['code', 'name', 'level', 'parent'] as const

/** The division in force under a code, or undefined. */
export async function findRegion(tx: Tx, code: string): Promise<Region | undefined> {
  return tx.db.selectFrom('region').select(columns).where('code', '=', code).where('valid_to', 'is', null).executeTakeFirst()
}

/** The divisions directly below one, in the order of their codes. A county has at most a few hundred. */
export async function listChildren(tx: Tx, code: string): Promise<Region[]> {
  return tx.db
    .selectFrom('region')
    .select(columns)
    .where('parent', '=', code)
    .where('valid_to', 'is', null)
    .orderBy('code')
    .limit(1000)
    .execute()
}

export type CountiesOfCity = { city: string; province: string; name: string; counties: { code: string; name: string }[] }

/** Every county of the given provinces under its prefecture, as a grouped select shows them. */
export async function listCounties(tx: Tx, provinces: readonly string[]): Promise<CountiesOfCity[]> {
  const { rows } = await sql<CountiesOfCity>`/*counties*/
    select c.code as city, p.name as province, case when c.name = any(${[...placeholders]}) then p.name else c.name end as name,
      json_agg(json_build_object('code', a.code, 'name', a.name) order by a.code) as counties
    from region a join region c on c.code = a.parent join region p on p.code = c.parent
    where a.level = 3 and a.valid_to is null and p.code = any(${[...provinces]}) group by c.code, c.name, p.name order by c.code`.execute(
    tx.db,
  )
  return rows
}

/** What the list writes where a province governs its counties itself; nobody says it in an address. */
const placeholders: ReadonlySet<string> = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'])

/** The name in full, as an envelope has it: 青海省西宁市城东区. Refuses a code that is not registered. */
export async function regionName(tx: Tx, code: string): Promise<string> {
  const names = await regionNames(tx, [code])
  return names.get(code) ?? refuse('not_found', { region: code })
}

/** The full names of several divisions at once; a code that is not registered is left out. */
export async function regionNames(tx: Tx, codes: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(codes.flatMap(upTo))]
  const rows = await tx.db
    .selectFrom('region')
    .select(['code', 'name', 'level'])
    .where('code', 'in', wanted.length ? wanted : [''])
    .execute()
  const named = new Map(rows.map((row) => [row.code, row.level === 2 && placeholders.has(row.name) ? '' : row.name]))
  return new Map(codes.filter((code) => named.has(code)).map((code) => [code, nameOf(upTo(code), named)]))
}

/** 东莞's one "county" repeats the city's name, and so do a few more. */
const nameOf = (codes: readonly string[], named: ReadonlyMap<string, string>): string =>
  [...new Set(codes.map((code) => named.get(code) ?? ''))].join('')

/** A code with those above it, the province first: 630102 → 63, 6301, 630102. */
const upTo = (code: string): string[] => [2, 4, 6, 9, 12].filter((length) => length <= code.length).map((length) => code.slice(0, length))
