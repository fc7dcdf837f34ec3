import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays } from '#kernel/calendar/calendar.ts'
import type { Matter } from '#kernel/matter.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { toldOf } from '#engine/words.ts'
import { verifyAll } from '#engine/verify.ts'
import { findOrAddCitizenByPhone } from '#records/accounts/accounts.ts'
import { answersOf } from '#records/people/answers.ts'
import { partyRows } from '#records/people/people.ts'
import { mustBeKept } from '#records/privacy/erasure.ts'
import { retain } from '#records/privacy/retain.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { advice, consulting } from './consulting.ts'

const { li, liu, chen, clockwork } = cast

let w: World
let app: FastifyInstance
let the: ReturnType<typeof consulting>
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  the = consulting(w)
  app = await site(w)
})
beforeEach(() => w.at('2026-03-02T09:00'))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const leftOf = (m: Matter) =>
  w.run(clockwork, async (tx) => ({
    said: (await answersOf(tx, m)).size,
    names: (await partyRows(tx, [m])).filter(({ name }) => name !== null).length,
    reply: JSON.stringify((await toldOf(tx, m, 'zh')).events).includes(advice),
    kind: (await matterOf(tx, m))?.data['kind'],
  }))
/** Named, answered and closed in time. */
async function closed(): Promise<Matter> {
  w.at('2026-03-02T09:00')
  const m = await the.ask({ person: { naming: 'named', name: '马兰花' } })
  await the.answer(m)
  w.at('2026-03-19T10:00')
  await w.sweep()
  return w.read(m)
}

describe('what is kept of a consultation, and how long (个人信息保护法 §19; RULEBOOK §4.7)', () => {
  test('five years after its end who asked, what, and the answer are gone; that somebody asked about such a thing stays, and verifies', async () => {
    const m = await closed()
    w.at(addDays('2026-03-19', 1820))
    await retain(w.on, w.now())
    expect(await leftOf(m)).toEqual({ said: 5, names: 1, reply: true, kind: 'land' })
    w.at(addDays('2026-03-19', 1830))
    expect((await retain(w.on, w.now())).find((row) => row.class === 'advice')).toMatchObject({ found: 1, done: 1 })
    expect(await leftOf(m)).toEqual({ said: 0, names: 0, reply: false, kind: 'land' })
    expect(await verifyAll(w.on, w.now())).toMatchObject({ ok: true, wrong: [] })
  })

  test('asked for by its person, it is deleted before: it is no case file (§47)', async () => {
    const m = await closed()
    expect(await w.run(clockwork, async (tx) => mustBeKept(tx, (await matterOf(tx, m))!))).toBe(false) // just made
    w.at('2026-03-20T10:00')
    const request = await w.open(li, 'data-request', {}, { parent: m.id })
    await w.act(li, request, 'submit', { wants: 'delete', recipient: v7(), channel: 'web' })
    await the.act(cast.wang, request, 'fulfil', { reply: '已经照您的要求删除了。' })
    await w.settle()
    expect(await leftOf(m)).toMatchObject({ said: 0, names: 0, reply: false })
  })

  test('its page is the person’s copy: what they asked, the answer, who looked and when (§45)', async () => {
    const m = await the.ask()
    await the.answer(m)
    await (await signedIn(w, app, liu)).json('GET', `/api/matters/${m.region}/${m.id}`)
    w.at('2026-03-04T10:00')
    const page = (await (await signedIn(w, app, li)).get(`/m/${m.code}`)).body
    for (const shown of ['租约还有半年', advice, '窗口人员']) expect(page).toContain(shown)
    expect((await (await signedIn(w, app, li)).get('/readings')).body).toContain(m.code)
  })

  test('a stranger finds nothing', async () => {
    const m = await the.ask()
    expect((await (await signedIn(w, app, chen)).get(`/m/${m.code}`)).statusCode).toBe(404)
  })
})

describe('a text goes where its person allowed, and says nothing of what was asked', () => {
  const phone = '13900004444'
  const asked = async (safe: string) => {
    const id = await w.run(clockwork, (tx) => findOrAddCitizenByPhone(tx, phone))
    const who = { id, kind: 'citizen' as const, grants: [] }
    const m = await the.ask({ contact: { safe, ...(safe !== 'none' && { phone }) } }, who)
    await the.answer(m)
    const before = w.gateway.sent.length
    await w.settle()
    return w.gateway.sent.slice(before).filter(({ to }) => to === phone)
  }

  test.each(['none', 'callOnly'])('none is sent to whoever chose %s', async (safe) => expect(await asked(safe)).toEqual([]))

  test('whoever asked for one is told that there is an answer, and no more', async () => {
    const texts = await asked('smsOnly')
    expect(texts.map(({ text }) => text).toSorted()).toEqual([expect.stringContaining('收到'), expect.stringContaining('答复')])
    expect(texts.some(({ text }) => /房东|租约|咨询/.test(text))).toBe(false)
  })
})
