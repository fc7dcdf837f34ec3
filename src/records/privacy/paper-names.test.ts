import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { addDocument, readDocument } from '#api/matter/documents.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { handedIn } from '#test/handed-in.ts'
import { cast, world, type World } from '#test/world.ts'
import { loadRegions } from '#records/register/regions.ts'
import { eraseMatter } from './erasure.ts'
import { resealAll } from './reseal.ts'

const name = '身份证-张三.pdf'
const letterOf = (matter: Matter) =>
  Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%身份证 张三 ${matter.id}\ntrailer<</Root 1 0 R>>\n%%EOF\n`)

let w: World
let m: Matter
let bytes: Buffer
beforeAll(async () => {
  w = await world()
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
})
afterAll(() => w[Symbol.asyncDispose]())
beforeEach(async () => {
  m = await w.filed()
  bytes = letterOf(m)
  await w.run(cast.li, (tx) => addDocument(tx, m, { kind: 'evidence', key: v7(), upload: handedIn(name, bytes) }))
})

const row = async () => (await w.on.database.owner((db) => db.selectFrom('document').selectAll().where('matter', '=', m.id).execute()))[0]! // added above
const path = (hash: string) => join(w.dir, hash.slice(0, 2), hash.slice(2, 4), hash)
const seen = async () => (await w.run(cast.wang, (tx) => viewMatter(tx, m))).documents.map((one) => one.name)

/** As an older version left them. */
async function keptInTheClear(): Promise<void> {
  const { hash } = await row()
  await chmod(path(hash), 0o600)
  await writeFile(path(hash), bytes)
  await w.on.database.owner((db) => db.updateTable('document').set({ name }).where('matter', '=', m.id).execute())
}

test('the name of a paper, which often names its person, is in the database sealed and before the officer in full', async () => {
  expect(await seen()).toEqual([name])
  expect((await row()).name).toMatch(/^aes256gcm\|/)
  const { id, region } = await row()
  expect(await w.run(cast.wang, (tx) => readDocument(tx, { region, id }))).toEqual({ bytes, name, mime: 'application/pdf' })
})

test('no copy of the database holds the name or what the paper says', async () => {
  const { rows } = await w.on.database.owner((db) =>
    sql<{ all: string }>`select query_to_xml('select * from document', true, false, '')::text as all`.execute(db),
  )
  expect(rows[0]?.all).not.toContain('张三')
  expect((await readFile(path((await row()).hash))).includes('张三')).toBe(false)
})

test('a paper kept in the clear by an older version is read as before, and sealed when the keys are gone over', async () => {
  await keptInTheClear()
  expect(await seen()).toEqual([name])
  expect(await resealAll(w.on, w.now())).toMatchObject({ files: 1 })
  const { name: sealed, hash, id, region } = await row()
  expect([sealed.startsWith('aes256gcm|'), (await readFile(path(hash))).includes('张三')]).toEqual([true, false])
  expect(await w.run(cast.wang, (tx) => readDocument(tx, { region, id }))).toMatchObject({ bytes, name })
  expect(await resealAll(w.on, w.now())).toEqual({ rows: 0, files: 0 })
})

test('a name moved to another paper opens nothing', async () => {
  await w.run(cast.li, (tx) => addDocument(tx, m, { kind: 'evidence', key: v7(), upload: handedIn('借条.pdf', bytes) }))
  await w.on.database.owner((db) =>
    sql`update document set name = (select name from document where matter = ${m.id} order by id limit 1) where matter = ${m.id}`.execute(
      db,
    ),
  )
  await expect(seen()).rejects.toThrow(/copied from another row/)
})

test('erasing a matter takes its papers’ names and bytes away, and going over the keys brings none back', async () => {
  const { hash } = await row()
  await w.run(cast.clockwork, (tx) => eraseMatter(tx, m))
  await resealAll(w.on, w.now())
  expect([(await row()).name, await w.on.files.has(hash), await seen()]).toEqual(['', false, []])
})
