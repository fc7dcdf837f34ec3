import fc, { type Arbitrary } from 'fast-check'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoController } from '#platform/config.ts'
import { everyNo } from '#test/refusing.ts'
import type { Matter } from '#kernel/matter.ts'
import { portalPages } from '#api/portal/pages.tsx'
import { routes } from '#api/serve.ts'
import { plain } from '#kernel/line.ts'
import { declared } from '#lines/services.ts'
import { legalAid } from '#lines/legal-aid/legal-aid.line.ts'
import { Problem } from '#platform/http/server.ts'
import { lawyers, officer, onePage, plantedCase, plantedDraft, putInto, registered } from '#test/planted.ts'
import { days, valuesOf, words, type Schema } from './from-schema.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

/** Cases for each route and actor; a night's run sets it higher. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 4)

let w: World
let app: FastifyInstance
let matters: Matter[]
let actors: Record<string, Browser>
const answered: Record<number, number> = {}

beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  await lawyers(w)
  const filed = await plantedCase(w)
  const notice = await w.open(cast.liu, 'criminal-notice', { ground: 'minor', stage: 'trial', organ: '演示法院', organNumber: '演示1号' })
  matters = [filed, await plantedDraft(w), await w.open(cast.li, 'objection', { inTime: true }, { parent: filed.id }), notice]
  const everyDuty = officer(county, 'intake', 'reviewer', 'director', 'supervisor', 'manager')
  actors = {
    applicant: await signedIn(w, app, cast.li),
    officer: await signedIn(w, app, everyDuty),
    auditor: await signedIn(w, app, officer(county, 'auditor')),
    provider: await signedIn(w, app, cast.zhao),
  }
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Operation = {
  operationId: string
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

/** Something that exists, as often as not: only then is anything but the door tried. */
const ids = fc.oneof(
  fc.nat({ max: 3 }).map((n) => matters[n]?.id ?? ''),
  fc.constantFrom(registered.zhao, registered.qian),
  fc.uuid({ version: 7 }),
)

const { value, spoiled } = valuesOf(ids)

const data = {
  matterCode: 'M31-5',
  forWhom: 'self',
  route: 'exempt',
  channel: 'web',
  isPrivate: false,
  isUnder14: false,
  topic: 'wages',
  contact: 'page',
  replacingFrom: 'handling',
  servedOn: '2026-04-01',
  asked: { missing: [], until: '2026-03-20' },
  assessment: { proposal: 'grant', urgent: true, topPriority: false },
  outcome: { result: 'won', concludedOn: '2026-04-01', claimedFen: 1, recoveredFen: 1, hearings: 0, meetings: 0, confirmation: 'claimed' },
}
const states = fc.constantFrom(...Object.keys(legalAid.states).filter((state) => state !== 'draft'))

type Asked = { state: string; path: Record<string, unknown>; query: Record<string, unknown>; body: unknown; isLive: boolean }

function requests({ operationId, parameters = [], requestBody }: Operation): Arbitrary<Asked> {
  const among = (where: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === where)
          .map(({ name, schema }) => [name, where === 'query' ? fc.oneof(value(schema), words) : value(schema)]),
      ),
      where === 'query' ? { requiredKeys: [] } : {},
    )
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema
  const body = schema
    ? fc.oneof({ arbitrary: value(schema), weight: 3 }, { arbitrary: spoiled(schema), weight: 1 })
    : fc.constant(undefined)
  const [line = '', key = ''] = operationId.split('.')
  const its = declared.lines.get(line)?.[0] ?? plain(legalAid)
  const any = fc.constantFrom(...Object.keys(its.states))
  const from = its.actions[key]?.from ?? []
  const state = from.length ? fc.oneof({ arbitrary: fc.constantFrom(...from), weight: 3 }, { arbitrary: any, weight: 1 }) : any
  return fc.record({ state, path: among('path'), query: among('query'), body, isLive: fc.nat({ max: 3 }).map((n) => n > 0) })
}

const placeOf: Readonly<Record<string, number>> = { objection: 2, 'criminal-notice': 3 }

/** Three times in four the request is about the line's own matter at the version that holds, so that what lies behind the door is tried. */
async function live(id: string, { state, path, body, isLive }: Asked): Promise<Pick<Asked, 'path' | 'body'>> {
  const matter = matters[placeOf[id.split('.')[0] ?? ''] ?? 0] as Matter // all are planted
  const { version } = await putInto(w, matter, { state, data, assignee: cast.zhao.id, documents: ['report', 'agreement'] })
  if (!isLive) return { path, body }
  const isVersioned = typeof body === 'object' && body !== null && 'version' in body
  return { path: { ...path, region: county, ...('id' in path && { id: matter.id }) }, body: isVersioned ? { ...body, version } : body }
}

const payloadOf = (operation: Operation, body: unknown): Pick<InjectOptions, 'payload' | 'headers'> => {
  if (body === undefined) return {}
  if (!operation.requestBody?.content['multipart/form-data'])
    return { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const fields = Object.entries(Object(body) as object).map(
    ([name, text]) => `--b\r\ncontent-disposition: form-data; name="${encodeURIComponent(name)}"\r\n\r\n${String(text)}\r\n`,
  )
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([
      Buffer.from(`${fields.join('')}--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`),
      onePage,
      Buffer.from('\r\n--b--\r\n'),
    ]),
  }
}

const ask = (who: Browser, { headers, ...request }: InjectOptions) => {
  return app.inject({
    ...request,
    headers: { ...headers, 'sec-fetch-site': 'same-origin', cookie: [...who.jar].map(([name, token]) => `${name}=${token}`).join('; ') },
  })
}

/** Below 500, and every no says which and why, in words. */
function expectAnswered(answer: LightMyRequestResponse, what: string): void {
  answered[answer.statusCode] = (answered[answer.statusCode] ?? 0) + 1
  expect(answer.statusCode, `${what} → ${answer.body.slice(0, 300)}`).toBeLessThan(500)
  if (answer.statusCode < 400) return
  const { code, message } = Problem.parse(answer.json())
  expect([everyNo.some((one) => one.code === code), /[\u4e00-\u9fff]/.test(message)], what).toEqual([true, true])
}

const address = (path: string, named: Record<string, unknown>) =>
  path.replaceAll(/\{(\w+)\}|:(\w+)/g, (_, one?: string, other?: string) =>
    encodeURIComponent(String(named[one ?? other ?? '']).toWellFormed()),
  )
const encodable = (fields: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(fields).map(([name, text]) => [name, String(text)])).toString()

/** Leaving would end the session the rest is tried with. */
const tried = routes.filter(({ id }) => id !== 'account.signOut')

describe('whatever is asked over the API is answered, by whomever it is asked (TRUST R10)', () => {
  test.each(tried.map(({ id, method, path }) => [id, method, path] as const))('%s', async (id, method, path) => {
    const documented = path.replaceAll(/:(\w+)/g, '{$1}')
    const operation = (app.swagger().paths?.[documented] as Record<string, Operation> | undefined)?.[method.toLowerCase()] // every route is in the document, or the next line fails
    expect(operation?.operationId).toBe(id)
    for (const [name, who] of Object.entries(actors))
      await fc.assert(
        fc.asyncProperty(requests(operation as Operation), async (drawn) => {
          const { path: named, body } = await live(id, drawn)
          const url = `${address(path, named)}?${encodable(drawn.query)}`
          const answer = await ask(who, { method, url, ...payloadOf(operation as Operation, body) })
          expectAnswered(answer, `${name}: ${method} ${url} ${JSON.stringify(body)?.slice(0, 500)}`)
        }),
        { numRuns: runs, seed: 20260401 },
      )
  })

  test('of which there were at least fifteen hundred, and more than the doors were tried', () => {
    expect(answered[200]).toBeGreaterThan(50)
    expect(Object.values(answered).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1000)
  })
})

describe('whatever form is posted to the portal, its page is shown', () => {
  const names = [
    'story',
    'county',
    'kind',
    'matter',
    'key',
    'version',
    'name',
    'idNumber',
    'phone',
    'code',
    'secret',
    'consents',
    'reason',
    'confirmed',
    'files',
    'read',
    'safe',
    'fen',
    'since',
    'via',
    'way',
    'about',
    'again',
    'language',
    'text',
    'back',
    'from',
  ]
  const forms = fc.array(
    fc.tuple(
      fc.constantFrom(...names),
      fc.oneof(words, days, fc.constantFrom('yes', 'true', county, v7(), '13800000000', '11010519491231002X', '-1', '1.2万')),
    ),
    { maxLength: 8 },
  )
  const places = fc.record({
    code: fc.oneof({ arbitrary: fc.nat({ max: 3 }).map((n) => matters[n]?.code ?? ''), weight: 5 }, { arbitrary: words, weight: 1 }),
    question: fc.oneof(fc.constantFrom('person', 'kind', 'amount', 'documents', 'contact', 'notice'), words),
    kind: fc.oneof(fc.constantFrom('evidence', 'identity'), words),
    action: fc.oneof(fc.constantFrom(...Object.keys(legalAid.actions)), words),
    id: ids,
  })
  const pages = portalPages({ provinces: ['63', '21'], controller: demoController, oidc: null, origin: undefined }).filter(
    ({ id }) => id !== 'portal.signOut',
  )

  test.each(pages.map(({ id, method, path }) => [id, method, path] as const))('%s', async (_, method, path) => {
    await fc.assert(
      fc.asyncProperty(places, forms, states, async (named, fields, state) => {
        await putInto(w, matters[0] as Matter, { state, data, assignee: cast.zhao.id })
        const body = new URLSearchParams(fields).toString()
        const url = address(path, named)
        const request =
          method === 'GET'
            ? { method, url: `${url}?${body}` }
            : { method, url, payload: body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
        const { statusCode, body: page } = await ask(actors['applicant'] as Browser, request)
        expect(statusCode, `${method} ${url} ${body} → ${page.slice(0, 300)}`).toBeLessThan(500)
        expect(page).not.toContain('<script>')
      }),
      { numRuns: 3 * runs, seed: 20260401 },
    )
  })
})
