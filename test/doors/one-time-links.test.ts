import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { permissions } from '#api/permissions.ts'
import { routes } from '#api/serve.ts'
import { portalPages } from '#api/portal/pages.tsx'
import { findSession } from '#platform/doors/sessions.ts'
import { demoController } from '#platform/config.ts'
import { flawOf } from '#engine/verify.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { eraseMatter } from '#records/privacy/erasure.ts'
import { retain } from '#records/privacy/retain.ts'
import { amendPerson } from '#records/people/people.ts'
import { readingsIn } from '#records/privacy/readings.ts'
import { reachableIn } from '#records/links/sending.ts'
import { mediating } from '#test/scenarios/mediating.ts'
import { refusalOf } from '#test/scenarios/scene.ts'
import { openedBy, pressed, sent, withdrawn, type Link } from '#test/linking.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

const { li, liu, guo, zhao, sun, ding, clockwork } = cast
const idNumber = '63010219800101123X'
const phone = '19900007788'

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

/** Li asks, and the other side, 马老三, was named and has no account. */
async function dispute(reached: object = { phone }, over: object = {}): Promise<{ m: Matter; holder: string }> {
  const m = await the.open(over)
  await the.link(m, await the.heldBy(m, 'applicant'), li)
  await the.invite(m, '马老三', reached)
  return { m: await w.read(m), holder: await the.heldBy(m, 'respondent') }
}

const stateOf = async (m: Matter) => (await w.read(m)).state
const doneBy = (its: Browser, m: Matter, action: string) => its.post(`/m/${m.code}/do/${action}`, { key: v7() })
const rowOf = ({ id }: Link) =>
  w.run(clockwork, (tx) => tx.db.selectFrom('seat_link').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
const isIn = async (its: Browser, m: Matter) => (await its.get(`/m/${m.code}`)).statusCode === 200
const told = ['马老三', '王桂英', '邻里', '调解申请']

describe('a letter with a link', () => {
  test('holds nobody’s name and nothing of the matter, on paper and as a text', async () => {
    const { m, holder } = await dispute()
    for (const way of ['paper', 'text'] as const) {
      const { letter, path } = await sent(w, m, holder, { way })
      expect(path).toMatch(/^\/l\/(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
      for (const word of [...told, m.code, m.number ?? '', phone]) expect(letter).not.toContain(word)
    }
  })

  test('only a digest of its secret is kept, and neither log nor audit holds it', async () => {
    const { m, holder } = await dispute()
    const { secret, code } = await sent(w, m, holder)
    const plain = secret.replaceAll('-', '')
    const kept = await w.run(clockwork, async (tx) => [
      ...(await tx.db.selectFrom('seat_link').selectAll().execute()),
      ...(await tx.db.selectFrom('audit').selectAll().execute()),
      ...(await tx.db.selectFrom('event').selectAll().where('id', '=', m.id).execute()),
    ])
    for (const its of [plain, secret, `"${code}"`]) expect(JSON.stringify(kept)).not.toContain(its)
  })

  test('the six digits that prove the person are not in the letter', async () => {
    const { m, holder } = await dispute()
    const { letter, code } = await sent(w, m, holder)
    expect(code).toMatch(/^\d{6}$/)
    expect(letter).not.toContain(code)
  })

  test('sent again under its id it is the same link', async () => {
    const { m, holder } = await dispute()
    const first = await sent(w, m, holder)
    expect(await sent(w, m, holder, { id: first.id })).toEqual(first)
    expect(await refusalOf(sent(w, m, holder, { id: first.id, proof: 'phone' }))).toBe('key_reused')
  })

  test('a phone that a text went to proves nobody', async () => {
    const { m, holder } = await dispute({ phone })
    expect(await refusalOf(sent(w, m, holder, { way: 'text', proof: 'phone' }))).toBe('not_applicable')
  })

  test('the end of an identity number proves nobody where someone at home knows it', async () => {
    const { m, holder } = await dispute({}, { gap: 'violence' })
    await identified(m, holder)
    expect(await refusalOf(sent(w, m, holder, { proof: 'idDigits' }))).toBe('not_applicable')
  })

  test('no text goes to somebody on the asking side who did not allow texts', async () => {
    const m = await the.open()
    const holder = await the.heldBy(m, 'applicant')
    expect(await refusalOf(sent(w, m, holder, { way: 'text' }))).toBe('not_applicable')
    expect((await sent(w, m, holder)).path).not.toBe('')
  })

  test('goes to nobody who has an account, and is sent by nobody but those who work on the matter', async () => {
    const { m, holder } = await dispute()
    expect(await refusalOf(sent(w, m, await the.heldBy(m, 'applicant')))).toBe('not_applicable')
    expect(await refusalOf(sent(w, m, holder, { who: li }))).toBe('not_permitted')
    expect(await refusalOf(sent(w, m, holder, { who: ding }))).toBe('not_permitted')
    expect(await refusalOf(sent(w, m, holder, { who: sun }))).toBe('not_found')
  })
})

const identified = (m: Matter, holder: string) =>
  w.run(clockwork, (tx) => amendPerson(tx, m.region, holder, { idNumber }))

describe('in the wrong hands', () => {
  test('a scanner that fetches everything a hundred times spends nothing, and is told nothing', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    const bodies = new Set<string>()
    for (let n = 0; n < 100; n++) {
      for (const url of [link.path, '/l', '/l/proof']) await app.inject({ method: n % 2 ? 'GET' : 'HEAD', url })
      bodies.add((await app.inject({ url: link.path })).body)
    }
    const [body = '', ...others] = bodies
    expect(others).toEqual([])
    expect(body.replaceAll(link.secret, '')).toBe((await app.inject({ url: '/l/AAAA-BBBB-CCCC-DDDD' })).body.replaceAll('AAAA-BBBB-CCCC-DDDD', ''))
    expect(await rowOf(link)).toMatchObject({ opened_at: null, tries: 0 })
    expect(await isIn(await openedBy(app, link), m)).toBe(true)
  })

  test('its address is told to no other site', async () => {
    const { headers } = await app.inject({ url: '/l/AAAA-BBBB-CCCC-DDDD' })
    expect([headers['referrer-policy'], headers['cache-control']]).toEqual(['same-origin', 'no-store'])
  })

  test('until the proof no page says more than that a body wrote', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    const its = browser(app)
    const pages = [await its.get(link.path), await its.post('/l', { secret: link.secret }), await its.get('/l/proof')]
    expect(pages.at(-1)?.body).toContain('人民调解委员会有一封信给您')
    for (const { body } of pages) for (const word of [...told, m.code, m.number ?? '', phone]) expect(body).not.toContain(word)
    expect(await isIn(its, m)).toBe(false)
  })

  test('without the proof it gives nothing, and after five wrong tries the link is of no use to anybody', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    const its = await pressed(app, link)
    for (const left of [4, 3, 2, 1]) expect((await its.post('/l/proof', { answer: '0000000' })).body).toContain(`还能试 ${left} 次`)
    expect((await its.post('/l/proof', { answer: '0000000' })).body).toContain('填错的次数太多')
    expect(await isIn(await openedBy(app, link), m)).toBe(false)
    const standing = await w.run(liu, async (tx) => (await reachableIn(tx, m))[0]?.last?.standing)
    expect(standing).toBe('tries')
  })

  test('the note of a browser is no proof, and another browser’s session is not got by it', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    const thief = await pressed(app, link)
    await openedBy(app, link)
    await thief.post('/l/proof', { answer: '' })
    expect([await isIn(thief, m), thief.jar.has('__Host-fahui')]).toEqual([false, false])
  })

  test('two presses of the right answer at once are one session', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    const its = await pressed(app, link)
    await Promise.all([1, 2].map(() => its.post('/l/proof', { answer: link.code })))
    const [one, other] = [await pressed(app, await sent(w, m, holder)), browser(app)]
    expect([await isIn(its, m), await isIn(one, m), await isIn(other, m)]).toEqual([false, false, false]) // sent anew: the first session is over
    const fresh = await sent(w, m, holder)
    const [left, right] = [await pressed(app, fresh), await pressed(app, fresh)]
    await Promise.all([left, right].map((one) => one.post('/l/proof', { answer: fresh.code })))
    expect([await isIn(left, m), await isIn(right, m)].filter(Boolean)).toHaveLength(1)
  })

  test('the same press sent twice from one browser answers the same session', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    const its = await pressed(app, link)
    const tokens = []
    for (let n = 0; n < 2; n++) {
      await its.post('/l/proof', { answer: link.code })
      tokens.push(its.jar.get('__Host-fahui'))
    }
    expect(tokens[0]).toBe(tokens[1])
    expect(await isIn(its, m)).toBe(true)
  })
})

describe('who proves to be the person', () => {
  test('by a code sent to their phone, where the letter went on paper', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder, { proof: 'phone' })
    const its = await pressed(app, link)
    const code = /\d{6}/.exec(w.gateway.sent.findLast(({ to }) => to === phone)?.text ?? '')?.[0] ?? ''
    expect((await its.post('/l/proof', { answer: code === '000000' ? '111111' : '000000' })).statusCode).toBe(422)
    expect((await its.post('/l/proof', { answer: code })).headers.location).toBe(`/m/${m.code}`)
    expect(await isIn(its, m)).toBe(true)
  })

  test('by the last four characters of their identity number, however they are typed', async () => {
    const { m, holder } = await dispute()
    await identified(m, holder)
    const link = await sent(w, m, holder, { way: 'text', proof: 'idDigits' })
    expect(await isIn(await openedBy(app, link, '123x'), m)).toBe(true)
  })
})

describe('a link lives', () => {
  test('to the end of its seventh day', async () => {
    const { m, holder } = await dispute()
    const [link, late] = [await sent(w, m, holder), await dispute()]
    const other = await sent(w, late.m, late.holder)
    w.at('2026-03-09T23:50')
    expect(await isIn(await openedBy(app, link), m)).toBe(true)
    w.at('2026-03-10T00:01')
    const its = await pressed(app, other)
    expect((await its.post('/l', { secret: other.secret })).body).toContain('过期了')
  })

  test('until another is sent: then the older is dead, and says that there is a newer', async () => {
    const { m, holder } = await dispute()
    const older = await sent(w, m, holder)
    const newer = await sent(w, m, holder)
    const { body, statusCode } = await browser(app).post('/l', { secret: older.secret })
    expect([statusCode, body.includes('请用新的那一封')]).toEqual([409, true])
    expect(await isIn(await openedBy(app, newer), m)).toBe(true)
  })

  test('once: a second person with the same letter and the same digits is told that it was used', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    await openedBy(app, link)
    const second = await openedBy(app, link)
    expect((await second.post('/l', { secret: link.secret })).body).toContain('已经用过了')
    expect(await isIn(second, m)).toBe(false)
  })

  test('until it is withdrawn: at once it opens nothing, and what it opened is over', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    const its = await openedBy(app, link)
    expect(await isIn(its, m)).toBe(true)
    await withdrawn(w, m, link)
    expect(await isIn(its, m)).toBe(false)
    expect((await doneBy(its, m, 'consent')).statusCode).toBe(401)
    expect(await stateOf(m)).toBe('consentPending')
    expect((await its.post('/l', { secret: link.secret })).body).toContain('收回')
  })

  test('until its holder leaves the seat', async () => {
    const { m, holder } = await dispute()
    await the.invite(m, '马老四')
    const link = await sent(w, m, holder)
    const its = await openedBy(app, link)
    await w.act(liu, m, 'release', { respondent: holder })
    expect(await isIn(its, m)).toBe(false)
  })

  test('until its holder has an account, whoever recorded it', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    await the.link(m, holder, cast.chen)
    expect(await isIn(its, m)).toBe(false)
  })

  test('until the matter is over; a session that is open reads what it came to', async () => {
    const [{ m, holder }, other] = [await dispute(), await dispute()]
    const its = await openedBy(app, await sent(w, m, holder))
    await doneBy(its, m, 'decline')
    expect(await stateOf(m)).toBe('declined')
    expect((await its.get(`/m/${m.code}`)).body).toContain('您说了不愿意调解')
    const link = await sent(w, other.m, other.holder)
    await w.act(li, other.m, 'withdraw')
    expect((await browser(app).post('/l', { secret: link.secret })).body).toContain('不用您答复了')
  })

  test('its session half an hour unused, and two hours in all', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    w.at('2026-03-02T10:29')
    expect(await isIn(its, m)).toBe(true)
    w.at('2026-03-02T11:00')
    expect(await isIn(its, m)).toBe(false)
    const again = await openedBy(app, await sent(w, m, holder))
    for (const time of ['11:25', '11:50', '12:15', '12:40', '12:59']) {
      w.at(`2026-03-02T${time}`)
      expect(await isIn(again, m)).toBe(true)
    }
    w.at('2026-03-02T13:00')
    expect(await isIn(again, m)).toBe(false)
  })

  test('whoever holds one that is of no use has the desk told, once', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    await withdrawn(w, m, link)
    for (let n = 0; n < 2; n++) expect((await browser(app).post('/l', { secret: link.secret, act: 'ask' })).body).toContain('已经告诉他们了')
    const asked = await w.run(liu, async (tx) => [
      (await reachableIn(tx, m))[0]?.last?.isAskedAgain,
      (await tx.db.selectFrom('message').select('id').where('matter', '=', m.id).where('template', '=', 'tellLinkAsked').execute()).length,
    ])
    expect(asked).toEqual([true, 1])
  })
})

describe('who came by a link (人民调解法 §17)', () => {
  test('answers without an account, as the side they are, and the log folds to it', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    expect((await its.get(`/m/${m.code}`)).body).toContain('同意调解')
    expect((await doneBy(its, m, 'consent')).headers.location).toBe(`/m/${m.code}`)
    expect(await stateOf(m)).toBe('accepted')
    expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()
  })

  test('signs their part, and no other', async () => {
    const { m, holder } = await dispute()
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
    const { m, holder } = await dispute({ phone }, { story: '墙砌到了我家院里。' })
    const its = await openedBy(app, await sent(w, m, holder))
    const { body } = await its.get(`/m/${m.code}`)
    for (const word of ['墙砌到了我家院里', '王桂英', '13900001111']) expect(body).not.toContain(word)
  })

  test('takes what their seat declares, and of its own line nothing else, whatever page asks', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    const line = w.on.lines.get('mediation')![0]!
    const others = Object.keys(line.actions).filter((key) => !line.seats['respondent']?.byLink?.includes(key))
    for (const key of others) expect([key, (await doneBy(its, m, key)).statusCode]).not.toEqual([key, 303])
    expect((await w.read(m)).version).toBe(m.version)
  })

  test('reaches the pages of that one matter, no other page and no part of the API', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    const pages = portalPages({ provinces: ['63'], controller: demoController, oidc: null, origin: undefined })
    const closed = [...routes, ...pages].filter(({ id }) => !permissions[id]?.some((door) => door === 'party' || door === 'visitor'))
    expect(closed.length).toBeGreaterThan(100)
    const named: Record<string, string> = { region: m.region, id: m.id, code: m.code }
    for (const { id, method, path } of closed) {
      const url = path.replaceAll(/:(\w+)/g, (_: string, name: string) => named[name] ?? 'x')
      const { statusCode } = await (method === 'GET' ? its.get(url) : path.startsWith('/api') ? its.json('POST', url, {}) : its.post(url, {}))
      expect([id, statusCode]).toEqual([id, 404])
    }
  })

  test('sits at no other table of theirs, not even at one that grew from this', async () => {
    const { m, holder } = await dispute()
    const other = await dispute()
    await w.on.database.owner((db) => sql`update standing set holder = ${holder}, party = ${holder} where matter = ${other.m.id} and seat = 'respondent'`.execute(db))
    const its = await openedBy(app, await sent(w, m, holder))
    expect([await isIn(its, m), await isIn(its, other.m)]).toEqual([true, false])
    const session = await findSession(w.on, its.jar.get('__Host-fahui') ?? '', w.now())
    expect(await w.run(session!.actor, (tx) => matterOf(tx, other.m))).toBeUndefined() // opened: it is there
  })

  test('who begins something else is somebody new there', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county: m.region })
    const session = await findSession(w.on, its.jar.get('__Host-fahui') ?? '', w.now())
    expect([session?.actor.kind, session?.actor.id === holder]).toEqual(['citizen', false])
  })

  test('leaves, and is out', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    const before = new Map(its.jar)
    await its.post('/sign-out', {})
    for (const [name, value] of before) its.jar.set(name, value)
    expect(await isIn(its, m)).toBe(false)
  })

  test('makes an account of it by signing in: the same seat is theirs by it, and the link’s session is over', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    const before = its.jar.get('__Host-fahui') ?? ''
    await its.post('/sign-in', { phone })
    const code = /\d{6}/.exec(w.gateway.sent.findLast(({ to }) => to === phone)?.text ?? '')?.[0] ?? ''
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
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    await openedBy(app, link)
    await withdrawn(w, m, link)
    const rows = await w.run(clockwork, (tx) =>
      tx.db.selectFrom('audit').select(['actor', 'detail']).where('matter', '=', m.id).where('kind', '=', 'oneTimeLink').orderBy('no').execute(),
    )
    expect(rows.map(({ actor, detail }) => [actor, (detail as { change: string }).change])).toEqual([
      [liu.id, 'sent'],
      [holder, 'opened'],
      [liu.id, 'withdrawn'],
    ])
  })

  test('the person is told at once that their link was opened, and the other side is not', async () => {
    const { m, holder } = await dispute()
    const its = await openedBy(app, await sent(w, m, holder))
    expect((await its.get(`/m/${m.code}`)).body).toContain('用寄给您的链接打开')
    expect(await w.run(li, async (tx) => (await readingsIn(tx, m)).map(({ kind }) => kind))).not.toContain('oneTimeLink')
  })

  test('the desk sees how it stands', async () => {
    const { m, holder } = await dispute()
    const seen = async () => {
      const desk = await signedIn(w, app, guo)
      const { links } = (await desk.json('GET', `/api/matters/${m.region}/${m.id}`)).json() as { links: { holder: string; last: { standing: string } | null }[] }
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
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    w.at('2026-04-08')
    await retain(w.on, w.now())
    expect((await rowOf(link)).id).toBe(link.id)
    w.at('2026-04-10')
    await retain(w.on, w.now())
    await expect(rowOf(link)).rejects.toThrow()
  })

  test('goes with what was said in the matter, and its session with it', async () => {
    const { m, holder } = await dispute()
    const link = await sent(w, m, holder)
    const its = await openedBy(app, link)
    await w.run(clockwork, (tx) => eraseMatter(tx, m))
    await expect(rowOf(link)).rejects.toThrow()
    expect(await isIn(its, m)).toBe(false)
  })
})
