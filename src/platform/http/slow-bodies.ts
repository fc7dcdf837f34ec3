import type { FastifyInstance, FastifyRequest } from 'fastify'

/** How many bytes a body must bring in how long. */
export type Slowest = { everyMs: number; bytes: number }

/** A body that comes slower than a telephone on the worst line holds a place for nobody: 5 kB in 20 s. One that keeps this pace may take as long as it needs. */
const usual: Slowest = { everyMs: 20_000, bytes: 5_000 }

/** Ends connections whose body drips; a body that waits for us (a busy handler, a full buffer) is not the sender's doing and stays. */
export function cutSlowBodies(app: FastifyInstance, { everyMs, bytes } = usual): void {
  const under = new Map<FastifyRequest, number>()
  app.addHook('onRequest', async (request, reply) => {
    under.set(request, request.raw.socket.bytesRead)
    reply.raw.once('close', () => under.delete(request))
  })
  const timer = setInterval(() => {
    for (const [request, before] of under) {
      const { complete, socket } = request.raw
      if (complete) under.delete(request)
      else if (!request.raw.isPaused() && socket.bytesRead - before < bytes) socket.destroy()
      else under.set(request, socket.bytesRead)
    }
  }, everyMs)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}
