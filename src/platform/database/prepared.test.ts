import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isPrepared, placePrepared } from './prepared.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fahui-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('what is prepared was made from the migrations and policies of now', async () => {
  expect(await isPrepared()).toBe(true)
})
test('a new folder begins as a copy of it', async () => {
  await placePrepared(dir)
  expect(await readdir(join(dir, 'db'))).toContain('PG_VERSION')
})
test('a folder that has a database keeps it', async () => {
  await writeFile(join(dir, 'db'), 'ours')
  await placePrepared(dir)
  expect(await readdir(dir)).toEqual(['db'])
})
