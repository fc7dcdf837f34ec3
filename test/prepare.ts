import pg from 'pg'
import { v7 } from 'uuid'
import { openPostgres } from '#platform/database/database.ts'
import { isPrepared, prepare } from '#platform/database/prepared.ts'

/** Before the first test: migrates once what every world then begins as a copy of. Returns what takes it away again. */
export default async function prepareOnce(): Promise<(() => Promise<void>) | void> {
  if (!(await isPrepared())) await prepare()
  const url = process.env['TEST_DATABASE_URL']
  return url ? template(url) : undefined
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
  return () => owner(`drop database ${name} with (force)`, `drop role fahui_${name}`)
}
