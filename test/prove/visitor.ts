import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What was answered, how long it took, and for a page its text. */
export type Answered = { status: number; ms: number; location: string; text: string }

type Body = { type: string; bytes: Iterable<Buffer>; length: number }

/** A body of one piece. */
export const whole = (type: string, text: string): Body => ({ type, bytes: [Buffer.from(text)], length: Buffer.byteLength(text) })

export const form = (fields: Record<string, string>): Body =>
  whole('application/x-www-form-urlencoded', new URLSearchParams(fields).toString())

/** Somebody at a browser who comes from an address of their own: on this machine all of 127.0.0.0/8 is there for that. */
export function visitor(origin: string, from: string) {
  const jar = new Map<string, string>()
  const { port } = new URL(origin)
  async function ask(method: 'GET' | 'POST', path: string, body?: Body): Promise<Answered> {
    const began = performance.now()
    const headers = {
      host: `localhost:${port}`,
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      'sec-fetch-site': 'same-origin',
      ...(body && { 'content-type': body.type, 'content-length': body.length }),
    }
    const asking = request({ host: '127.0.0.1', port, path, method, localAddress: from, agent: false, headers })
    const answer = once(asking, 'response') as Promise<[IncomingMessage]> // what a request emits by that name
    const sent = pipeline(Readable.from(body?.bytes ?? []), asking).catch(() => {}) // an answer that comes before the body is whole is one all the same
    const [response] = await answer
    let text = ''
    for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
    await sent
    for (const cookie of response.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    return { status: response.statusCode ?? 0, ms: performance.now() - began, location: response.headers.location ?? '', text }
  }
  return {
    get: (path: string) => ask('GET', path),
    post: (path: string, body: Body) => ask('POST', path, body),
    /** Begins an application; answers its path. */
    async begin(): Promise<string> {
      const { location, status } = await ask('POST', '/', form({ story: '在工地干了三个月，没有拿到工钱。', county: '630102' }))
      if (!location.startsWith('/m/')) throw new Error(`An application could not be begun: ${status}`)
      return location.replace('/next', '')
    },
  }
}

export type Visitor = ReturnType<typeof visitor>
