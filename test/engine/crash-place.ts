import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { v7 } from 'uuid'
import { openPlatform } from '#api/open-platform.ts'
import { readConfig } from '#platform/config.ts'
import { speltEntries } from '#platform/keys/said.ts'
import { loginsOf } from '#platform/database/logins.ts'
import { as, system } from '#platform/tx.ts'
import type { Done } from './crash-clients.ts'

const testUrl = process.env['TEST_DATABASE_URL']

/** A data folder, and on PostgreSQL a database, that nobody has used before. */
export async function place(admin = testUrl) {
  const dir = await mkdtemp(join(tmpdir(), 'fh-crash-'))
  const { url, drop } = admin ? await scratch(admin) : { url: '', drop: async () => {} }
  return {
    dir,
    url,
    async [Symbol.asyncDispose]() {
      await drop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function scratch(admin: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `fahui_crash_${v7().replaceAll('-', '')}`
  const run = async (...statements: string[]) => {
    const client = new pg.Client(admin)
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  await run(`create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  const roles = loginsOf(name).map((login) => `drop role if exists ${pg.escapeIdentifier(login)}`)
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`, ...roles) }
}

export type Place = Awaited<ReturnType<typeof place>>

type Logged = { label: string; id: string; action: Done['action']; version: number }

/** Every action of the officers as the log has it. */
export async function logOf({ dir, url }: Place): Promise<Logged[]> {
  await using on = await openPlatform(readConfig({ FAHUI_DATA: dir, DATABASE_URL: url, LOG_LEVEL: 'silent' }), Date.now)
  const logged = await as(on, system, new Date(), async (tx) => {
    const { rows } = await sql<
      Logged & { region: string }
    >`select e.region, o.input -> 'data' ->> 'organNumber' as label, e.id, e.action, e.seq as version
      from event e join event o on o.region = e.region and o.id = e.id and o.seq = 0 where o.input -> 'data' ? 'organNumber'`.execute(tx.db)
    return (await speltEntries(tx, rows, '')).filter(({ label }) => label.startsWith('officer'))
  })
  return logged
}

/** One action in words to compare by. */
export const line = ({ label, id, action, version }: Logged) => `${label} ${id} ${action} ${version}`
