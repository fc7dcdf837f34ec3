import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { prove } from '#records/links/opening.ts'
import { reachableIn } from '#records/links/sending.ts'
import { amendPerson } from '#records/people/people.ts'
import { codeSent, dispute, doneBy, isIn, openedBy, phone, pressed, rowOf, sent, withdrawn } from '#test/linking.ts'
import { mediating } from '#test/scenarios/mediating.ts'
import { refusalOf } from '#test/scenarios/scene.ts'
import { browser, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

const { li, liu, sun, ding, clockwork } = cast
const idNumber = '63010219800101123X'

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
const told = ['马老三', '王桂英', '邻里', '调解申请']

describe('a letter with a link', () => {
  test('holds nobody’s name and nothing of the matter, on paper and as a text', async () => {
    const { m, holder } = await dispute(w)
    for (const way of ['paper', 'text'] as const) {
      const { letter, path } = await sent(w, m, holder, { way })
      expect(path).toMatch(/^\/l\/(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
      for (const word of [...told, m.code, m.number ?? '', phone]) expect(letter).not.toContain(word)
    }
  })

  test('only a digest of its secret is kept, and neither log nor audit holds it', async () => {
    const { m, holder } = await dispute(w)
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
    const { m, holder } = await dispute(w)
    const { letter, code } = await sent(w, m, holder)
    expect(code).toMatch(/^\d{6}$/)
    expect(letter).not.toContain(code)
  })

  test('sent again under its id it is the same link', async () => {
    const { m, holder } = await dispute(w)
    const first = await sent(w, m, holder)
    expect(await sent(w, m, holder, { id: first.id })).toEqual(first)
    expect(await refusalOf(sent(w, m, holder, { id: first.id, proof: 'phone' }))).toBe('key_reused')
  })

  test('a phone that a text went to proves nobody', async () => {
    const { m, holder } = await dispute(w, { phone })
    expect(await refusalOf(sent(w, m, holder, { way: 'text', proof: 'phone' }))).toBe('not_applicable')
  })

  test('the end of an identity number proves nobody where someone at home knows it', async () => {
    const { m, holder } = await dispute(w, {}, { gap: 'violence' })
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
    const { m, holder } = await dispute(w)
    expect(await refusalOf(sent(w, m, await the.heldBy(m, 'applicant')))).toBe('not_applicable')
    expect(await refusalOf(sent(w, m, holder, { who: li }))).toBe('not_permitted')
    expect(await refusalOf(sent(w, m, holder, { who: ding }))).toBe('not_permitted')
    expect(await refusalOf(sent(w, m, holder, { who: sun }))).toBe('not_found')
  })
})

const identified = (m: Matter, holder: string) => w.run(clockwork, (tx) => amendPerson(tx, m.region, holder, { idNumber }))

describe('in the wrong hands', () => {
  test('a scanner that fetches everything a hundred times spends nothing, and is told nothing', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    const bodies = new Set<string>()
    for (let n = 0; n < 100; n++) {
      for (const url of [link.path, '/l', '/l/proof']) await app.inject({ method: n % 2 ? 'GET' : 'HEAD', url })
      bodies.add((await app.inject({ url: link.path })).body)
    }
    const [body = '', ...others] = bodies
    expect(others).toEqual([])
    expect(body.replaceAll(link.secret, '')).toBe(
      (await app.inject({ url: '/l/AAAA-BBBB-CCCC-DDDD' })).body.replaceAll('AAAA-BBBB-CCCC-DDDD', ''),
    )
    expect(await rowOf(w, link)).toMatchObject({ opened_at: null, tries: 0 })
    expect(await isIn(await openedBy(app, link), m)).toBe(true)
  })

  test('its address is told to no other site', async () => {
    const { headers } = await app.inject({ url: '/l/AAAA-BBBB-CCCC-DDDD' })
    expect([headers['referrer-policy'], headers['cache-control']]).toEqual(['same-origin', 'no-store'])
  })

  test('until the proof no page says more than that a body wrote', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    const its = browser(app)
    const pages = [await its.get(link.path), await its.post('/l', { secret: link.secret }), await its.get('/l/proof')]
    expect(pages.at(-1)?.body).toContain('人民调解委员会有一封信给您')
    for (const { body } of pages) for (const word of [...told, m.code, m.number ?? '', phone]) expect(body).not.toContain(word)
    expect(await isIn(its, m)).toBe(false)
  })

  test('without the proof it gives nothing, and after five wrong tries the link is of no use to anybody', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    const its = await pressed(app, link)
    for (const left of [4, 3, 2, 1]) expect((await its.post('/l/proof', { answer: '0000000' })).body).toContain(`还能试 ${left} 次`)
    expect((await its.post('/l/proof', { answer: '0000000' })).body).toContain('填错的次数太多')
    expect(await isIn(await openedBy(app, link), m)).toBe(false)
    const standing = await w.run(liu, async (tx) => (await reachableIn(tx, m))[0]?.last?.standing)
    expect(standing).toBe('tries')
  })

  test('the note of a browser is no proof, and another browser’s session is not got by it', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    const thief = await pressed(app, link)
    await openedBy(app, link)
    await thief.post('/l/proof', { answer: '' })
    expect([await isIn(thief, m), thief.jar.has('__Host-fahui')]).toEqual([false, false])
  })

  test('of right answers at once from several browsers one opens a session', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    const trying = { answer: link.code, session: null, source: { ip: '127.0.0.1', sender: null } }
    const proved = await Promise.all(
      ['a', 'b', 'c', 'd'].map((its) => prove(w.on, { region: m.region, id: link.id, browser: its }, trying, w.now())),
    )
    expect(proved.filter((one) => 'token' in one)).toHaveLength(1)
  })

  test('the same press sent twice from one browser answers the same session', async () => {
    const { m, holder } = await dispute(w)
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
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder, { proof: 'phone' })
    const its = await pressed(app, link)
    const code = codeSent(w)
    expect((await its.post('/l/proof', { answer: code === '000000' ? '111111' : '000000' })).statusCode).toBe(422)
    expect((await its.post('/l/proof', { answer: code })).headers.location).toBe(`/m/${m.code}`)
    expect(await isIn(its, m)).toBe(true)
  })

  test('by the last four characters of their identity number, however they are typed', async () => {
    const { m, holder } = await dispute(w)
    await identified(m, holder)
    const link = await sent(w, m, holder, { way: 'text', proof: 'idDigits' })
    expect(await isIn(await openedBy(app, link, '123x'), m)).toBe(true)
  })
})

describe('a link lives', () => {
  test('to the end of its seventh day', async () => {
    const { m, holder } = await dispute(w)
    const [link, late] = [await sent(w, m, holder), await dispute(w)]
    const other = await sent(w, late.m, late.holder)
    w.at('2026-03-09T23:50')
    expect(await isIn(await openedBy(app, link), m)).toBe(true)
    w.at('2026-03-10T00:01')
    const its = await pressed(app, other)
    expect((await its.post('/l', { secret: other.secret })).body).toContain('过期了')
  })

  test('until another is sent: then the older is dead, and says that there is a newer', async () => {
    const { m, holder } = await dispute(w)
    const older = await sent(w, m, holder)
    const newer = await sent(w, m, holder)
    const { body, statusCode } = await browser(app).post('/l', { secret: older.secret })
    expect([statusCode, body.includes('请用新的那一封')]).toEqual([409, true])
    expect(await isIn(await openedBy(app, newer), m)).toBe(true)
  })

  test('once: a second person with the same letter and the same digits is told that it was used', async () => {
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    await openedBy(app, link)
    const second = await openedBy(app, link)
    expect((await second.post('/l', { secret: link.secret })).body).toContain('已经用过了')
    expect(await isIn(second, m)).toBe(false)
  })

  test('until it is withdrawn: at once it opens nothing, and what it opened is over', async () => {
    const { m, holder } = await dispute(w)
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
    const { m, holder } = await dispute(w)
    await the.invite(m, '马老四')
    const link = await sent(w, m, holder)
    const its = await openedBy(app, link)
    await w.act(liu, m, 'release', { respondent: holder })
    expect(await isIn(its, m)).toBe(false)
  })

  test('until its holder has an account, whoever recorded it', async () => {
    const { m, holder } = await dispute(w)
    const its = await openedBy(app, await sent(w, m, holder))
    await the.link(m, holder, cast.chen)
    expect(await isIn(its, m)).toBe(false)
  })

  test('until the matter is over; a session that is open reads what it came to', async () => {
    const [{ m, holder }, other] = [await dispute(w), await dispute(w)]
    const its = await openedBy(app, await sent(w, m, holder))
    await doneBy(its, m, 'decline')
    expect(await stateOf(m)).toBe('declined')
    expect((await its.get(`/m/${m.code}`)).body).toContain('您说了不愿意调解')
    const link = await sent(w, other.m, other.holder)
    await w.act(li, other.m, 'withdraw')
    expect((await browser(app).post('/l', { secret: link.secret })).body).toContain('不用您答复了')
  })

  test('its session half an hour unused, and two hours in all', async () => {
    const { m, holder } = await dispute(w)
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
    const { m, holder } = await dispute(w)
    const link = await sent(w, m, holder)
    await withdrawn(w, m, link)
    for (let n = 0; n < 2; n++)
      expect((await browser(app).post('/l', { secret: link.secret, act: 'ask' })).body).toContain('已经告诉他们了')
    const asked = await w.run(liu, async (tx) => [
      (await reachableIn(tx, m))[0]?.last?.isAskedAgain,
      (await tx.db.selectFrom('message').select('id').where('matter', '=', m.id).where('template', '=', 'tellLinkAsked').execute()).length,
    ])
    expect(asked).toEqual([true, 1])
  })
})
