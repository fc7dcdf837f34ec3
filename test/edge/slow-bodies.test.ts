import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cutSlowBodies } from '#platform/http/slow-bodies.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = Fastify()
  cutSlowBodies(app, { everyMs: 1000, bytes: 500 })
  app.post('/', async ({ body }) => body)
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.close())

/** A form of `length` bytes begun over a connection of its own, a piece every twenty milliseconds until the connection ends. */
async function dripping(piece: string, length: number): Promise<{ socket: Socket; answer: Promise<string> }> {
  const { port } = app.server.address() as AddressInfo // it listens
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => {}) // it is ended by the server
  socket.write(`POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`)
  let left = length
  const timer = setInterval(() => {
    if (left <= 0) return
    socket.write(piece.slice(0, left))
    left -= piece.length
  }, 20)
  let said = ''
  socket.on('data', (chunk) => (said += chunk.toString()))
  const answer = once(socket, 'close').then(() => {
    clearInterval(timer)
    return said
  })
  return { socket, answer }
}

test('a body that drips is cut, and gets no answer (S-L5)', async () => {
  const { answer } = await dripping('1', 100_000)
  expect(await answer).toBe('')
})

test('one that keeps the pace of a poor line is waited for to its end', async () => {
  const { answer } = await dripping('1'.repeat(400), 30_000)
  expect(await answer).toContain('200 OK')
})
