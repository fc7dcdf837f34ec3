import { text } from 'node:stream/consumers'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoController } from '#platform/config.ts'
import type { Matter } from '#kernel/matter.ts'
import { consume } from '#engine/consume.ts'
import { consumers } from '#api/consumers.ts'
import { permissions } from '#api/permissions.ts'
import { lines } from '#lines/services.ts'
import { routes, streams } from '#api/serve.ts'
import { portalPages } from '#api/portal/pages.tsx'
import { documentPage } from '#api/matter/documents.ts'
import { feedPage } from '#api/calendar/feed.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { listParties } from '#records/people/people.ts'
import { startReplay } from '#records/settings/replays.ts'
import { proposeSetting } from '#records/settings/setting-drafts.ts'
import { access, proposedId } from './expected-access.ts'
import { about, type Subject } from '#test/access-scenes.ts'
import { addCountyOffices } from '#test/offices.ts'
import { subjects } from '#test/line-scenes.ts'
import { theCase } from '#test/lines/legal-aid.ts'
import { addColleague, lawyers, onePage, planted, putInto } from '#test/planted.ts'
import { plantAll } from '#test/planting.ts'
import { everyone, roles, type Expectation, type Role } from '#test/roles.ts'
import type { Scene } from '#test/scene.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

type Target = Pick<Matter, 'region' | 'id' | 'code'> & { document: string; version: number }
const names = Object.keys(roles) as Role[] // keys of the record
const oidc = { issuer: 'https://identity.invalid', clientId: 'fahui', clientSecret: 'none' }
const pages = [...portalPages({ provinces: ['63', '21'], controller: demoController, oidc, origin: undefined }), documentPage, feedPage]
const listening = streams.map((its) => ({ ...its, method: 'GET' as const }))
const doors = new Map([...routes, ...pages, ...listening].map(({ id, method, path }) => [id, { method, path }]))

let w: World
let app: FastifyInstance
let cookies: Record<Role, string>
let matters: ReadonlyMap<string, Matter>
let person: string
let document: string

beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  await w.run(cast.clockwork, addCountyOffices)
  await lawyers(w)
  await addColleague(w)
  cookies = Object.fromEntries(await Promise.all(names.map(async (role) => [role, await cookieOf(role)]))) as typeof cookies // every role
  matters = await plantAll(w)
  const filed = matterOf(theCase)
  await w.run(roles.manager, async (tx) => {
    const its = { region: '63', key: 'hardship.verificationMethods', validFrom: '2026-05-01', value: ['dataQuery'], note: '演示依据' }
    await proposeSetting(tx, { id: proposedId, ...its })
    await startReplay(tx, proposedId, v7())
  })
  ;[person, document] = await w.run(cast.li, async (tx) => [
    (await listParties(tx, filed)).find(({ role }) => role === 'recipient')?.person ?? '',
    (await tx.db.selectFrom('document').select('id').where('matter', '=', filed.id).executeTakeFirstOrThrow()).id,
  ])
})
const matterOf = ({ name }: { name: string }): Matter => matters.get(name)! // all are planted

afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

async function cookieOf(role: Role): Promise<string> {
  const who = roles[role]
  if (!who) return ''
  return [...(await signedIn(w, app, who)).jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

const form = (fields: object) => new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString()

function multipart(fields: object): Pick<InjectOptions, 'payload' | 'headers'> {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${String(value)}\r\n`,
  )
  const file = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n`
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([Buffer.from(parts.join('') + file), onePage, Buffer.from('\r\n--b--\r\n')]),
  }
}

/** What each kind of request carries besides what its scene asks. */
function bodyOf(id: string, { asks }: Scene, { region, id: matter, version }: Target): object {
  if (id === 'matter.reveal') return { person, ...asks }
  if (id === 'note.add') return { key: v7(), ...asks }
  if (id === 'document.add') return { key: v7(), ...asks }
  if (id.startsWith('setting.')) {
    const { fresh, ...its } = { ...asks }
    return typeof fresh === 'string' ? { ...its, [fresh]: v7() } : its
  }
  if (id === 'bulk.preview') return { matters: [{ region, id: matter }] }
  if (/\.(open|takeIn)$/.test(id)) return { region, id: v7(), ...asks, ...(asks?.['parent'] === true && { parent: matter }) }
  if (lines.some(({ key }) => id.startsWith(`${key}.`))) return { version, key: v7(), input: asks ?? {} }
  if (id === 'account.signIn') return { ...asks, login: v7() } // one login tried so often would wait
  if (id === 'portal.sendCode') return { phone: `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}` }
  return id.startsWith('portal.') ? { key: v7(), ...asks } : (asks ?? {})
}

function requestOf(id: string, scene: Scene, target: Target): InjectOptions {
  const { method, path } = doors.get(id) ?? { method: 'GET' as const, path: '/none' }
  const isFile = path.includes('/file/') || path.startsWith('/api/documents')
  const named: Record<string, string> = {
    region: target.region,
    id: isFile ? target.document : target.id,
    code: target.code,
    topics: `matter.${target.region}.${target.id}`,
    ...scene.path,
  }
  const url = path.replaceAll(/:(\w+)/g, (_, name: string) => named[name] ?? '') + (queries[id] ?? '')
  if (method === 'GET') return { method, url }
  const body = bodyOf(id, scene, target)
  if (scene.withFile) return { method, url, ...multipart(body) }
  if (path.startsWith('/api')) return { method, url, payload: body }
  return { method, url, payload: form(body), headers: { 'content-type': 'application/x-www-form-urlencoded' } }
}

/** What has to be asked in the address. */
const queries: Record<string, string> = {
  'office.list': '?region=6301',
  'practitioner.list': '?region=6301',
  'calendar.list': '?from=2026-04-01&to=2026-04-30',
}

const send = (role: Role, { headers, ...request }: InjectOptions): Promise<Answered> => {
  const asked = { ...request, headers: { ...headers, 'sec-fetch-site': 'same-origin', cookie: cookies[role] } }
  return String(request.url).startsWith('/api/live') ? hear(asked) : app.inject(asked)
}

type Answered = Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body' | 'json'>

/** A stream that is opened does not end by itself. */
async function hear(asked: InjectOptions): Promise<Answered> {
  const answer = await app.inject({ ...asked, payloadAsStream: true })
  const open = answer.statusCode === 200
  const body = open ? '' : await text(answer.stream())
  if (open) answer.stream().destroy()
  return { statusCode: answer.statusCode, headers: answer.headers, body, json: () => JSON.parse(body) as never }
}

/** What was answered, in the table's words; a page that shows the way in is a question who you are. */
function said({ statusCode, headers }: Answered): Expectation | number {
  if (statusCode === 401 || (statusCode === 303 && headers.location === '/return')) return 'sign in'
  if (statusCode === 200 || statusCode === 303) return 'ok'
  if (statusCode === 404) return 'hidden'
  return [403, 409, 422].includes(statusCode) ? 'reason' : statusCode
}

/** A page of refusal gives back the address and the form as they were sent: what is left is what the service adds of its own. */
const withoutAsked = (body: string, { code }: Target) =>
  body.replaceAll(code, '').replaceAll(/"requestId":"[0-9a-f]+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}/g, '')
const nowhere = (): Target => ({ region: county, id: v7(), code: newMatterCode(), document: v7(), version: 1 })

async function stand(scene: Scene): Promise<Target> {
  if (!scene.of) return nowhere()
  const matter = matterOf({ name: scene.of })
  // What the scene before opened against it stands no more.
  await w.run(cast.clockwork, async (tx) => {
    const children = tx.db.updateTable('matter').where('parent', '=', matter.id)
    await children.set({ is_open: false }).execute()
    await children.where('line', '=', 'objection').set({ state: 'withdrawn' }).execute()
  })
  return { ...matter, document, ...(await putInto(w, matter, scene.standing)) }
}

/** Everything that is wrong with what one role is answered. */
async function flawsOf(id: string, scene: Scene, role: Role, target: Target): Promise<string[]> {
  const expected = scene.expected(role)
  const answer = await send(role, requestOf(id, scene, target))
  const flaws = []
  const got = said(answer)
  if (got !== (expected === 'not here' ? 'hidden' : expected))
    flaws.push(`${role} is told “${got}” where “${expected}” is meant: ${answer.body.slice(0, 160)}`)
  if (got !== 'ok')
    flaws.push(
      ...Object.entries(planted)
        .filter(([, value]) => answer.body.includes(value))
        .map(([what]) => `${role} is refused and shown the ${what}`),
    )
  if (expected === 'hidden' && scene.of) {
    const other = { ...nowhere(), version: target.version }
    const none = await send(role, requestOf(id, scene, other))
    if (none.statusCode !== answer.statusCode || withoutAsked(none.body, other) !== withoutAsked(answer.body, target))
      flaws.push(`${role} can tell from a matter that does not exist: ${answer.body.slice(0, 160)} ≠ ${none.body.slice(0, 160)}`)
  }
  return flaws
}

describe('lists show a region only its own', () => {
  test.each(names.filter((role) => access['queue.list']?.expected(role) === 'ok'))('the queue of %s', async (role) => {
    for (const subject of subjects) await stand(about(subject)(everyone))
    const { body } = await send(role, { method: 'GET', url: '/api/queue?purpose=all&limit=100' })
    const sees = (subject: Subject) => body.includes(matterOf(subject).id)
    expect(subjects.filter(sees)).toEqual(subjects.filter(({ seen, worker }) => seen.includes(role) && (role !== 'assigned' || worker)))
    for (const value of [planted.name, planted.idNumber, planted.phone, planted.story]) expect(body).not.toContain(value)
  })

  test.each(['/api/measures', '/api/figures'])('while the figures of %s are the same for all who work here', async (url) => {
    await consume(w.on, consumers, w.now())
    const all = await Promise.all(
      names.filter((role) => access['measure.list']?.expected(role) === 'ok').map((role) => send(role, { method: 'GET', url })),
    )
    expect(all[0]?.body.length).toBeGreaterThan(2)
    expect(new Set(all.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
  })

  test('an auditor of another province reads nothing of this one in the audit', async () => {
    await send(
      'reviewer',
      requestOf('matter.read', access['matter.read'] ?? access['health.read']!, { ...matterOf(theCase), document, version: 1 }),
    ) // both are in the table: the first test asserts it
    const rows = async (role: Role) =>
      (
        (await send(role, { method: 'GET', url: '/api/audit?limit=200' })).json() as { matter: string | null; region: string | null }[]
      ).filter(({ region }) => region?.startsWith('63'))
    expect((await rows('auditor')).some(({ matter }) => matter === matterOf(theCase).id)).toBe(true)
    expect(await rows('auditorElsewhere')).toEqual([])
  })
})

test.each(['clerk', 'reviewer', 'director', 'supervisor', 'manager', 'auditor', 'assigned'] as const)(
  '%s reads no name and no number in full without asking for it with a reason (个人信息保护法 §28)',
  async (role) => {
    await putInto(w, matterOf(theCase), { state: 'handling', assignee: cast.zhao.id })
    const { body, statusCode } = await send(
      role,
      requestOf('matter.read', access['matter.read']!, { ...matterOf(theCase), document, version: 1 }),
    ) // in the table: the next test asserts it
    expect(statusCode).toBe(200)
    expect(Object.keys(planted).filter((what) => what !== 'story' && body.includes(planted[what as keyof typeof planted]))).toEqual([]) // keys of the record
  },
)

describe('who may knock, and what they are answered (ARCHITECTURE, decision 2)', () => {
  test('every route and every page is in the table, and nothing else', () => {
    expect(Object.keys(access).toSorted()).toEqual([...doors.keys()].toSorted())
    expect(Object.keys(permissions).toSorted()).toEqual([...doors.keys()].toSorted())
  })

  test.each(Object.keys(access))('%s', async (id) => {
    const scene = access[id]! // a key of the table
    let target = await stand(scene)
    const flaws = []
    for (const role of names) {
      flaws.push(...(await flawsOf(id, scene, role, target)))
      if (scene.of && scene.expected(role) === 'ok') target = await stand(scene)
    }
    expect(flaws).toEqual([])
  })
})
