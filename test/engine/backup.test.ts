import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPlatform } from '#api/open-platform.ts'
import { seedBeforeStart } from '#api/seeding.ts'
import { verifyAll } from '#engine/verify.ts'
import { backUp } from '#platform/backup/back-up.ts'
import { checkBackup } from '#platform/backup/restore.ts'
import { silently } from '#platform/backup/telling.ts'
import { readConfig } from '#platform/config.ts'
import { folderBlobs } from '#platform/files/folder-blobs.ts'
import { sealAudit } from '#platform/keys/audit.ts'
import { openKeyring, type Keyring } from '#platform/keys/keyring.ts'
import type { Platform } from '#platform/platform.ts'
import { startCluster } from '#test/bench/cluster.ts'
import { killedCommand, runCommand } from '#test/service.ts'
import { seedMatters } from '../../seed/demo.ts'
import { bringKeys, contentOf, fileOne, opened, serialOf } from './backup-drill.ts'
import { place, type Place } from './crash-place.ts'

/** What opening a place adds to, by sealing what was done there. How many rows were put back is compared by what backup and restore print. */
const grown = { audit: '', audit_seal: '', collected: '', uncollected: '' }

const isPostgres = Boolean(process.env['TEST_DATABASE_URL'])

let from: Place
let backup: string
let ring: Keyring
let before: Awaited<ReturnType<typeof contentOf>>
let lastSerial: number
let printed: string

beforeAll(async () => {
  from = await place()
  backup = join(from.dir, '..', `${from.dir.split('/').at(-1)}-backup`)
  {
    await using on = await opened(from)
    await seedBeforeStart(on, ['63'], new Date())
    await seedMatters(on, new Date())
    lastSerial = serialOf(await fileOne(on))
  }
  const made = await runCommand('backup', from.dir, from.url, [backup])
  if (made.code !== 0) throw new Error(made.said)
  printed = made.printed
  await using on = await opened(from)
  before = await contentOf(on)
  ring = await openKeyring(from.dir, 'aes256gcm')
})
afterAll(async () => {
  await rm(backup, { recursive: true, force: true })
  await from[Symbol.asyncDispose]()
})

const check = (dir = backup, its = ring) => checkBackup({ dir, ring: its, tell: silently })

/** A copy of the backup to do something to. */
async function copied() {
  const dir = await mkdtemp(join(tmpdir(), 'fh-backup-'))
  await cp(backup, dir, { recursive: true })
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) }
}

async function partsOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(dir, join(entry.parentPath, entry.name)))
}

async function flip(path: string, at: number, bit: number): Promise<void> {
  const bytes = await readFile(path)
  bytes[at] = bytes[at]! ^ (1 << bit) // within the file
  await rm(path)
  await writeFile(path, bytes)
}

const kindsOf = (on: Platform) =>
  on.database.owner(async (db) => (await sql<{ kind: string }>`select kind from audit`.execute(db)).rows.map(({ kind }) => kind))

describe('a restored backup', () => {
  test('has every row, number and file, verifies, and goes on: files are added, numbers continue, seals are made', async () => {
    // A younger cluster: its transaction ids begin again.
    await using cluster = isPostgres ? await startCluster() : null
    await using to = await place(cluster?.url)
    await bringKeys(from, to)
    const restored = await runCommand('restore', to.dir, to.url, [backup])
    expect(restored).toMatchObject({ code: 0 })
    expect(JSON.parse(restored.printed)).toMatchObject({ restored: true, rows: JSON.parse(printed).rows, files: before.files.length })
    expect(await runCommand('verify', to.dir, to.url)).toMatchObject({ code: 0 })

    await using on = await opened(to)
    const after = await contentOf(on)
    expect({ ...after, rows: { ...after.rows, ...grown } }).toEqual({ ...before, rows: { ...before.rows, ...grown } })
    expect(serialOf(await fileOne(on))).toBe(lastSerial + 1)
    expect(await sealAudit(on, new Date())).toBeGreaterThan(0)
    expect(await verifyAll(on, new Date())).toMatchObject({ ok: true, wrong: [], brokenSeal: null, strays: 0 })
    expect(await kindsOf(on)).toContain('restored')
  })

  test.runIf(isPostgres)('may stand on the other engine', async () => {
    await using to = await place('')
    await bringKeys(from, to)
    expect(await runCommand('restore', to.dir, '', [backup])).toMatchObject({ code: 0 })
    expect(await runCommand('verify', to.dir, '')).toMatchObject({ code: 0 })
  })
})

describe('a backup', () => {
  test('is known in the audit it holds, and says which keys it needs and which seal was the last', async () => {
    await using on = await opened(from)
    expect(await kindsOf(on)).toContain('backedUp')
    const { keys, head } = await check()
    expect(Object.keys(keys)).toEqual(expect.arrayContaining(['audit.key', 'blind.key', `data-${ring.current}.key`]))
    expect(head?.no).toBeGreaterThan(0)
  })

  test('holds no key, and nothing of anybody in clear', async () => {
    const keys = await Promise.all((await readdir(join(from.dir, 'keys'))).map((name) => readFile(join(from.dir, 'keys', name))))
    for (const part of await partsOf(backup)) {
      const bytes = await readFile(join(backup, part))
      expect(keys.filter((key) => key.length >= 32 && bytes.includes(key))).toEqual([])
      for (const word of ['%PDF-1.', 'PNG\r\n\u001a\n', '工资条', 'chengdong', '演法援']) expect(bytes.includes(word)).toBe(false)
    }
  })

  test('is of a database in which papers have no names in clear', async () => {
    await using on = await opened(from)
    const named = (clear: boolean) =>
      on.database.owner(async (db) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from document where (name ~ '[.]') = ${clear}`.execute(db)
        return rows[0]?.n
      })
    expect(await named(true)).toBe(0)
    expect(await named(false)).toBeGreaterThan(10)
  })

  test('of which one bit is turned, anywhere, is refused and the part is named', async () => {
    const parts = await Promise.all((await partsOf(backup)).map(async (name) => ({ name, size: (await stat(join(backup, name))).size })))
    const somewhere = fc.record({
      part: fc.constantFrom(...parts.filter(({ size }) => size > 0)),
      share: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      bit: fc.nat(7),
    })
    await using copy = await copied()
    await fc.assert(
      fc.asyncProperty(somewhere, async ({ part: { name, size }, share, bit }) => {
        const at = Math.floor(share * size)
        await flip(join(copy.dir, name), at, bit)
        await expect(check(copy.dir)).rejects.toThrow(name.replace('.sig', '.'))
        await flip(join(copy.dir, name), at, bit)
      }),
      { numRuns: 60 },
    )
    await check(copy.dir)
  })

  test('of which a part is cut short, longer, gone, or another, is refused and the part is named', async () => {
    await using copy = await copied()
    const [one, other] = ['tables/public.event', 'tables/public.answer'].map((name) => join(copy.dir, name)) as [string, string]
    const whole = await readFile(one)
    const harms: Record<string, () => Promise<unknown>> = {
      shorter: () => truncate(one, whole.length - 1),
      longer: () => writeFile(one, Buffer.concat([whole, Buffer.alloc(1)])),
      gone: () => rm(one),
      other: () => cp(other, one),
    }
    for (const harm of Object.values(harms)) {
      await rm(one, { force: true })
      await writeFile(one, whole)
      await harm()
      await expect(check(copy.dir)).rejects.toThrow(/tables\/public.event\n(?!.*tables)/s)
    }
  })

  test('without its manifest, as one that was cut off, is none', async () => {
    await using copy = await copied()
    await rm(join(copy.dir, 'manifest.sig'))
    await expect(check(copy.dir)).rejects.toThrow('manifest.sig cannot be read: this is no backup, or one that was cut off')
  })

  test('does not open under other keys, and says which it needs', async () => {
    await using elsewhere = await place('')
    await expect(check(backup, await openKeyring(elsewhere.dir, 'aes256gcm'))).rejects.toThrow(/needs audit.key [0-9a-f]{32}/)
    const lacking = { ...ring, keys: new Map() }
    await expect(check(backup, lacking)).rejects.toThrow(`needs keys that are not in the data folder: data-${ring.current}.key`)
  })

  test('counts by SM3 where commercial cryptography is required', async () => {
    await using on = await openPlatform(
      readConfig({ FAHUI_DATA: from.dir, DATABASE_URL: from.url, FAHUI_CIPHER: 'sm4ctr-hmacsm3', LOG_LEVEL: 'silent' }),
      Date.now,
    )
    await using dir = await copied()
    await rm(dir.dir, { recursive: true })
    const made = await backUp(on, new Date(), { files: folderBlobs(join(from.dir, 'files')), dir: dir.dir, tell: silently })
    expect(made.digest).toBe('sm3')
    expect(await check(dir.dir, on.keyring)).toEqual(made)
  })

  test('is not made where a paper is lost: the file is named', async () => {
    await using at = await place()
    await using on = await opened(at)
    await seedBeforeStart(on, ['63'], new Date())
    await fileOne(on)
    let lost = ''
    for await (const hash of on.files.list()) await on.files.remove((lost = hash))
    const asked = { files: folderBlobs(join(at.dir, 'files')), dir: join(at.dir, 'backup'), tell: silently }
    await expect(backUp(on, new Date(), asked)).rejects.toThrow(`The stored file ${lost} is gone`)
    await expect(check(asked.dir, on.keyring)).rejects.toThrow('this is no backup')
  })

  test('is not made where something is, and nothing of it is touched', async () => {
    expect(await runCommand('backup', from.dir, from.url, [backup])).toMatchObject({
      code: 1,
      said: expect.stringContaining('is not empty'),
    })
    await check()
  })
})

describe('a restore', () => {
  test('is refused without keys and with others, and writes nothing', async () => {
    await using to = await place()
    expect(await runCommand('restore', to.dir, to.url, [backup])).toMatchObject({ code: 1, said: expect.stringContaining('holds no keys') })
    expect(await readdir(to.dir)).toEqual([])
    await openKeyring(to.dir, 'aes256gcm')
    expect(await runCommand('restore', to.dir, to.url, [backup])).toMatchObject({
      code: 1,
      said: expect.stringContaining('needs audit.key'),
    })
    expect((await readdir(to.dir)).filter((name) => name !== 'in-use')).toEqual(['keys'])
  })

  test('is refused where anything is', async () => {
    const { code, said } = await runCommand('restore', from.dir, from.url, [backup])
    expect([code, said]).toEqual([1, expect.stringContaining('is not empty')])
  })

  test('of an altered backup writes nothing, and its check alone says the same', async () => {
    await using to = await place()
    await bringKeys(from, to)
    await using copy = await copied()
    await flip(join(copy.dir, 'tables/public.matter'), 100, 1)
    for (const more of [[], ['--check']])
      expect(await runCommand('restore', to.dir, to.url, [copy.dir, ...more])).toMatchObject({
        code: 1,
        said: expect.stringContaining('tables/public.matter'),
      })
    expect((await readdir(to.dir)).filter((name) => name !== 'in-use')).toEqual(['keys'])
    expect(await runCommand('restore', to.dir, to.url, [backup, '--check'])).toMatchObject({ code: 0 })
  })

  test('that is killed on the way leaves nothing that could be taken for the whole', async () => {
    const began = performance.now()
    await using whole = await place()
    await bringKeys(from, whole)
    await runCommand('restore', whole.dir, whole.url, [backup])
    const took = performance.now() - began
    for (const share of [0.5, 0.8]) {
      await using to = await place()
      await bringKeys(from, to)
      await killedCommand('restore', to.dir, to.url, [backup], took * share)
      const { code, said } = await runCommand('verify', to.dir, to.url)
      if (code === 0) await expectWhole(to)
      else expect(said).toMatch(/holds a restore that was cut off/)
      if (code !== 0 && !isPostgres) expect(await runCommand('restore', to.dir, '', [backup])).toMatchObject({ code: 0 })
    }
  }, 180_000)
})

/** Either nothing was begun, and it is empty, or all of it is there. */
async function expectWhole(to: Place): Promise<void> {
  await using on = await opened(to)
  const { numbers, files } = await contentOf(on)
  if (numbers.length) expect({ numbers, files }).toEqual({ numbers: before.numbers, files: before.files })
}

describe.runIf(isPostgres)('beside a service that is filed to all the while', () => {
  test('a backup is of one moment: it verifies, and every paper in it opens', async () => {
    const dir = `${backup}-beside`
    {
      await using on = await opened(from)
      const over = new AbortController()
      const filing = Array.from({ length: 3 }, async () => {
        while (!over.signal.aborted) await fileOne(on)
      })
      expect(await runCommand('backup', from.dir, from.url, [dir])).toMatchObject({ code: 0 })
      over.abort()
      await Promise.all(filing)
    }
    await using to = await place()
    await bringKeys(from, to)
    expect(await runCommand('restore', to.dir, to.url, [dir])).toMatchObject({ code: 0 })
    await rm(dir, { recursive: true })
    await using on = await opened(to)
    expect(await verifyAll(on, new Date())).toMatchObject({ ok: true })
    const held = await on.database.owner((db) =>
      sql<{ hash: string }>`select distinct hash from document where erased_at is null order by 1`.execute(db),
    )
    expect((await contentOf(on)).files).toEqual(held.rows.map(({ hash }) => hash))
  })
})

describe.runIf(!isPostgres)('the embedded database', () => {
  test('is backed up while nobody serves: a folder in use is refused', async () => {
    await using _ = await opened(from)
    expect(await runCommand('backup', from.dir, '', [`${backup}-refused`])).toMatchObject({
      code: 1,
      said: expect.stringContaining('is in use by process'),
    })
  })
})
