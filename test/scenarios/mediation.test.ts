import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MatterId } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { clocksOf, eventsOf } from '#engine/matter-rows.ts'
import { flawOf } from '#engine/verify.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { mediating } from './mediating.ts'
import { dueOn, faultsOf, isRunning, lettersOf, refusalOf } from './scene.ts'

const { li, chen, liu, zhao, qian, clockwork } = cast

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

const stateOf = async (m: MatterId) => (await w.read(m)).state
const isProved = async (m: MatterId) => expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()

describe('asking, and being asked (人民调解法 §17)', () => {
  test('a clerk takes it in for somebody without an account: filed, numbered by the committee, the opener on record', async () => {
    const m = await the.open()
    const [opened] = await w.run(clockwork, (tx) => eventsOf(tx, m))
    expect([m.state, m.filedAt !== null, m.number?.includes('调'), opened?.actor]).toEqual(['requested', true, true, liu.id])
    expect(holdersIn(m, 'applicant')).toMatchObject([{ account: null }])
  })

  test('several ask together, and the same form sent twice makes one matter with the same people', async () => {
    const id = v7()
    const two = { applicants: [{ name: '王桂英' }, { name: '李大山' }] }
    const [first, again] = [await the.open(two, id), await the.open(two, id)]
    expect([first.id, holdersIn(first, 'applicant')]).toEqual([again.id, holdersIn(again, 'applicant')])
    expect(holdersIn(first, 'applicant')).toHaveLength(2)
  })

  test('whoever comes by themselves is asked one thing a page, told first that it is free, and needs no page written for it (§4)', async () => {
    const browser = await signedIn(w, app, li)
    expect((await browser.get('/')).body).toContain('/start/mediation')
    const door = await browser.post('/start/mediation', { matter: v7(), county })
    const first = await browser.get(String((await browser.get(String(door.headers.location))).headers.location))
    expect(first.body).toContain('人民调解不收钱')
  })

  test('it begins once each of several respondents has agreed, each for themselves', async () => {
    const m = await the.asked()
    await the.invite(m, '马老四')
    await w.act(chen, m, 'consent')
    expect(await stateOf(m)).toBe('consentPending')
    await w.act(liu, m, 'consent', { holder: await the.heldBy(m, 'respondent', 1) })
    expect(await stateOf(m)).toBe('accepted')
    await isProved(m)
  })

  test('a telephone that is none is refused at its field', async () => {
    const m = await the.open()
    expect(await faultsOf(the.invite(m, '马老三', { phone: '长长长' }))).toEqual([['phone', expect.stringContaining('手机号')]])
  })

  test('what the committee offers by its own move needs the word of both sides', async () => {
    const m = await the.asked({ isOffered: true })
    expect(m.state).toBe('offered')
    await w.act(chen, m, 'consentToOffer')
    expect(await stateOf(m)).toBe('offered')
    await w.act(li, m, 'consentToOffer')
    expect(await stateOf(m)).toBe('accepted')
  })

  test('nobody has to answer: the days pass, everybody is told kindly, and nothing follows from it', async () => {
    const m = await the.asked()
    expect(await dueOn(w, m, 'reply')).toBe('2026-03-09')
    w.at('2026-03-10T00:01')
    await w.sweep()
    await w.settle()
    expect(await stateOf(m)).toBe('consentPending')
    expect(
      (await lettersOf(w, m))
        .filter(({ template }) => template === 'tellUnanswered')
        .map(({ account }) => account)
        .toSorted(),
    ).toEqual([li.id, chen.id].toSorted())
    await w.act(chen, m, 'consent') // still free to
    expect(await stateOf(m)).toBe('accepted')
  })

  test('who has agreed is not waited for: their days end with their word, the other’s run on', async () => {
    const m = await the.asked()
    await the.invite(m, '马老四')
    await w.act(chen, m, 'consent')
    const running = (await w.run(clockwork, (tx) => clocksOf(tx, m))).filter(({ limit, stoppedAt }) => limit === 'reply' && !stoppedAt)
    expect(running.map(({ party }) => party)).toEqual([await the.heldBy(m, 'respondent', 1)])
    await isProved(m)
  })

  test('without the one who never answers, it goes on among those who agreed', async () => {
    const m = await the.asked()
    await the.invite(m, '马老四')
    await w.act(chen, m, 'consent')
    await w.act(liu, m, 'release', { respondent: await the.heldBy(m, 'respondent', 1) })
    expect([await stateOf(m), await dueOn(w, m, 'duration')]).toEqual(['accepted', '2026-04-02'])
    await isProved(m)
  })

  test('nobody is given up before the days are over', async () => {
    const m = await the.asked()
    expect(await refusalOf(w.act(liu, m, 'closeUnanswered'))).toBe('too_early')
    w.at('2026-03-10T00:01')
    await w.sweep()
    expect((await w.act(liu, m, 'closeUnanswered')).state).toBe('unanswered')
  })
})

describe('one side refuses (人民调解法 §17, §25, §26; AC-22)', () => {
  test('one no ends it as declined, whoever agreed before; no step of mediation is left, and both learn the other ways', async () => {
    const m = await the.asked()
    await the.invite(m, '马老四')
    await w.act(liu, m, 'consent', { holder: await the.heldBy(m, 'respondent', 1) })
    await w.act(chen, m, 'decline')
    expect(await stateOf(m)).toBe('declined')
    for (const step of ['consent', 'appoint', 'begin', 'meetTogether', 'propose'])
      expect(await refusalOf(w.act(liu, m, step)), step).toMatch(/wrong_state|not_permitted/)
    await w.settle()
    expect((await lettersOf(w, m)).map(({ template }) => template)).toContain('tellOtherWays')
  })

  test('its words blame nobody: the other side learns that it did not begin, not who said no', async () => {
    const m = await the.asked()
    await w.act(chen, m, 'decline')
    const page = (await (await signedIn(w, app, li)).get(`/m/${m.code}`)).body
    expect(page).toContain('没有开始调解')
    expect(page).toContain('申请仲裁')
    expect(page).not.toMatch(/不愿意|拒绝/)
  })

  test('threats are reported to the police, also after it was declined, and neither side reads that they were (§25)', async () => {
    const m = await the.asked()
    await w.act(chen, m, 'decline')
    await w.act(liu, m, 'reportDanger', { to: 'police', on: '2026-03-02' })
    for (const who of [li, chen]) expect((await (await signedIn(w, app, who)).get(`/m/${m.code}`)).body).not.toContain('公安')
    expect(await w.run(liu, (tx) => eventsOf(tx, m)).then((all) => all.at(-1)?.action)).toBe('reportDanger')
  })
})

describe('at the table (人民调解法 §19–26)', () => {
  test('up to three mediate and one of them presides; a party mediates for nobody (§19)', async () => {
    const m = await the.asked()
    await w.act(chen, m, 'consent')
    for (const input of [
      { mediators: [zhao.id], presiding: qian.id },
      { mediators: [li.id], presiding: li.id },
    ])
      expect(await refusalOf(w.act(liu, m, 'appoint', input))).toBe('not_applicable')
    expect(await refusalOf(w.act(liu, m, 'appoint', { mediators: [zhao.id, qian.id, v7(), v7()], presiding: zhao.id }))).toBe('invalid')
    const held = await w.act(liu, m, 'appoint', { mediators: [zhao.id, qian.id], presiding: qian.id })
    expect([holdersIn(held, 'mediator').length, held.data['presiding']]).toEqual([2, qian.id])
  })

  test('either side may ask for another mediator (§23(1))', async () => {
    const m = await the.begun()
    await w.act(chen, m, 'rejectMediator', { mediator: zhao.id })
    expect([await stateOf(m), holdersIn(await w.read(m), 'mediator')]).toEqual(['accepted', []])
  })

  test('a month from the consent of all, longer only if everybody agrees (人民调解工作若干规定 §33)', async () => {
    const m = await the.begun()
    expect(await dueOn(w, m, 'duration')).toBe('2026-04-02')
    await w.act(zhao, m, 'proposeExtension', { until: '2026-04-20' })
    await the.act(li, m, 'agreeToExtend')
    expect(await dueOn(w, m, 'duration')).toBe('2026-04-02')
    await the.act(chen, m, 'agreeToExtend')
    expect(await dueOn(w, m, 'duration')).toBe('2026-04-20')
    await isProved(m)
  })

  test('another day proposed is agreed to anew', async () => {
    const m = await the.begun()
    await w.act(zhao, m, 'proposeExtension', { until: '2026-04-20' })
    await the.act(li, m, 'agreeToExtend')
    await w.act(zhao, m, 'proposeExtension', { until: '2026-05-20' })
    await the.act(chen, m, 'agreeToExtend')
    expect(await dueOn(w, m, 'duration')).toBe('2026-04-02')
  })

  test('a relative or an expert joins once everybody agrees (§20)', async () => {
    const m = await the.begun()
    expect(await refusalOf(w.act(li, m, 'agreeToGuest'))).toBe('not_applicable')
    await w.act(li, m, 'proposeGuest', { guest: 'expert' })
    await w.act(chen, m, 'agreeToGuest')
    expect((await w.read(m)).data['guests']).toBeUndefined()
    await w.act(li, m, 'agreeToGuest')
    expect((await w.read(m)).data['guests']).toEqual(['expert'])
  })

  test('a labour dispute: fifteen days after it was received both learn that arbitration is open, and mediation goes on (劳动争议调解仲裁法 §14(3))', async () => {
    const m = await the.begun({ kind: 'labour' })
    expect(await dueOn(w, m, 'labour')).toBe('2026-03-17')
    w.at('2026-03-18T00:01')
    await w.sweep()
    await w.settle()
    expect(await stateOf(m)).toBe('mediating')
    expect((await lettersOf(w, m)).filter(({ template }) => template === 'tellMayArbitrate')).toHaveLength(2)
    expect(await isRunning(w, await the.begun(), 'labour')).toBe(false)
  })

  test('it fails: it ends, and both are told of arbitration, the authorities and the court (§26)', async () => {
    const m = await the.begun()
    await w.act(zhao, m, 'fail')
    const page = (await (await signedIn(w, app, chen)).get(`/m/${m.code}`)).body
    for (const way of ['仲裁', '有关机关', '人民法院']) expect(page).toContain(way)
  })

  test('either side may stop at any time (§23(2))', async () => {
    const m = await the.proposed()
    await w.act(li, m, 'sign')
    expect((await w.act(chen, m, 'stop')).state).toBe('ended')
  })
})

describe('somebody cannot speak freely before the other side', () => {
  test('said of themselves, or told in the story, it is private from there on and nobody is called into one room (人民调解法 §3)', async () => {
    for (const over of [{ gap: 'power' }, { story: '我老公天天打我' }]) {
      const m = await the.begun(over)
      expect(m.data['isPrivate']).toBe(true)
      expect(await refusalOf(w.act(zhao, m, 'meetTogether', { at: '2026-03-05T09:30:00+08:00', place: 'committee' }))).toBe(
        'never_together',
      )
      await w.act(zhao, m, 'meetApart', { party: await the.heldBy(m, 'applicant'), at: '2026-03-05T09:30:00+08:00', place: 'village' })
    }
  })

  test('noticed by the mediator, a meeting that was set is off, the director is told, and the other side reads nothing of it', async () => {
    const m = await the.begun()
    await w.act(zhao, m, 'meetTogether', { at: '2026-03-05T09:30:00+08:00', place: 'committee' })
    await w.act(zhao, m, 'noteGap', { gap: 'violence' })
    await w.settle()
    expect([(await w.read(m)).data['isPrivate'], await isRunning(w, m, 'meeting')]).toEqual([true, false])
    expect((await lettersOf(w, m)).filter(({ template }) => template === 'tellGap').map(({ account }) => account)).toEqual([
      `agency@${county}`,
    ])
    const page = (await (await signedIn(w, app, chen)).get(`/m/${m.code}`)).body
    expect(page).not.toMatch(/不方便当面谈|打过|害怕/)
  })
})
