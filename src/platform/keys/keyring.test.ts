import { createPublicKey, sign, verify } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reseal, seal, unseal } from './crypto.ts'
import { openKeyring, rotate, writeDurably } from './keyring.ts'

const place = { table: 'person', column: 'phone', row: '1', region: '440106' }
let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fahui-keys-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const inKeys = (name: string): string => join(dir, 'keys', name)
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777
const dataKeyNames = async (): Promise<string[]> => (await readdir(join(dir, 'keys'))).filter((name) => name.startsWith('data-'))

async function spoil(name: string, bytes: Buffer | string): Promise<void> {
  await chmod(inKeys(name), 0o600)
  await writeFile(inKeys(name), bytes)
}

test('the first start makes every key, readable by its owner alone, and leaves no drafts behind', async () => {
  const ring = await openKeyring(dir, 'sm4ctr-hmacsm3')
  const names = (await readdir(join(dir, 'keys'))).toSorted()
  expect(names).toEqual(['audit.key', 'blind.key', 'context.key', 'current', `data-${ring.current}.key`])
  expect(await Promise.all(names.map((name) => modeOf(inKeys(name))))).toEqual(names.map(() => 0o400))
  expect(await modeOf(join(dir, 'keys'))).toBe(0o700)
  expect([ring.blind.length, ring.contextKey.length, ring.keys.size]).toEqual([32, 32, 1])
})

test('the next start finds the same keys and reads what was sealed before', async () => {
  const first = await openKeyring(dir, 'aes256gcm')
  const sealed = seal(first, '13800138000', place)
  const second = await openKeyring(dir, 'aes256gcm')
  expect(unseal(second, sealed, place)).toBe('13800138000')
  expect([second.blind, second.contextKey]).toEqual([first.blind, first.contextKey])
  const signature = sign(null, Buffer.from('head'), first.auditKey)
  expect(verify(null, Buffer.from('head'), createPublicKey(second.auditKey), signature)).toBe(true)
})

test('four first starts at once end with one set of keys, and nothing of the others', async () => {
  const rings = await Promise.all(Array.from({ length: 4 }, () => openKeyring(dir, 'aes256gcm')))
  const settled = await openKeyring(dir, 'aes256gcm')
  expect(rings.map(({ blind, contextKey, current }) => [blind, contextKey, current])).toEqual(
    rings.map(() => [settled.blind, settled.contextKey, settled.current]),
  )
  expect([settled.keys.size, await readdir(dir)]).toEqual([1, ['keys']])
})

test('a process that serves opens what another sealed under a key it has not read, and seals under it once told', async () => {
  const serving = await openKeyring(dir, 'aes256gcm')
  const before = serving.current
  const kid = await rotate(dir)
  const sealed = seal(await openKeyring(dir, 'aes256gcm'), '13800138000', place)
  expect(unseal(serving, sealed, place)).toBe('13800138000')
  expect(serving.current).toBe(before)
  await serving.reread()
  expect(serving.current).toBe(kid)
})

test('an id that names no key opens nothing, whatever path it spells', async () => {
  const ring = await openKeyring(dir, 'aes256gcm')
  await writeFile(join(dir, 'data-evil.key'), Buffer.alloc(32))
  for (const kid of ['00000000', '../data-evil', '']) {
    const sealed = seal(ring, 'x', place).replace(ring.current, kid)
    expect(() => unseal(ring, sealed, place)).toThrow(/No data key|Not a sealed value/)
  }
})

test('a rotation keeps the old key for reading and seals under the new one', async () => {
  const before = await openKeyring(dir, 'sm4ctr-hmacsm3')
  const sealed = seal(before, '13800138000', place)
  const kid = await rotate(dir)
  const after = await openKeyring(dir, 'sm4ctr-hmacsm3')
  expect([after.current, after.keys.size]).toEqual([kid, 2])
  const alone = { ...after, keys: new Map([...after.keys].filter(([one]) => one === kid)) }
  expect(unseal(alone, reseal(after, sealed, place) ?? '', place)).toBe('13800138000')
  expect(unseal(after, sealed, place)).toBe('13800138000')
})

test('a rotation needs a key folder to rotate', async () => {
  await expect(rotate(dir)).rejects.toThrow(/keys/)
})

test.each(['blind.key', 'context.key', 'audit.key', 'current'])(
  '%s readable by the group is refused with the command that cures it',
  async (name) => {
    await openKeyring(dir, 'aes256gcm')
    await chmod(inKeys(name), 0o440)
    await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/other users \(mode 440\).*chmod go=/)
  },
)

test('a data key or a key folder that others can read is refused', async () => {
  await openKeyring(dir, 'aes256gcm')
  await chmod(join(dir, 'keys'), 0o755)
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/mode 755/)
  await chmod(join(dir, 'keys'), 0o700)
  const [dataKey = ''] = await dataKeyNames()
  await chmod(inKeys(dataKey), 0o404)
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/mode 404/)
})

test('a short, damaged or foreign key is refused by name', async () => {
  const ring = await openKeyring(dir, 'aes256gcm')
  await spoil('blind.key', Buffer.alloc(16))
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/blind\.key holds 16 bytes/)
  await spoil('blind.key', ring.blind)
  await spoil(`data-${ring.current}.key`, Buffer.alloc(32, 1))
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/does not hold the key its name says/)
  await truncate(inKeys(`data-${ring.current}.key`), 0)
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/holds 0 bytes/)
})

test('an audit key that is not Ed25519 is refused', async () => {
  await openKeyring(dir, 'aes256gcm')
  await spoil('audit.key', 'not a key')
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/audit\.key is not an Ed25519/)
})

test('a lost key is never replaced by a new one in silence', async () => {
  const ring = await openKeyring(dir, 'aes256gcm')
  await rm(inKeys('blind.key'))
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/blind\.key is missing/)
  await rm(inKeys(`data-${ring.current}.key`))
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/is missing/)
})

test('a first start cut off before it finished is carried on, not begun anew', async () => {
  const ring = await openKeyring(dir, 'aes256gcm')
  await rm(inKeys('current'))
  expect((await openKeyring(dir, 'aes256gcm')).current).toBe(ring.current)
  for (const name of ['current', `data-${ring.current}.key`, 'audit.key']) await rm(inKeys(name))
  expect((await openKeyring(dir, 'aes256gcm')).blind).toEqual(ring.blind)
})

test('a lost key beside a data key is a loss, even when the folder looks like a first start', async () => {
  await openKeyring(dir, 'aes256gcm')
  await rm(inKeys('current'))
  await rm(inKeys('blind.key'))
  await expect(openKeyring(dir, 'aes256gcm')).rejects.toThrow(/blind\.key is missing/)
})

test('a file written durably replaces the old one whole and leaves no draft', async () => {
  const path = join(dir, 'note')
  await writeDurably(path, Buffer.from('one'))
  await writeDurably(path, Buffer.from('two'))
  expect([await readFile(path, 'utf8'), await readdir(dir)]).toEqual(['two', ['note']])
})
