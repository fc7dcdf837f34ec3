import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clamdServer, eicar } from '#test/clamd-server.ts'
import { clamd, scannerAt } from './clamd.ts'
import { noScanner } from './scanner.ts'

test('what the daemon finds is told by its name, and what it does not find is clean', async () => {
  await using daemon = await clamdServer()
  const scanner = clamd(daemon.where)
  expect(await scanner.scan(Buffer.concat([Buffer.from('%PDF-1.4\n'), eicar]))).toEqual({ is: 'infected', found: 'Eicar-Test-Signature' })
  expect(await scanner.scan(Buffer.from('%PDF-1.4\n'))).toEqual({ is: 'clean' })
  expect(await scanner.answers()).toBe(true)
})

test('every byte reaches it, in order, however large the file', async () => {
  await using daemon = await clamdServer()
  const scanner = clamd(daemon.where)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300_000 }), async (size) => {
      const bytes = randomBytes(size)
      await scanner.scan(bytes)
      expect(daemon.scanned.at(-1)?.equals(bytes)).toBe(true)
    }),
    { numRuns: 10 },
  )
  await scanner.scan(Buffer.alloc(3 * 1024 * 1024, 7))
  expect(daemon.scanned.at(-1)?.length).toBe(3 * 1024 * 1024)
})

test.each(['INSTREAM size limit exceeded. ERROR', 'stream: Can’t allocate memory ERROR', 'stream: OK and more', 'stream: FOUND', 'OK', ''])(
  '%j is no result',
  async (reply) => {
    await using daemon = await clamdServer(() => reply)
    expect(await clamd(daemon.where).scan(Buffer.from('a'))).toMatchObject({ is: 'unavailable' })
  },
)

test('a daemon that hangs up while it is told is no result, and what it said before it did counts', async () => {
  const server = createServer((socket) =>
    socket.once('data', () => socket.end('INSTREAM size limit exceeded. ERROR\0')).on('error', () => {}),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number } // a server on a port
  expect(await clamd(`127.0.0.1:${port}`).scan(Buffer.alloc(8 * 1024 * 1024))).toMatchObject({ is: 'unavailable' })
  server.close()
})

test('one that is not there, or says nothing in time, is no result', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as { port: number } // a server on a port
  const scanner = clamd(`127.0.0.1:${port}`, { scanMs: 50, pingMs: 50 })
  expect([await scanner.scan(Buffer.alloc(20_000_000)), await scanner.answers()]).toMatchObject([{ is: 'unavailable' }, false])
  expect(await clamd(`127.0.0.1:${port}`).scan(Buffer.from('a'), AbortSignal.timeout(50))).toMatchObject({ is: 'unavailable' })
  silent.close()
  expect([await clamd('127.0.0.1:9').scan(Buffer.from('a')), await clamd('127.0.0.1:9').answers()]).toMatchObject([
    { is: 'unavailable' },
    false,
  ])
})

test('it is asked over a socket of this machine as well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fahui-clamd-'))
  const server = createServer((socket) => socket.once('data', () => socket.end('PONG\0'))).listen(join(folder, 's'))
  await once(server, 'listening')
  expect(await clamd(join(folder, 's')).answers()).toBe(true)
  server.close()
  await rm(folder, { recursive: true })
})

test('where the settings name none, nobody scans', () => {
  expect(scannerAt(undefined)).toBe(noScanner)
})
