import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { v7 } from 'uuid'
import { openPostgres } from '#platform/database/database.ts'
import { loginsOf } from '#platform/database/logins.ts'
import { isPrepared, prepare, prepared } from '#platform/database/prepared.ts'

/** The prepared database as one file, which a world opens in memory: to copy its thousand files took longer than most tests. */
export const archive = join(prepared, 'db.tar')

/** Before the first test: migrates once what every world then begins as a copy of. Returns what takes it away again. */
export default async function prepareOnce(): Promise<(() => Promise<void>) | void> {
  if (!(await isPrepared())) await prepare()
  if (!existsSync(archive)) await pack()
  const url = process.env['TEST_DATABASE_URL']
  return url ? template(url) : undefined
}

/** Put in place whole, for a run that starts at the same time. */
async function pack(): Promise<void> {
  const draft = `${archive}.${process.pid}`
  await promisify(execFile)('tar', ['-cf', draft, '-C', join(prepared, 'db'), '.'])
  await rename(draft, archive)
}

/** A migrated database on the server, whose name the workers find in TEST_TEMPLATE. */
async function template(url: string): Promise<() => Promise<void>> {
  const name = `fahui_template_${v7().replaceAll('-', '')}`
  const owner = async (...statements: string[]) => {
    const client = new pg.Client(url)
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  await owner(`create database ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  {
    await using _ = await openPostgres(own.href, Buffer.alloc(32), 1)
  }
  process.env['TEST_TEMPLATE'] = name
  return () => owner(`drop database ${name} with (force)`, ...loginsOf(name).map((login) => `drop role ${pg.escapeIdentifier(login)}`))
}
