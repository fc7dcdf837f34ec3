import { sql, type RawBuilder } from 'kysely'
import { reachOf } from '#kernel/actor.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { audit } from '#platform/keys/audit.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import type { Tx } from '#platform/tx.ts'
import { idNumberIndex, phoneIndex } from '#records/people/people.ts'
import { seated } from '#engine/standing.ts'

/** As many of one kind as are read at a glance. */
export const fewHits = 8

const matters = async (tx: Tx, where: RawBuilder<unknown>): Promise<Matter[]> =>
  (await sql<Matter>`/*search.matter*/ select ${matterColumns} from matter m where ${where} limit ${sql.lit(fewHits)}`.execute(tx.db)).rows

/** The matter of a code, or those whose number is, or begins with, what was typed: a whole number, its beginning, or the serial alone. */
export async function findMatters(tx: Tx, term: string): Promise<Matter[]> {
  const typed = term.toUpperCase().replaceAll(/\s/g, '').replaceAll('(', '（').replaceAll(')', '）')
  const byCode = /^[0-9A-Z]{10}$/.test(typed) ? await ofCode(tx, typed) : []
  return byCode.length ? byCode : ofNumber(tx, typed)
}

const ofCode = (tx: Tx, code: string) =>
  matters(tx, sql`(m.region, m.id) in (select c.region, c.id from sec.matter_of(${code}) c) and m.filed_at is not null`)

/** A kind of number and a serial, as officers say them: 123, 民123, 民00123号. */
const serialShape = /^([\u4e00-\u9fa5])?(\d{1,9})号?$/

async function ofNumber(tx: Tx, typed: string): Promise<Matter[]> {
  if (tx.actor.kind === 'provider')
    return matters(tx, sql`${seated(tx.actor.id, 'works')} and m.is_open and position(${typed} in m.number) > 0`)
  const [, kind, serial] = serialShape.exec(typed) ?? []
  if (serial) return matters(tx, sql`m.number collate "C" = any(${await numbersOf(tx, serial, kind)}) order by m.opened_at desc`)
  if (!/[\u4e00-\u9fa5（]/.test(typed)) return []
  const beginnings = typed.startsWith('（') ? [typed] : recentYears(tx).map((year) => `（${year}）${typed}`)
  // A range, since row security lets no function but a comparison reach the index.
  const ranges = beginnings.map((start) => sql`(m.number collate "C" >= ${start} and m.number collate "C" < ${`${start}\uffff`})`)
  return matters(tx, sql`(${sql.join(ranges, sql` or `)}) order by m.number collate "C"`)
}

/** Whoever leaves the year out means a recent one. */
const recentYears = (tx: Tx): number[] => [0, 1, 2].map((ago) => Number(dayOf(tx.now).slice(0, 4)) - ago)

/** Every number with this serial that an office of the reader's region may have drawn of late, as each line numbers its files. */
async function numbersOf(tx: Tx, serial: string, only: string | undefined): Promise<string[]> {
  const places = placesOf(tx)
  const lines = [...tx.on.lines.values()].flat()
  const after = [...new Set(lines.map(({ desk }) => desk.numbers.after))]
  const { rows } = await sql<{ kind: string; short: string }>`select distinct kind, short from office
    where kind = any(${after}) and exists (select from unnest(${places}::text[]) place where starts_with(region, place))`.execute(tx.db)
  const found = lines.flatMap(({ desk, ...line }) => {
    const drawers = [
      ...rows.filter(({ kind }) => kind === desk.numbers.after).map(({ short }) => ({ short, region: '' })),
      ...places.filter(({ length }) => length === 6).map((region) => ({ short: null, region })),
    ]
    return recentYears(tx).flatMap((year) =>
      drawers.flatMap((drawer) =>
        (only ? [only] : kindsOf(line)).map((kind) => desk.numbers.of({ ...drawer, year, kind, n: Number(serial) })),
      ),
    )
  })
  return [...new Set(found)]
}

/** The kinds of number that a line draws: 民, 刑, 议. */
const kindsOf = ({ numbered, actions }: Pick<Line, 'numbered' | 'actions'>): string[] =>
  [numbered ?? [], ...Object.values(actions).map(({ numbered: its }) => (typeof its === 'object' ? its.kinds : (its ?? [])))].flat()

const placesOf = ({ actor }: Tx): string[] => [...new Set(actor.grants.map(({ region }) => region))]

/** How each personal number is told from the other, and what it is found by. */
const personal = [
  { by: 'idNumber', shape: /^\d{17}[\dX]$/, index: idNumberIndex, column: 'id_number_index' },
  { by: 'phone', shape: /^1\d{10}$/, index: phoneIndex, column: 'phone_index' },
] as const

/**
 * The matters of whoever has this identity or telephone number in full, by blind index, as far as the reader sees them. Searching is audited
 * with the index, never the number (个人信息保护法 art. 51).
 */
export async function findByPerson(tx: Tx, term: string): Promise<Matter[]> {
  const typed = term.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
  const kind = personal.find(({ shape }) => shape.test(typed))
  if (!kind) return []
  const indexes = (await provincesOf(tx)).map((province) => kind.index(tx.on.keyring, province, typed))
  const found = await matters(
    tx,
    sql`m.filed_at is not null and (m.region, m.id) in (select p.region, p.matter from person x join party p on p.region = x.region and p.person = x.id
      where x.${sql.ref(kind.column)} = any(${indexes})) order by m.opened_at desc`,
  )
  await audit(tx, 'search', { region: reachOf(tx.actor), detail: { by: kind.by, terms: indexes, found: found.length } })
  return found
}

/** Indexes are scoped to a province; a provider works where their matters are. */
async function provincesOf(tx: Tx): Promise<string[]> {
  const places = placesOf(tx)
  if (places.length) return [...new Set(places.map((place) => place.slice(0, 2)))]
  const { rows } = await sql<{
    province: string
  }>`select distinct left(m.region, 2) as province from matter m where ${seated(tx.actor.id, 'works')} and m.is_open`.execute(tx.db)
  return rows.map(({ province }) => province)
}
