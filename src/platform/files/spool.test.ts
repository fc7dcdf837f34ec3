import { readdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withCatalogue } from '#test/pdfs.ts'
import { spool, sweepSpool, type Cleaned } from './spool.ts'

async function* pieces(count: number, fail?: Error): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n++) yield Buffer.alloc(1000, n % 256)
  if (fail) throw fail
}

async function wholeOf(file: Cleaned): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of file.pieces()) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

const named = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('fahui-handed-in'))
/** Processes of ours that are still there. */
const children = () => process.getActiveResourcesInfo().filter((what) => what === 'ProcessWrap').length

const paper = Buffer.concat([withCatalogue(''), Buffer.alloc(2_000_000, '%'), Buffer.from('\n%%EOF\n')])

test('what is handed in comes back whole once it is judged, and has no name on the disk meanwhile', async () => {
  const file = await spool(
    Array.from({ length: Math.ceil(paper.length / 999) }, (_, n) => paper.subarray(n * 999, (n + 1) * 999)),
    'li',
  )
  expect([file.size, await named()]).toEqual([paper.length, []])
  const cleaned = await file.clean()
  expect([cleaned.mime, (await wholeOf(cleaned)).equals(paper), await named()]).toEqual(['application/pdf', true, []])
  await file.close()
  await expect(wholeOf(cleaned)).rejects.toThrow(/closed/)
})

test('where the machine does not come to it, that is not the file’s fault', async () => {
  const file = await spool([paper], 'li')
  await expect(file.clean({ waitMs: 1 })).rejects.toMatchObject({ code: 'busy' })
  await file.close()
})

test('a file is judged once, however often and whenever it is asked', async () => {
  const file = await spool([paper], 'li')
  const [one, other] = await Promise.all([file.clean(), file.clean()])
  expect([other === one, (await file.clean()) === one]).toEqual([true, true])
  await file.close()
})

test.each([
  ['takes its reader too much work', { workMs: 1 }],
  ['takes its reader too much memory', { memoryBytes: 1 }],
])('a file that %s is refused as unreadable, and the process that read it is gone (S-M4)', async (_, bounds) => {
  const file = await spool([paper], 'li')
  await expect(file.clean(bounds)).rejects.toMatchObject({ code: 'unreadable' })
  await expect.poll(children).toBe(0)
  await file.close()
})

test('one that is closed while it is judged waits for that, and leaves nothing', async () => {
  const file = await spool([paper], 'li')
  const cleaning = file.clean()
  await file.close()
  await expect(cleaning).resolves.toMatchObject({ mime: 'application/pdf' })
  expect([await named(), children()]).toEqual([[], 0])
})

test('of what is cut off nothing stays', async () => {
  await expect(spool(pieces(10, new Error('the sender is gone')), 'li')).rejects.toThrow('the sender is gone')
  expect(await named()).toEqual([])
})

test('nobody takes the room of all the others: three hundred megabytes are handed in by one person at once, and no more', async () => {
  async function* large(): AsyncGenerator<Uint8Array> {
    for (let n = 0; n < 150; n++) yield Buffer.alloc(1024 ** 2)
  }
  const [first, second] = [await spool(large(), 'ma'), await spool(large(), 'ma')]
  await expect(spool(pieces(1), 'ma')).rejects.toMatchObject({ code: 'busy' })
  const other = await spool(pieces(1), 'chen')
  await first.close()
  const again = await spool(pieces(1), 'ma')
  for (const file of [second, other, again]) await file.close()
})

test('what a process left that died before it took the name away is swept, and what comes in now stays', async () => {
  const [left, now] = ['left', 'now'].map((name) => join(tmpdir(), `fahui-handed-in-${name}-${process.pid}`)) as [string, string]
  for (const path of [left, now]) await writeFile(path, '')
  await utimes(left, new Date('2026-01-01'), new Date('2026-01-01'))
  expect(await sweepSpool(new Date('2026-01-02'))).toBe(1)
  expect(await sweepSpool(new Date(Date.now() + 60_000))).toBe(1)
  expect(await named()).toEqual([])
})
