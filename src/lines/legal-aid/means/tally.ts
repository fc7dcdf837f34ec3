import type { Facts } from './facts.ts'
import type { Redecided } from './replay.ts'
import { keysIn } from '#kernel/keyed.ts'

/** What the assessments of one group come to: how many, and how many of them turn each way (`grant>refuse`). */
export type Count = { all: number; turned: Record<string, number> }

/** Everything a replay counted, by each way of grouping. `unread` could not be opened and are in no group. */
export type Tally = { unread: number; groups: Record<Grouping, Record<string, Count>> }

/** Who flips, by group: where they live, what they ask for, the exemption they claim, how many they are at home. */
const groupings = {
  county: (_: Facts, region: string) => region,
  matter: ({ matter, noMeansTest }: Facts) =>
    matter?.code ?? (noMeansTest?.situation === 'none' ? undefined : noMeansTest?.situation) ?? 'unknown',
  exemption: ({ exemption }: Facts) => exemption?.statuses[0]?.code ?? 'none',
  household: ({ household }: Facts) => (household ? sizes[Math.min(household.members.length, sizes.length - 1)] : undefined) ?? 'unknown',
} satisfies Record<string, (facts: Facts, region: string) => string>

export type Grouping = keyof typeof groupings
/** The ways of grouping. */
export const groupingKeys = keysIn(groupings)

/** People at home, the applicant among them. */
const sizes = ['1', '2', '3', '4', '5', '6+'] as const

/** A tally of nothing yet. */
export const emptyTally = (): Tally => ({ unread: 0, groups: { county: {}, matter: {}, exemption: {}, household: {} } })

/** Counts one assessment in; null is one the draft does not reach. */
export function countIn(tally: Tally, facts: Facts, region: string, result: Redecided | null): void {
  const direction = result && result.from !== result.to ? `${result.from}>${result.to}` : null
  for (const name of groupingKeys) {
    const count = (tally.groups[name][groupings[name](facts, region)] ??= { all: 0, turned: {} })
    count.all++
    if (direction) add(count.turned, direction, 1)
  }
}

/** Several tallies as one. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally()
  for (const { unread, groups } of tallies) {
    sum.unread += unread
    for (const name of groupingKeys) for (const [group, count] of Object.entries(groups[name])) addCount(sum.groups[name], group, count)
  }
  return sum
}

function addCount(groups: Record<string, Count>, group: string, { all, turned }: Count): void {
  const count = (groups[group] ??= { all: 0, turned: {} })
  count.all += all
  for (const [direction, times] of Object.entries(turned)) add(count.turned, direction, times)
}

const add = (counts: Record<string, number>, key: string, times: number): void => void (counts[key] = (counts[key] ?? 0) + times)
