import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Browser } from './site.ts'
import { refusals, type No } from '#kernel/refusal.ts'
import { services } from '#lines/services.ts'
import { cast, type World } from './world.ts'

/** Every "no" that can be said: the platform's, and each service's own. */
export const everyNo: readonly Pick<No, 'code' | 'own'>[] = [
  ...Object.keys(refusals).map((code) => ({ code })),
  ...services.flatMap((service) => Object.entries(service.refusals).map(([code, own]) => ({ code, own }))),
]

const chinese = /[\u4e00-\u9fff]/
const counted = ['event', 'matter', 'answer', 'document', 'person'].map((table) => `(select count(*) from ${table}) as ${table}`)

/** How much is written of what a person can write. */
export const written = async (w: World): Promise<unknown> =>
  (await w.run(cast.clockwork, (tx) => sql`select ${sql.raw(counted.join(', '))}`.execute(tx.db))).rows[0]

/** Asks, and asserts what every refusal is: no fault, said in Chinese, and nothing written. */
export async function refusedBy(w: World, ask: () => Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse> {
  const before = await written(w)
  const answer = await ask()
  expect(answer.statusCode, answer.body.slice(0, 500)).toBeGreaterThanOrEqual(400)
  expect(answer.statusCode, answer.body.slice(0, 500)).toBeLessThan(500)
  expect(answer.body).toMatch(chinese)
  expect(await written(w)).toEqual(before)
  return answer
}

/** A refusal on the wire. */
export type Refused = { code: string; message: string; detail: { version?: number; issues?: { path: string; message: string }[] } }

/** Status, code and the fields a refusal names; each of them must be said in Chinese. */
export function problem(answer: LightMyRequestResponse): [number, string, ...string[]] {
  const { code, message, detail } = answer.json<Refused>()
  expect(message).toMatch(chinese)
  for (const issue of detail.issues ?? []) expect(issue.message).toMatch(chinese)
  return [answer.statusCode, code, ...(detail.issues ?? []).map(({ path }) => path)]
}

/** What a browser's cookies say of it. */
export const cookieOf = (who: Browser): string => [...who.jar].map(([name, value]) => `${name}=${value}`).join('; ')

/** Posts bytes as they stand. */
export const rawTo =
  (app: FastifyInstance) =>
  (who: Browser, url: string, payload: string | Buffer, type = 'application/json'): Promise<LightMyRequestResponse> =>
    app.inject({ method: 'POST', url, payload, headers: { 'content-type': type, 'sec-fetch-site': 'same-origin', cookie: cookieOf(who) } })

/** The kind of body `filled` makes. */
export const filledType = 'multipart/form-data; boundary=b'

/** A form as a browser sends it when there are files in it. */
export function filled(fields: Record<string, string>, files: readonly { name: string; bytes: Buffer }[], field = 'file'): Buffer {
  const text = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  const sent = files.flatMap(({ name, bytes }) => [
    Buffer.from(`--b\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...text, ...sent, Buffer.from('--b--\r\n')])
}
