import pg from 'pg'
import { expect, test } from 'vitest'
import { openPlatform } from '#api/open-platform.ts'
import { readConfig } from '#platform/config.ts'
import { place } from './crash-place.ts'

const onPostgres = Boolean(process.env['TEST_DATABASE_URL'])

test.runIf(onPostgres)('a process that is done leaves no connection behind, which it would wait for before it ended', async () => {
  await using at = await place()
  const another = new pg.Client(at.url)
  await another.connect()
  const others = async () =>
    (await another.query('select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')).rowCount
  const on = await openPlatform(readConfig({ FAHUI_DATA: at.dir, DATABASE_URL: at.url, LOG_LEVEL: 'silent' }), Date.now)
  expect(await others()).toBeGreaterThan(0)
  await on[Symbol.asyncDispose]()
  await expect.poll(others, { timeout: 5000 }).toBe(0)
  await another.end()
})
