import { officeTitle } from '#registry/kinds/offices.ts'
import { services } from '#lines/services.ts'
import type { Tx } from '#platform/tx.ts'
/** 西宁市城东区, as the world's: which imports this file. */
const county = '630102'

const entry = (n: number, region: string, kind: string, name: string) => ({
  region,
  id: `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  kind,
  name,
  short: `${region}法援`,
  valid_from: '2000-01-01',
})

/** Who handles a matter of the two provinces where nobody nearer is registered: every county of a test is served by them. */
const provincial = ['63', '21'].flatMap((region) =>
  [...new Set(services.flatMap(({ line }) => line.desk.kinds))].map((kind, n) =>
    entry(Number(region) * 10 + 900_000 + n, region, kind, `省${officeTitle(kind).zh}（演示）`),
  ),
)

/** The offices of 城东区: its legal aid centre, its bureau, its mediators, and one next door that handles none of its matters. */
export const offices = {
  centre: entry(910_000, county, 'legalAidAgency', '法律援助中心（演示）'),
  bureau: entry(910_001, county, 'justiceBureau', '司法局（演示）'),
  committee: entry(910_003, county, 'mediationCommittee', '人民调解委员会（演示）'),
  notary: entry(910_002, county, 'notaryOffice', '公证处（演示）'),
}

const register = (tx: Tx, rows: readonly ReturnType<typeof entry>[]): Promise<unknown> =>
  tx.db
    .insertInto('office')
    .values([...rows])
    .execute()

/** Runs as the system. */
export const addProvincialOffices = (tx: Tx): Promise<unknown> => register(tx, provincial)

/** Runs as the system. */
export const addCountyOffices = (tx: Tx): Promise<unknown> => register(tx, Object.values(offices))
