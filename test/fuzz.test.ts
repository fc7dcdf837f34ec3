import fc, { type Arbitrary } from 'fast-check'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusals } from '#kernel/refusal.ts'
import type { Matter } from '#kernel/matter.ts'
import { portalPages } from '#api/portal/pages.tsx'
import { routes } from '#api/serve.ts'
import { legalAid } from '#lines/legal-aid/legal-aid.line.ts'
import { Problem } from '#platform/server.ts'
import { lawyers, officer, onePage, plantedCase, plantedDraft, putInto, registered } from './planted.ts'
import { signedIn, site, type Browser } from './site.ts'
import { cast, county, world, type World } from './world.ts'

/** Cases for each route and actor; a night's run sets it higher. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 7)

let w: World
let app: FastifyInstance
let matters: Matter[]
let actors: Record<string, Browser>
let asked = 0

beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  await lawyers(w)
  const filed = await plantedCase(w)
  const notice = await w.open(cast.liu, 'criminal-notice', { ground: 'minor', stage: 'trial', organ: '演示法院', organNumber: '演示1号' })
  matters = [filed, await plantedDraft(w), await w.open(cast.li, 'objection', { inTime: true }, { parent: filed.id }), notice]
  const everyDuty = officer(county, 'intake', 'reviewer', 'director', 'supervisor', 'manager', 'auditor')
  actors = { applicant: await signedIn(w, app, cast.li), officer: await signedIn(w, app, everyDuty), provider: await signedIn(w, app, cast.zhao) }
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Schema = {
  type?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}
type Operation = { operationId: string; parameters?: { name: string; in: string; schema: Schema }[]; requestBody?: { content: Record<string, { schema: Schema }> } }

const words = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('', '\0', '\ud800', 'constructor', '__proto__', '<script>', "' or 1=1 --", '%', '根据现有材料，理由已经书面说明清楚。'))
const days = fc.oneof(fc.constantFrom('0000-01-01', '0001-01-01', '9999-12-31', '1900-02-28', '2026-03-31', '2026-04-01', '2026-04-20'), fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)))
/** Something that exists, as often as not: only then is anything but the door tried. */
const ids = fc.oneof(fc.nat({ max: 3 }).map((n) => matters[n]?.id ?? ''), fc.constantFrom(registered.zhao, registered.qian), fc.uuid({ version: 7 }))

function texts({ format, pattern, minLength = 0, maxLength = 80 }: Schema): Arbitrary<unknown> {
  if (format === 'uuid') return ids
  if (format === 'date') return days
  if (pattern === '^\\d{6}$') return fc.oneof({ arbitrary: fc.constant(county), weight: 4 }, { arbitrary: fc.stringMatching(/^\d{6}$/), weight: 1 })
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  return fc.oneof(fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 60) }), fc.constant('长'.repeat(Math.min(maxLength, 4000))), words)
}

/** A value the schema admits, or nearly. */
function value(schema: Schema): Arbitrary<unknown> {
  const { anyOf = schema.oneOf, items = {}, properties = {}, required = [], minimum = -1e6, maximum = 1e6 } = schema
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  if (anyOf) return fc.oneof(...anyOf.map(value))
  switch (schema.type) {
    case 'string':
      return texts(schema)
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: Math.max(minimum, -1e6), max: Math.min(maximum, 1e6) }), fc.constantFrom(minimum, maximum))
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(value(items), { maxLength: 4 })
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, value(one)])), { requiredKeys: required })
    default:
      return fc.jsonValue({ maxDepth: 3 })
  }
}

/** The same with something wrong: a field too many, too few, or of another kind. */
const spoiled = (schema: Schema): Arbitrary<unknown> =>
  fc.oneof(
    fc.jsonValue(),
    fc.tuple(value(schema), fc.constantFrom(...Object.keys(schema.properties ?? { none: {} })), fc.oneof(fc.jsonValue(), words)).map(([right, name, wrong]) => ({ ...(right as object), [name]: wrong })), // bodies are objects
    fc.tuple(value(schema), words).map(([right, name]) => ({ ...(right as object), [name]: 1 })), // bodies are objects
  )

const data = {
  matterCode: 'M31-5', forWhom: 'self', route: 'exempt', channel: 'web', isPrivate: false, isUnder14: false, topic: 'wages', contact: 'page', replacingFrom: 'handling', servedOn: '2026-04-01',
  asked: { missing: [], until: '2026-03-20' }, assessment: { proposal: 'grant', urgent: true, topPriority: false }, outcome: { result: 'won', concludedOn: '2026-04-01', claimedFen: 1, recoveredFen: 1, hearings: 0, meetings: 0, confirmation: 'claimed' },
}
const states = fc.constantFrom(...Object.keys(legalAid.states).filter((state) => state !== 'draft'))

type Asked = { state: string; path: Record<string, unknown>; query: Record<string, unknown>; body: unknown; isCurrent: boolean }

function requests({ parameters = [], requestBody }: Operation): Arbitrary<Asked> {
  const among = (where: string) => fc.record(Object.fromEntries(parameters.filter((one) => one.in === where).map(({ name, schema }) => [name, where === 'query' ? fc.oneof(value(schema), words) : value(schema)])), where === 'query' ? { requiredKeys: [] } : {})
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema
  const body = schema ? fc.oneof({ arbitrary: value(schema), weight: 3 }, { arbitrary: spoiled(schema), weight: 1 }) : fc.constant(undefined)
  return fc.record({ state: states, path: among('path'), query: among('query'), body, isCurrent: fc.boolean() })
}

/** Puts the version that holds into half of the bodies, so that what lies behind the version is tried too. */
async function current(body: unknown, id: unknown): Promise<unknown> {
  const matter = matters.find((one) => one.id === id)
  if (!matter || typeof body !== 'object' || body === null || !('version' in body)) return body
  return { ...body, version: (await w.read(matter)).version }
}

const payloadOf = (operation: Operation, body: unknown): Pick<InjectOptions, 'payload' | 'headers'> => {
  if (body === undefined) return {}
  if (!operation.requestBody?.content['multipart/form-data']) return { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const fields = Object.entries(Object(body) as object).map(([name, text]) => `--b\r\ncontent-disposition: form-data; name="${encodeURIComponent(name)}"\r\n\r\n${String(text)}\r\n`)
  return { headers: { 'content-type': 'multipart/form-data; boundary=b' }, payload: Buffer.concat([Buffer.from(`${fields.join('')}--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`), onePage, Buffer.from('\r\n--b--\r\n')]) }
}

const ask = (who: Browser, { headers, ...request }: InjectOptions) => {
  asked++
  return app.inject({ ...request, headers: { ...headers, 'sec-fetch-site': 'same-origin', cookie: [...who.jar].map(([name, token]) => `${name}=${token}`).join('; ') } })
}

/** Below 500, and every no says which and why, in words. */
function expectAnswered(answer: LightMyRequestResponse, what: string): void {
  expect(answer.statusCode, `${what} → ${answer.body.slice(0, 300)}`).toBeLessThan(500)
  if (answer.statusCode < 400) return
  const { code, message } = Problem.parse(answer.json())
  expect([code in refusals, /[\u4e00-\u9fff]/.test(message)], what).toEqual([true, true])
}

const address = (path: string, named: Record<string, unknown>) => path.replaceAll(/\{(\w+)\}|:(\w+)/g, (_, one?: string, other?: string) => encodeURIComponent(String(named[one ?? other ?? ''])))
const encodable = (fields: Record<string, unknown>) => new URLSearchParams(Object.entries(fields).map(([name, text]) => [name, String(text)])).toString()

/** Leaving would end the session the rest is tried with. */
const tried = routes.filter(({ id }) => id !== 'account.signOut')

describe('whatever is asked over the API is answered, by whomever it is asked (TRUST R10)', () => {
  test.each(tried.map(({ id, method, path }) => [id, method, path] as const))('%s', async (id, method, path) => {
    const documented = path.replaceAll(/:(\w+)/g, '{$1}')
    const operation = (app.swagger().paths?.[documented] as Record<string, Operation> | undefined)?.[method.toLowerCase()] // every route is in the document, or the next line fails
    expect(operation?.operationId).toBe(id)
    for (const [name, who] of Object.entries(actors))
      await fc.assert(
        fc.asyncProperty(requests(operation as Operation), async ({ state, path: named, query, body, isCurrent }) => {
          await putInto(w, matters[0] as Matter, { state, data, assignee: cast.zhao.id, documents: ['report', 'agreement'] })
          const sent = isCurrent ? await current(body, named['id']) : body
          const url = `${address(path, named)}?${encodable(query)}`
          expectAnswered(await ask(who, { method, url, ...payloadOf(operation as Operation, sent) }), `${name}: ${method} ${url} ${JSON.stringify(sent)?.slice(0, 500)}`)
        }),
        { numRuns: runs, seed: 20260401 },
      )
  })

  test('of which there were at least fifteen hundred', () => {
    expect(asked).toBeGreaterThanOrEqual(1500)
  })
})

describe('whatever form is posted to the portal, its page is shown', () => {
  const names = ['story', 'county', 'kind', 'matter', 'key', 'version', 'name', 'idNumber', 'phone', 'code', 'secret', 'consents', 'reason', 'confirmed', 'files', 'read', 'safe', 'fen', 'since', 'via', 'through', 'language', 'text', 'back', 'from']
  const forms = fc.array(fc.tuple(fc.constantFrom(...names), fc.oneof(words, days, fc.constantFrom('yes', 'true', county, v7(), '13800000000', '11010519491231002X', '-1', '1.2万'))), { maxLength: 8 })
  const places = fc.record({
    code: fc.oneof({ arbitrary: fc.nat({ max: 3 }).map((n) => matters[n]?.code ?? ''), weight: 5 }, { arbitrary: words, weight: 1 }),
    question: fc.oneof(fc.constantFrom('person', 'kind', 'amount', 'documents', 'contact', 'notice'), words),
    kind: fc.oneof(fc.constantFrom('evidence', 'identity'), words),
    action: fc.oneof(fc.constantFrom(...Object.keys(legalAid.actions)), words),
    id: ids,
  })
  const pages = portalPages({ provinces: ['63', '21'], oidc: null, origin: undefined }).filter(({ id }) => id !== 'portal.signOut')

  test.each(pages.map(({ id, method, path }) => [id, method, path] as const))('%s', async (_, method, path) => {
    await fc.assert(
      fc.asyncProperty(places, forms, states, async (named, fields, state) => {
        await putInto(w, matters[0] as Matter, { state, data, assignee: cast.zhao.id })
        const body = new URLSearchParams(fields).toString()
        const url = address(path, named)
        const request = method === 'GET' ? { method, url: `${url}?${body}` } : { method, url, payload: body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
        const { statusCode, body: page } = await ask(actors['applicant'] as Browser, request)
        expect(statusCode, `${method} ${url} ${body} → ${page.slice(0, 300)}`).toBeLessThan(500)
        expect(page).not.toContain('<script>')
      }),
      { numRuns: 3 * runs, seed: 20260401 },
    )
  })
})
