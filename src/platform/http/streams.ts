import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { refuse } from '#kernel/refusal.ts'
import type { AnyStream, Door, Word } from './route.ts'
import type { Serving } from './serving.ts'

/** A line of silence this often keeps proxies from closing a quiet stream; most wait a minute. */
const beatMs = 15_000
/** How soon a browser that lost the connection tries again. */
const retryMs = 3000

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx would hold the words back until its buffer is full.
  'x-accel-buffering': 'no',
  // Kept alive after its last word, the connection would keep the server from stopping.
  connection: 'close',
}

type Open = { close: AbortController; done: Promise<void> }

/** How streams are added to a server. Those still open when it stops are ended first, and waited for. */
export function streaming(app: FastifyInstance, { on, now }: Serving) {
  const open = new Set<Open>()
  app.addHook('preClose', async () => {
    for (const { close } of open) close.abort()
    await Promise.all(Array.from(open, ({ done }) => done))
  })
  const send = (words: AsyncIterable<Word>, close: AbortController): PassThrough => {
    const out = new PassThrough()
    out.once('close', () => close.abort())
    const its: Open = {
      close,
      done: pump(words, out, close.signal)
        .catch((error: unknown) => close.signal.aborted || on.log.error({ err: error }, 'stream'))
        .then(() => void open.delete(its)),
    }
    open.add(its)
    return out
  }
  return (stream: AnyStream, doors: readonly Door[]): void => {
    app.route({
      method: 'GET',
      url: stream.path,
      schema: { hide: true, params: stream.params },
      config: { isWatching: true, doors },
      handler: async (request, reply) => {
        const close = new AbortController()
        const session = request.session ?? refuse('sign_in_first')
        const lastId = String(request.headers['last-event-id'] ?? '') || null
        const words = await stream.open(on, { params: request.params, session, lastId }, { now, signal: close.signal })
        return reply.headers(headers).send(send(words, close))
      },
    })
  }
}

async function pump(words: AsyncIterable<Word>, out: PassThrough, signal: AbortSignal): Promise<void> {
  out.write(`retry: ${retryMs}\n\n`)
  const beat = setInterval(() => out.write(':\n\n'), beatMs)
  try {
    for await (const word of words) if (!out.write(textOf(word))) await once(out, 'drain', { signal })
  } finally {
    clearInterval(beat)
    out.end()
  }
}

/** JSON has no bare line break, which would end the event. */
const textOf = ({ event, id, data }: Word): string => `event: ${event}\n${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(data)}\n\n`
