import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { holdersIn } from '#kernel/seat.ts'
import type { Matter } from '#kernel/matter.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { flawOf } from '#engine/verify.ts'
import { permissions } from '#api/permissions.ts'
import { findSession } from '#platform/doors/sessions.ts'
import { eraseMatter } from '#records/privacy/erasure.ts'
import { readingsIn } from '#records/privacy/readings.ts'
import { retain } from '#records/privacy/retain.ts'
import { codeSent, dispute, doneBy, isIn, openedBy, phone, rowOf, sent, withdrawn } from '#test/linking.ts'
import { mediating } from '#test/scenarios/mediating.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

const { li, liu, guo, zhao, clockwork } = cast

let w: World
let app: FastifyInstance
let the: ReturnType<typeof mediating>
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  the = mediating(w)
  app = await site(w)
})
beforeEach(() => w.at('2026-03-02'))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const stateOf = async (m: Matter) => (await w.read(m)).state

describe('who came by a link (人民调解法 §17)', () => {
  test('answers without an account, as the side they are, and the log folds to it', async () => {
    const { m, holder } = await dispute(w)
    const its = await openedBy(app, await sent(w, m, holder))
    expect((await its.get(`/m/${m.code}`)).body).toContain('同意调解')
    expect((await doneBy(its, m, 'consent')).headers.location).toBe(`/m/${m.code}`)
    expect(await stateOf(m)).toBe('accepted')
    expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()
  })

  test('signs their part, and no other', async () => {
    const { m, holder } = await dispute(w)
    await doneBy(await openedBy(app, await sent(w, m, holder)), m, 'consent')
    await w.act(liu, m, 'appoint', { mediators: [zhao.id], presiding: zhao.id })
    await w.act(zhao, m, 'begin')
    await the.proposed(await w.read(m))
    const its = await openedBy(app, await sent(w, m, holder))
    await doneBy(its, m, 'sign')
    expect((await w.read(m)).joint['sign']).toEqual([holder])
    expect((await its.get(`/m/${m.code}`)).body).toContain('协议书文本')
  })

  test('reads what was shown to them and what is theirs, and nothing of the other side', async () => {
    const { m, holder } = await dispute(w, { phone }, { story: '墙砌到了我家院里。' })
    const its = await openedBy(app, await sent(w, m, holder))
    const { body } = await its.get(`/m/${m.code}`)
    for (const word of ['墙砌到了我家院里', '王桂英', '13900001111']) expect(body).not.toContain(word)
  })

  test('takes what their seat declares, and of its own line nothing else, whatever page asks', async () => {
    const { m, holder } = await dispute(w)
    const its = await openedBy(app, await sent(w, m, holder))
    const line = w.on.lines.get('mediation')![0]!
    const others = Object.keys(line.actions).filter((key) => !line.seats['respondent']?.byLink?.includes(key))
    for (const key of others) expect([key, (await doneBy(its, m, key)).statusCode]).toEqual([key, 403])
    expect((await w.read(m)).version).toBe(m.version)
  })

  test('reaches the pages of that one matter, no other page and no part of the API', async () => {
    const open = Object.entries(permissions).flatMap(([id, doors]) => (doors.includes('party') ? id : []))
    const pages = ['track', 'letter', 'do', 'backFromAction', 'upload', 'addDocument', 'document']
    expect(open.toSorted()).toEqual(pages.map((page) => `portal.${page}`).toSorted())
    const { m, holder } = await dispute(w)
    const its = await openedBy(app, await sent(w, m, holder))
    const [page, api] = [`/m/${m.code}`, `/api/matters/${m.region}/${m.id}`]
    for (const url of [
      '/mine',
      '/readings',
      `${page}/proxy`,
      `${page}/receipt`,
      `${page}/share/answer/story`,
      api,
      '/api/me',
      '/api/queue',
    ])
      expect([url, (await its.get(url)).statusCode]).toEqual([url, 404])
    const asked = { version: m.version, key: v7(), input: {} }
    expect((await its.json('POST', `/api/mediation/${m.region}/${m.id}/consent`, asked)).statusCode).toBe(404)
  })

  test('sits at no other table of theirs, not even at one that grew from this', async () => {
    const { m, holder } = await dispute(w)
    const other = await dispute(w)
    await w.on.database.owner((db) =>
      sql`update standing set holder = ${holder}, party = ${holder} where matter = ${other.m.id} and seat = 'respondent'`.execute(db),
    )
    const its = await openedBy(app, await sent(w, m, holder))
    expect([await isIn(its, m), await isIn(its, other.m)]).toEqual([true, false])
    const session = await findSession(w.on, its.jar.get('__Host-fahui') ?? '', w.now())
    expect(await w.run(session!.actor, (tx) => matterOf(tx, other.m))).toBeUndefined() // opened: it is there
  })

  test('who begins something else is somebody new there', async () => {
    const { m, holder } = await dispute(w)
    const its = await openedBy(app, await sent(w, m, holder))
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county: m.region })
    const session = await findSession(w.on, its.jar.get('__Host-fahui') ?? '', w.now())
    expect([session?.actor.kind, session?.actor.id === holder]).toEqual(['citizen', false])
  })

  test('leaves, and is out', async () => {
    const { m, holder } = await dispute(w)
    const its = await openedBy(app, await sent(w, m, holder))
    const before = new Map(its.jar)
    await its.post('/sign-out', {})
    for (const [name, value] of before) its.jar.set(name, value)
    expect(await isIn(its, m)).toBe(false)
  })

  test('makes an account of it by signing in: the same seat is theirs by it, and the link’s session is over', async () => {
    const { m, holder } = await dispute(w)
    const its = await openedBy(app, await sent(w, m, holder))
    const before = its.jar.get('__Host-fahui') ?? ''
    await its.post('/sign-in', { phone })
    const code = codeSent(w)
    await its.post('/sign-in/code', { phone, code })
    const [seat] = holdersIn(await w.read(m), 'respondent')
    expect([seat?.id, seat?.party, seat?.account === null]).toEqual([holder, holder, false])
    expect([await isIn(its, m), await findSession(w.on, before, w.now())]).toEqual([true, null])
    expect((await its.get('/mine')).body).toContain(m.code)
    expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()
    expect((await (await signedIn(w, app, li)).get(`/m/${m.code}`)).body).not.toContain('您登录了')
  })
})

describe('who is told', () => {
  test('the audit holds who sent it, and that it was opened, by which proof', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    await openedBy(app, link)
    await withdrawn(w, m, link)
    const rows = await w.run(clockwork, (tx) =>
      tx.db
        .selectFrom('audit')
        .select(['actor', 'detail'])
        .where('matter', '=', m.id)
        .where('kind', '=', 'oneTimeLink')
        .orderBy('no')
        .execute(),
    )
    expect(rows.map(({ actor, detail }) => [actor, (detail as { change: string }).change])).toEqual([
      [liu.id, 'sent'],
      [holder, 'opened'],
      [liu.id, 'withdrawn'],
    ])
  })

  test('the person is told at once that their link was opened, and the other side is not', async () => {
    const { m, holder } = await dispute(w)
    const its = await openedBy(app, await sent(w, m, holder))
    expect((await its.get(`/m/${m.code}`)).body).toContain('用寄给您的链接打开')
    expect(await w.run(li, async (tx) => (await readingsIn(tx, m)).map(({ kind }) => kind))).not.toContain('oneTimeLink')
  })

  test('the desk sees how it stands', async () => {
    const { m, holder } = await dispute(w)
    const seen = async () => {
      const desk = await signedIn(w, app, guo)
      const { links } = (await desk.json('GET', `/api/matters/${m.region}/${m.id}`)).json() as {
        links: { holder: string; last: { standing: string } | null }[]
      }
      return links.map((one) => [one.holder, one.last?.standing])
    }
    expect(await seen()).toEqual([[holder, undefined]])
    const link = await sent(w, m, holder)
    expect(await seen()).toEqual([[holder, 'sent']])
    await openedBy(app, link)
    expect(await seen()).toEqual([[holder, 'opened']])
  })
})

describe('what is kept of a link', () => {
  test('goes thirty days after its last day', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    w.at('2026-04-08')
    await retain(w.on, w.now())
    expect((await rowOf(w, link)).id).toBe(link.id)
    w.at('2026-04-10')
    await retain(w.on, w.now())
    await expect(rowOf(w, link)).rejects.toThrow('no result')
  })

  test('goes with what was said in the matter, and its session with it', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    const its = await openedBy(app, link)
    await w.run(clockwork, (tx) => eraseMatter(tx, m))
    await expect(rowOf(w, link)).rejects.toThrow('no result')
    expect(await isIn(its, m)).toBe(false)
  })
})
