import type { PgBoss } from 'pg-boss'
import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Line } from '#kernel/line.ts'
import type { Database } from '#platform/database/database.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import type { Scanner } from '#platform/files/scanner.ts'
import type { Gateway } from './gateway.ts'
import type { LiveKeyring } from '#platform/keys/keyring.ts'
import type { Witness } from '#platform/keys/witness.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'

/** What every unit of work stands on; made once at start. */
export type Platform = {
  database: Database
  keyring: LiveKeyring
  files: FileStore
  /** Whom files are shown before they are served. */
  scanner: Scanner
  settings: Settings
  gateway: Gateway
  jobs: PgBoss
  /** Where the heads of the chain of seals are known outside. */
  witness: Witness
  /** Every edition of every service line, by key. */
  lines: ReadonlyMap<string, readonly Line[]>
  /** How people come to the lines that have a door, by the line's key. */
  entrances: ReadonlyMap<string, Entrance>
  log: Log
  /** Milliseconds of the real clock, for what an attacker must not wait out; the law's clock is `tx.now`. */
  wallClock(): number
}

/** The line of a matter, in the edition it was opened under. */
export function lineOf(on: Pick<Platform, 'lines'>, key: string, edition: string): Line {
  const line = on.lines.get(key)?.find((one) => one.edition === edition)
  if (!line)
    throw new Error(`No edition ${edition} of line ${key}: was one removed from the editions of its service while matters still use it?`)
  return line
}

/** The newest edition of a line: what new matters are opened under. */
export function newest(on: Pick<Platform, 'lines'>, key: string): Line | undefined {
  return on.lines.get(key)?.at(-1)
}
