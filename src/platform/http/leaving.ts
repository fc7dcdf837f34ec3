import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Has a server that stops wait for the requests it has in hand alone: a connection on which nothing, or only half of something, was sent is ended at once. */
export function leaveAtOnce(app: FastifyInstance): void {
  const inHand = new Map<Socket, IncomingMessage | null>()
  app.server.on('connection', (socket: Socket) => {
    inHand.set(socket, null)
    socket.once('close', () => inHand.delete(socket))
  })
  app.addHook('onRequest', async ({ raw }, reply) => {
    if (!inHand.has(raw.socket)) return // none that was ever connected
    inHand.set(raw.socket, raw)
    reply.raw.once('close', () => inHand.has(raw.socket) && inHand.set(raw.socket, null))
  })
  app.addHook('preClose', async () => {
    for (const [socket, request] of inHand) if (!request?.complete) socket.destroy()
  })
}
