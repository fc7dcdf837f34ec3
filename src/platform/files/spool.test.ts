import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { spool } from './spool.ts'

async function* pieces(count: number, fail?: Error): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n++) yield Buffer.alloc(1000, n % 256)
  if (fail) throw fail
}

const named = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('fahui-handed-in'))

test('what is handed in comes back whole, and has no name on the disk meanwhile', async () => {
  const file = await spool(pieces(2000))
  expect([
    file.size,
    (await file.read()).equals(Buffer.concat(Array.from({ length: 2000 }, (_, n) => Buffer.alloc(1000, n % 256)))),
  ]).toEqual([2_000_000, true])
  expect(await named()).toEqual([])
  await file.close()
  await expect(file.read().then((bytes) => bytes.length)).resolves.toBe(0)
})

test('of what is cut off nothing stays', async () => {
  await expect(spool(pieces(10, new Error('the sender is gone')))).rejects.toThrow('the sender is gone')
  expect(await named()).toEqual([])
})
