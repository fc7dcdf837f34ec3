import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#platform/config.ts'
import { openPlatform } from '#api/open-platform.ts'
import { buildApp } from '#api/serve.ts'
import { place } from '#test/engine/crash-place.ts'

const onPostgres = Boolean(process.env['TEST_DATABASE_URL'])

/** A way to the database on which nothing passes while it is frozen: neither a byte nor an end, as from a machine that hangs. */
async function frost(to: URL) {
  const sockets = new Set<Socket>()
  let isFrozen = false
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
      if (isFrozen) one.pause()
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(to)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}` // it listens
  return {
    url: url.href,
    freeze() {
      isFrozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      isFrozen = false
      for (const socket of sockets) socket.resume()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

describe.runIf(onPostgres)('a database that hangs, and neither answers nor goes (S-M11)', () => {
  const stack = new AsyncDisposableStack()
  let way: Awaited<ReturnType<typeof frost>>
  let app: Awaited<ReturnType<typeof buildApp>>
  beforeAll(async () => {
    const at = stack.use(await place())
    way = await frost(new URL(at.url))
    stack.defer(() => way.close())
    const config = readConfig({ FAHUI_DATA: at.dir, DATABASE_URL: way.url, LOG_LEVEL: 'silent' })
    const on = stack.use(await openPlatform(config, Date.now))
    app = await buildApp(on, config, () => new Date())
    stack.defer(() => app.close())
  })
  afterAll(() => stack.disposeAsync())

  const ask = (url: string) =>
    app.inject({ method: 'GET', url, headers: { 'sec-fetch-site': 'same-origin', cookie: '__Host-fahui=planted' } })

  test('is told to people within ten seconds, on the page and to programs, and is there again once it answers', async () => {
    expect((await ask('/api/health')).statusCode).toBe(200)
    way.freeze()
    const before = performance.now()
    const answers = await Promise.all([...Array<string>(20).fill('/'), '/sign-in', '/api/health'].map(ask))
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(new Set(answers.map(({ statusCode, headers }) => `${statusCode} ${String(headers['retry-after'])}`))).toEqual(
      new Set(['503 10']),
    )
    way.thaw()
    await expect.poll(async () => (await ask('/api/health')).statusCode, { timeout: 10_000 }).toBe(200)
  })

  test('a question that takes long is no such thing: somebody new who knocks is answered', async () => {
    const slow = app.inject({ method: 'GET', url: '/api/health' })
    expect((await slow).statusCode).toBe(200)
  })
})
