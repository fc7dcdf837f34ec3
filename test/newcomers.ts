import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { v7 } from 'uuid'
import { over } from '#kernel/actor.ts'
import { browser, type Browser } from './site.ts'
import { county, type World } from './world.ts'

/** What every newcomer chooses. */
export const password = '山路上看见一匹白色的马'.padEnd(14, '。')

/** A status and what came with it. */
export type Answer = {
  status: number
  body: { code?: string; detail?: { issues?: { path: string; message: string }[] } } & Record<string, unknown>
}
/** Asks a route as its page would. */
export const ask = async (its: Browser | undefined, path: string, body?: object): Promise<Answer> => {
  const answer = await its!.json(body ? 'POST' : 'GET', path, body) // everyone asked for is at a desk
  return { status: answer.statusCode, body: answer.json() }
}

/** Somebody to be added, of one's own county and at the window unless `its` says otherwise. */
export const newcomerOf = (its: object = {}) => {
  const id = v7()
  return { id, login: `x${id}`, name: '演示新人', grants: over(county, 'intake'), practitioner: null, ...its }
}

/** The six digits of an authenticator at the world's moment. */
export const totpAt = (w: World, secret: unknown): string =>
  new TOTP({ secret: Secret.fromBase32(String(secret)) }).generate({ timestamp: w.now().getTime() })

type Asked = { id: string; waiting: { id: string; why: string | null } | null }

/** What waits for an account, as an administrator sees it. */
export const waitingFor = async (by: Browser | undefined, id: string): Promise<Asked['waiting']> =>
  ((await ask(by, `/api/users/${id}`)).body as unknown as Asked).waiting

/** Confirms, as this administrator, what waits for an account. */
export const confirmedBy = async (by: Browser | undefined, id: string): Promise<Answer> =>
  ask(by, `/api/users/${id}/confirm`, { request: (await waitingFor(by, id))?.id ?? v7() })

/** The half of a code in an answer, of whoever asked or of whoever confirmed. */
export const halfIn = ({ body }: Answer): string => {
  const { half } = body as { half?: string | { half: string } | null }
  return typeof half === 'string' ? half : (half?.half ?? '')
}

type Two = { by: Browser | undefined; second: Browser | undefined }

/** The code of somebody two administrators add: half from the one, half from the other. */
export async function codeOf({ by, second }: Two, person: { id: string }): Promise<string> {
  const first = halfIn(await ask(by, '/api/users', person))
  return first + halfIn(await confirmedBy(second, person.id))
}

type Where = Two & { w: World; app: FastifyInstance }

/** Somebody two administrators added, set up by their code, and their browser. */
export async function enrolled({ w, app, ...two }: Where, over: object = {}) {
  const person = newcomerOf(over)
  const code = await codeOf(two, person)
  const its = browser(app)
  const { secret } = (await ask(its, '/api/enrol/open', { code })).body
  const entered = await ask(its, '/api/enrol', { code, password, totp: totpAt(w, secret) })
  return { ...person, its, secret, code, entered }
}
