import { readdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { spool, sweepSpool } from './spool.ts'

async function* pieces(count: number, fail?: Error): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n++) yield Buffer.alloc(1000, n % 256)
  if (fail) throw fail
}

const named = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('fahui-handed-in'))

test('what is handed in comes back whole, and has no name on the disk meanwhile', async () => {
  const file = await spool(pieces(2000), 'li')
  expect([
    file.size,
    (await file.read()).equals(Buffer.concat(Array.from({ length: 2000 }, (_, n) => Buffer.alloc(1000, n % 256)))),
  ]).toEqual([2_000_000, true])
  expect(await named()).toEqual([])
  await file.close()
  await expect(file.read().then((bytes) => bytes.length)).resolves.toBe(0)
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
