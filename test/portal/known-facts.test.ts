import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { answersOf, saveAnswer } from '#records/people/answers.ts'
import { planted, plantedCase, plantedDraft } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { seat } from '#test/seating.ts'

let w: World
let app: FastifyInstance
let li: Browser
let before: Matter
beforeAll(async () => {
  w = await world('2026-03-02T10:00:00+08:00')
  app = await site(w)
  before = await plantedCase(w)
})
beforeEach(async () => {
  w.at('2026-04-01')
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** A draft of Li's in which these are answered. */
async function draftWith(told: Record<string, Record<string, unknown>>): Promise<Matter> {
  const draft = await w.open(cast.li)
  await w.run(cast.li, async (tx) => {
    for (const [question, value] of Object.entries(told)) await saveAnswer(tx, draft, question, value, 'web')
  })
  return draft
}
const wages = { notice: { read: ['yes'] }, forWhom: { who: 'self' }, story: { story: '又一家不给工钱。' }, kind: { kind: 'wages' } }
const offered = async (m: Matter, question = 'person') => (await li.get(`/m/${m.code}/q/${question}`)).body.includes('您上次说过')
const saidIn = (m: Matter, question: string) => w.run(cast.li, async (tx) => (await answersOf(tx, m)).get(question))

describe('what a person told before (法律援助法 §41, 个人信息保护法 §6)', () => {
  test('is offered with its day and channel, the number masked, and taken over only when they say so', async () => {
    const draft = await draftWith(wages)
    const page = (await li.get(`/m/${draft.code}/q/person`)).body
    expect(page).toContain(planted.name)
    expect(page).toContain('2026年3月2日')
    expect(page).toContain('网上')
    expect(page).not.toContain(planted.idNumber)
    expect(await saidIn(draft, 'person')).toBeUndefined()
    const said = await li.post(`/m/${draft.code}/q/person`, { key: v7(), again: 'yes' })
    expect(said.statusCode).toBe(303)
    const answer = await saidIn(draft, 'person')
    expect(answer?.value).toEqual({ name: planted.name, idNumber: planted.idNumber })
    expect(answer?.source).toMatchObject({ saidBy: cast.li.id, channel: 'web', at: w.now(), carriedFrom: before.id })
    expect((await li.get(`/m/${draft.code}/q/person`)).body).not.toContain('您上次说过')
  })

  test('is changed on the same page, and then is a new answer', async () => {
    const draft = await draftWith(wages)
    expect((await li.post(`/m/${draft.code}/q/place`, { key: v7(), living: '西宁市湟中区' })).statusCode).toBe(303)
    expect((await saidIn(draft, 'place'))?.source.carriedFrom).toBeNull()
  })

  test('of the matter itself is not offered: the story, the other side, the amount', async () => {
    const draft = await draftWith({ notice: wages.notice, forWhom: wages.forWhom, kind: wages.kind })
    for (const question of ['story', 'opponent', 'amount']) expect(await offered(draft, question)).toBe(false)
  })

  test('of oneself is not offered where the aid is for somebody else', async () => {
    expect(await offered(await draftWith({ ...wages, forWhom: { who: 'relative' } }))).toBe(false)
  })

  test('is never offered into a matter of violence at home, nor out of one (反家庭暴力法 §5)', async () => {
    expect(await offered(await draftWith({ ...wages, kind: { kind: 'violence' } }))).toBe(false)
    const chen = await signedIn(w, app, cast.chen)
    const [hidden, next] = [await w.open(cast.chen), await w.open(cast.chen)]
    await w.run(cast.chen, async (tx) => {
      const told = { ...wages, kind: { kind: 'violence' }, place: { living: '西宁市城东区' } }
      for (const [question, value] of Object.entries(told)) await saveAnswer(tx, hidden, question, value, 'web')
      for (const [question, value] of Object.entries(wages)) await saveAnswer(tx, next, question, value, 'web')
    })
    const asked = async () => (await chen.get(`/m/${next.code}/q/place`)).body.includes('您上次说过')
    expect(await asked()).toBe(false)
    await w.run(cast.chen, (tx) => saveAnswer(tx, hidden, 'kind', { kind: 'wages' }, 'web'))
    expect(await asked()).toBe(true)
  })

  test('by somebody else is nobody’s: a proxy is offered nothing of the person', async () => {
    const draft = await draftWith(wages)
    const ma = await signedIn(w, app, cast.ma)
    await seat(w, draft, { proxy: cast.ma.id })
    expect((await ma.get(`/m/${draft.code}/q/person`)).body).not.toContain(planted.name)
  })

  test('crosses from one service to another, since the question is the same', async () => {
    const begun = await li.post('/start/data-request', { matter: v7(), about: before.code })
    const code = String(begun.headers.location).split('/')[2]
    await li.post(`/m/${code}/q/notice`, { read: 'yes' })
    await li.post(`/m/${code}/q/wants`, { what: 'see' })
    expect((await li.get(`/m/${code}/q/person`)).body).toContain('您上次说过')
  })
})

describe('what a change brings is said before anything is sent', () => {
  test('questions that are added and dropped, and another route, are named on the page that reads all back', async () => {
    const draft = await plantedDraft(w)
    const changed = await li.post(`/m/${draft.code}/q/kind?from=check`, { key: v7(), kind: 'marriage' })
    expect(changed.headers.location).toBe(`/m/${draft.code}/check?changed=kind`)
    const page = (await li.get(String(changed.headers.location))).body
    expect(page).toContain('您改了“哪一句最像您的情况？”')
    expect(page).toMatch(/下面多了 \d+ 件事要问.*“对方现在和您住在一起吗？”/)
    expect(page).toMatch(/不再需要：.*“您是外出打工的吗？”/)
    expect(page).toContain('原来不用核查收入，现在要核对收入')
    expect(page).not.toContain('都对，交上去')
    expect((await li.post(`/m/${draft.code}/check`, { key: v7() })).statusCode).toBe(422)
  })

  test('a change that brings nothing says nothing, and a hinge is marked before it is turned', async () => {
    const draft = await plantedDraft(w)
    const page = (await li.get(`/m/${draft.code}/check`)).body
    expect(page.match(/改这一项，后面要问的可能会变/g)?.length).toBeGreaterThan(0)
    const changed = await li.post(`/m/${draft.code}/q/place?from=check`, { key: v7(), living: '西宁市城中区' })
    expect(changed.headers.location).toBe(`/m/${draft.code}/check`)
    expect((await li.get(`/m/${draft.code}/check?changed=place`)).body).not.toContain('您改了')
    expect(draft.region).toBe(county)
  })
})
