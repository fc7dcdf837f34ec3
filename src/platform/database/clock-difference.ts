import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Signed contexts live five minutes by the database's clock: from here on hardly anything could be read or written, and nobody would see why. */
const farthestMs = 4 * 60_000
/** What machines that keep time over a network never reach. */
const noticedMs = 10_000

/** The moment it is for the database. */
export async function databaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`/*clock*/ select clock_timestamp() as at`.execute(db)
  return rows[0]!.at // it always returns its one row
}

/** What is wrong with this process's clock beside the database's: refuses to go on beyond four minutes, says it beyond ten seconds, else null. */
export function judgeClock(here: number, there: Date): string | null {
  const difference = here - there.getTime()
  if (Math.abs(difference) < noticedMs) return null
  const words = `The clock of this machine is ${Math.round(Math.abs(difference) / 1000)} s ${difference > 0 ? 'ahead of' : 'behind'} the database's. Have both keep time from one source.`
  if (Math.abs(difference) > farthestMs)
    throw new Error(`${words} The service does not start: the database would take every question for one that came too late.`)
  return words
}
