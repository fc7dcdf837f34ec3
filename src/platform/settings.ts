import { rowOf } from '#kernel/keyed.ts'
import type { z } from 'zod'
import type { Calendar } from '#kernel/calendar/calendar.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Law } from '#kernel/line.ts'
import type { Db } from '#platform/database/database.ts'

/** A dated value of one region prefix. */
export type SettingRow = { region: string; key: string; validFrom: string; value: unknown }

/** What may be set: the values it takes, the one that holds where nobody has set any, and whether a draft of it is replayed before it is published. */
export type Definition = { schema: z.ZodType; default: unknown; isDecisive?: boolean }

/** What the law leaves open, dated and by region. Read once, and again after every change. */
export type Settings = {
  /** The declaration of a setting; undefined for a key that is none. */
  definitionOf(key: string): Definition | undefined
  /** The value in force: of the longest region prefix that has one on that day, else the declared default. */
  at(key: string, region: string, day: string): unknown
  lawOf(region: string, now: Date): Law
  /** All dated values, past and to come. */
  rows(): readonly SettingRow[]
  reload(db: Db): Promise<void>
}

/** The row in force: of the longest region prefix that has one on that day, its latest. */
export function rowInForce(rows: readonly SettingRow[], key: string, region: string, day: string): SettingRow | undefined {
  const inForce = rows.filter((row) => row.key === key && region.startsWith(row.region) && row.validFrom <= day)
  return inForce.toSorted((a, b) => b.region.length - a.region.length || (a.validFrom < b.validFrom ? 1 : -1))[0]
}

/** Settings over a national calendar and all that is declared, by key. */
export function settings(national: Calendar, definitions: Readonly<Record<string, Definition>>): Settings {
  let rows: readonly SettingRow[] = []
  let calendar = national
  const definitionOf = (key: string) => rowOf(definitions, key)
  const at = (key: string, region: string, day: string) => {
    const row = rowInForce(rows, key, region, day)
    return row ? row.value : definitionOf(key)?.default
  }
  return {
    definitionOf,
    at,
    rows: () => rows,
    lawOf: (region, now) => ({ calendar, setting: (key) => at(key, region, dayOf(now)) }),
    async reload(db) {
      const found = await db.selectFrom('setting').select(['region', 'key', 'valid_from', 'value']).execute()
      rows = found.map((row) => ({ region: row.region, key: row.key, validFrom: row.valid_from, value: row.value }))
      calendar = withDaysOff(national, await db.selectFrom('day_off').selectAll().execute())
    },
  }
}

type DayOff = { region: string; day: string; kind: string; name: string }

/** A day stored without a region amends the national table, as when next year's notice is entered by hand. */
function withDaysOff(national: Calendar, rows: readonly DayOff[]): Calendar {
  const days = new Map(national.days)
  for (const row of rows) if (row.region === '') days.set(row.day, row.kind === 'work' ? 'work' : 'off')
  const regional = rows.filter((row) => row.region !== '').map((row) => ({ region: row.region, day: row.day, name: row.name }))
  const lastYear = Math.max(national.lastYear, ...rows.filter((row) => row.region === '').map((row) => Number(row.day.slice(0, 4))))
  return { ...national, days, lastYear, regional: [...national.regional, ...regional] }
}
