import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { leaveAtOnce } from '#platform/http/leaving.ts'

let app: FastifyInstance
let begun: PromiseWithResolvers<void>
let go: PromiseWithResolvers<void>
beforeEach(async () => {
  begun = Promise.withResolvers()
  go = Promise.withResolvers()
  app = Fastify()
  leaveAtOnce(app)
  app.get('/', async () => 'here')
  app.post('/', async ({ body }) => {
    begun.resolve()
    await go.promise
    return body
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
})

async function saying(text: string): Promise<{ socket: Socket; heard: Promise<string> }> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1') // it listens
  socket.on('error', () => {}) // it is ended by the server
  let said = ''
  socket.on('data', (chunk) => (said += chunk.toString()))
  await once(socket, 'connect')
  socket.write(text)
  const heard = new Promise<string>((resolve) => socket.once('close', () => resolve(said)))
  return { socket, heard }
}

const post = (body: string, length = body.length) =>
  `POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`

describe('a server that is told to stop waits for what it has in hand, and for nothing else (S-L4)', () => {
  test.each([
    ['a connection on which nothing was said', ''],
    ['half a head', 'POST / HTTP/1.1\r\nhos'],
    ['half a body', post('"', 100)],
  ])('not for %s', async (_, text) => {
    const { heard } = await saying(text)
    const before = performance.now()
    await app.close()
    expect(performance.now() - before).toBeLessThan(1000)
    expect(await heard).toBe('')
  })

  test('not for a connection that is kept for a next request', async () => {
    const { socket, heard } = await saying('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
    await once(socket, 'data')
    await app.close()
    expect(await heard).toContain('here')
  })

  test('but a request that came whole is answered', async () => {
    const { heard } = await saying(post('"done"'))
    await begun.promise
    const closed = app.close()
    go.resolve()
    await closed
    expect(await heard).toContain('done')
  })
})
