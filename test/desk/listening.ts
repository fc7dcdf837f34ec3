import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { MatterId } from '#kernel/matter.ts'
import type { Browser } from '#test/site.ts'

/** One word of a stream, as a browser would hear it. */
export type Heard = { event: string; id: string | null; data: unknown }

/** Where a server answers on a socket of its own. */
export async function listening(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` // a TCP server's address
}

/** The topic of a matter. */
export const topicOf = ({ region, id }: MatterId) => `matter.${region}.${id}`

/** A browser's open stream about some topics: `next` waits for the next word, and answers undefined when the stream has ended. */
export async function listen(url: string, its: Browser, topics: readonly string[], lastId?: string) {
  const close = new AbortController()
  const cookie = [...its.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(`${url}/api/live/${topics.join(',')}`, {
    headers: { cookie, ...(lastId && { 'last-event-id': lastId }) },
    signal: close.signal,
  })
  const words = response.body ? wordsIn(response.body) : null
  return {
    response,
    next: async (): Promise<Heard | undefined> => (await words?.next())?.value,
    close: () => close.abort(),
  }
}

async function* wordsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<Heard, undefined> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of body) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.startsWith('event:')) yield wordOf(part)
  }
  return undefined
}

function wordOf(part: string): Heard {
  const fields = new Map(part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
  return { event: fields.get('event') ?? '', id: fields.get('id') ?? null, data: JSON.parse(fields.get('data') ?? 'null') as unknown }
}
