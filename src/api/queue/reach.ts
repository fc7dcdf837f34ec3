import { sql, type RawBuilder } from 'kysely'
import type { Actor, Grant } from '#kernel/actor.ts'
import type { Tx } from '#platform/tx.ts'

/** A part of what a reader's grants cover, whose matters lie together in an index: those of some offices, or of a region; `lines` null: of every service. */
export type Reach = ({ offices: readonly string[] } | { region: string }) & { lines: readonly string[] | null }

/** What a reader is granted, put together: nothing twice, and no place beside one that holds it. `place` leaves only what lies in it, or all where it is ''. */
export function reachesOf({ grants }: Pick<Actor, 'grants'>, place = ''): Reach[] {
  const regions = grants.flatMap((grant) => (grant.office === null ? narrowed(grant, place) : []))
  const wide = regions.filter((one, n) => !regions.some((other, m) => m !== n && holds(other, one) && !(holds(one, other) && n < m)))
  const offices = grants.filter(({ office, region }) => office !== null && meets(region, place))
  const byLines = Map.groupBy(offices, ({ lines }) => lines?.toSorted().join(' ') ?? null)
  return [
    ...wide,
    ...[...byLines.values()].map((those) => ({
      offices: [...new Set(those.flatMap(({ office }) => office ?? []))],
      lines: those[0]?.lines ?? null,
    })),
  ]
}

type OfRegion = { region: string; lines: Grant['lines'] }

const meets = (region: string, place: string): boolean => region.startsWith(place) || place.startsWith(region)

const narrowed = ({ region, lines }: OfRegion, place: string): OfRegion[] =>
  meets(region, place) ? [{ region: region.length > place.length ? region : place, lines }] : []

const holds = (wide: OfRegion, one: OfRegion): boolean =>
  one.region.startsWith(wide.region) && (wide.lines === null || (one.lines?.every((line) => wide.lines?.includes(line)) ?? false))

/** Whether a matter may lie in two of them, and must not be listed twice. */
export const mayMeet = (reaches: readonly Reach[]): boolean =>
  reaches.some((one, n) => reaches.slice(n + 1).some((other) => !isApart(one, other)))

function isApart(one: Reach, other: Reach): boolean {
  if (one.lines && other.lines && !one.lines.some((line) => other.lines?.includes(line))) return true
  if ('region' in one && 'region' in other) return !meets(one.region, other.region)
  return 'offices' in one && 'offices' in other && !one.offices.some((office) => other.offices.includes(office))
}

/** The regions a reader's grants lie in, each once and none within another. */
export function regionsOf({ actor }: Pick<Tx, 'actor'>): string[] {
  const regions = [...new Set(actor.grants.map(({ region }) => region))]
  return regions.filter((one) => !regions.some((other) => other !== one && one.startsWith(other)))
}

/** The rows `county (code)`: those of some regions with open matters. */
export const openCounties = (regions: readonly string[]): RawBuilder<unknown> =>
  sql`(select code from unnest(${[...regions]}::text[]) prefix cross join lateral sec.open_counties(prefix) code) county (code)`
