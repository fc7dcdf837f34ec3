import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { account, holdersIn } from '#kernel/seat.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { flawOf } from '#engine/verify.ts'
import { answersOf, saveAnswer } from '#records/people/answers.ts'
import { confirmation } from '#lines/confirmation/world/service.ts'
import { putInto } from '#test/planted.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { actionsOf, dueOn, isRunning, lettersOf, refusalOf, targetOn } from './scene.ts'

const { li, chen, liu, guo, clockwork } = cast

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
})
beforeEach(() => w.at('2026-04-01'))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const court = { venue: 'organisation', court: '西宁市城东区人民法院', exclusion: 'none' }
const stateOf = async (m: MatterId) => (await w.read(m)).state
const isProved = async (m: MatterId) => expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()
const pageOf = async (who: Actor, m: Matter) => (await (await signedIn(w, app, who)).get(`/m/${m.code}`)).body

/** A mediation between Li and Chen, sealed on Wednesday 1 April 2026. How it came there is told in `mediation.test.ts`. */
async function agreed(form: 'written' | 'oral' = 'written'): Promise<Matter> {
  const m = await w.open(liu, 'mediation', { kind: 'neighbour', isPrivate: false, channel: 'window', contact: 'page' })
  await putInto(w, m, { state: 'sealing', seats: { applicant: [account(li.id)], respondent: [account(chen.id)] } })
  await putInto(w, m, { state: 'agreed', data: { kind: 'neighbour', isPrivate: false, agreement: { form, effectiveOn: '2026-04-01' } } })
  return m
}

const childOf = async (m: MatterId): Promise<Matter | undefined> => {
  const row = await w.run(clockwork, (tx) => tx.db.selectFrom('matter').select('id').where('parent', '=', m.id).executeTakeFirst())
  return row && w.read({ region: m.region, id: row.id })
}

/** Sought by Chen beside the agreement, and the court chosen. */
async function prepared(over: Record<string, unknown> = {}): Promise<Matter> {
  const m = await agreed()
  await w.act(chen, m, 'seekConfirmation')
  await w.settle()
  const sought = await childOf(m)
  return w.act(liu, sought!, 'chooseCourt', { ...court, ...over }) // the settled jobs opened it
}

async function applied(on = '2026-05-06'): Promise<Matter> {
  const m = await prepared()
  w.at(on)
  await w.act(li, m, 'apply')
  return w.act(chen, m, 'apply')
}

describe('the joint application (人民调解法 §33, 民事诉讼法 §205; AC-20)', () => {
  test('sealed on 1 April 2026, everybody may apply until 6 May: the thirtieth day lies in Labour Day', async () => {
    const m = await prepared()
    expect([await targetOn(w, m, 'apply'), await dueOn(w, m, 'apply')]).toEqual(['2026-05-01', '2026-05-06'])
  })

  test('filed by both on 6 May is in time, and the right has been used', async () => {
    const m = await applied()
    expect([m.state, await isRunning(w, m, 'apply')]).toEqual(['filed', false])
    await isProved(m)
  })

  test('filed at the court on 8 May, its target is 8 June: shown as a target, nobody is late on it (民事诉讼法 §187)', async () => {
    const m = await applied()
    w.at('2026-05-08')
    await w.act(liu, m, 'accept', { filedOn: '2026-05-08' })
    expect([await targetOn(w, m, 'ruling'), await dueOn(w, m, 'ruling')]).toEqual(['2026-06-07', '2026-06-08'])
    w.at('2026-06-20')
    await w.sweep()
    expect([await stateOf(m), (await actionsOf(w, m)).includes('overdue')]).toEqual(['accepted', false])
  })

  test('it is opened once, beside the agreement, with everybody of both sides at its table and the mediators’ office', async () => {
    const m = await agreed()
    await w.act(li, m, 'seekConfirmation')
    await w.settle()
    expect(await refusalOf(w.act(chen, m, 'seekConfirmation'))).toBe('once_only')
    const sought = (await childOf(m))!
    expect([holdersIn(sought, 'applicant')[0]?.account, holdersIn(sought, 'respondent')[0]?.account, sought.office]).toEqual([
      li.id,
      chen.id,
      m.office,
    ])
    for (const who of [li, chen]) expect((await (await signedIn(w, app, who)).get('/mine')).body).toContain(sought.code)
  })

  test('who they are and how they are reached is carried over, not asked again, and each reads their own alone (§353)', async () => {
    const m = await agreed()
    await w.run(li, (tx) => saveAnswer(tx, m, 'contact', { safe: 'both', phone: '13911110001' }, 'web'))
    await w.run(chen, (tx) => saveAnswer(tx, m, 'home', { address: '海湖路暗号乙二号' }, 'web'))
    await w.act(li, m, 'seekConfirmation')
    await w.settle()
    const sought = (await childOf(m))!
    const told = (who: Actor) => w.run(who, async (tx) => [...(await answersOf(tx, sought)).keys()])
    expect([await told(li), await told(chen)]).toEqual([['contact'], ['home']])
    expect([await pageOf(li, sought), await pageOf(chen, sought)].map((page) => page.includes('海湖路暗号乙二号'))).toEqual([false, true])
    for (const who of [li, chen]) expect(JSON.stringify(await w.run(who, (tx) => eventsOf(tx, sought)))).not.toContain('13911110001')
  })

  test('an agreement on paper is taken in at the counter for people without accounts', async () => {
    const asked = { effectiveOn: '2026-03-20', applicants: [{ name: '王桂英' }], respondents: [{ name: '马老三' }] }
    const m = await w.run(liu, (tx) => confirmation.opening!.open(tx, { region: county, id: v7() }, asked)) // it declares one
    await w.act(liu, m, 'chooseCourt', court)
    for (const seat of ['applicant', 'respondent']) await w.act(liu, m, 'apply', { holder: holdersIn(m, seat)[0]?.id })
    expect([await stateOf(m), await dueOn(w, m, 'apply')]).toEqual(['filed', '2026-04-20'])
  })

  test('a court chosen anew is applied to anew by everybody', async () => {
    const m = await prepared()
    await w.act(li, m, 'apply')
    await w.act(liu, m, 'chooseCourt', { ...court, court: '西宁市城西区人民法院', venue: 'domicile' })
    await w.act(chen, m, 'apply')
    expect(await stateOf(m)).toBe('prepared')
  })
})

describe('an application that does not come about (AC-21)', () => {
  test('(a) one side alone applies to nobody: there is no joint application, and no officer makes one (民诉法解释 §351)', async () => {
    const m = await prepared()
    await w.act(li, m, 'apply')
    expect(await stateOf(m)).toBe('prepared')
    expect(await refusalOf(w.act(li, m, 'apply'))).toBe('once_only')
    expect(await refusalOf(w.act(liu, m, 'accept', { filedOn: '2026-04-01' }))).toBe('wrong_state')
  })

  test('(b) on 7 May it is too late, before and after the system has noted it, and everybody learns that the agreement can be sued on', async () => {
    const m = await prepared()
    await w.act(li, m, 'apply')
    w.at('2026-05-07T00:01')
    expect(await refusalOf(w.act(chen, m, 'apply'))).toBe('confirm_too_late')
    await w.sweep()
    await w.settle()
    expect(await stateOf(m)).toBe('lapsed')
    expect(await pageOf(chen, m)).toContain('凭协议向人民法院起诉')
    expect((await lettersOf(w, m)).filter(({ template }) => template === 'tellLapsed')).toHaveLength(2)
    await isProved(m)
  })

  test('(b) nor is it begun then from the agreement', async () => {
    const m = await agreed()
    w.at('2026-05-07')
    expect(await refusalOf(w.act(li, m, 'seekConfirmation'))).toBe('confirm_too_late')
  })

  test('(c) one that ends a marriage, or says whose a house is: both are warned that the court will not take it (民诉法解释 §355)', async () => {
    for (const exclusion of ['status', 'rights']) {
      const m = await prepared({ exclusion })
      for (const who of [li, chen]) expect(await pageOf(who, m)).toContain('法院很可能不受理')
    }
    expect(await pageOf(li, await prepared())).not.toContain('法院很可能不受理')
  })

  test('(d) an oral agreement is no paper to confirm: it is to be written down, and the days run from that (人民调解法 §28, §30)', async () => {
    expect(await refusalOf(w.act(li, await agreed('oral'), 'seekConfirmation'))).toBe('write_it_down')
  })

  test('one side withdraws: the agreement still binds, and nothing was decided', async () => {
    const m = await prepared()
    expect((await w.act(chen, m, 'withdraw')).state).toBe('withdrawn')
  })
})

describe('what the court does (民事诉讼法 §206)', () => {
  const accepted = async () => {
    const m = await applied()
    w.at('2026-05-08')
    return w.act(liu, m, 'accept', { filedOn: '2026-05-08' })
  }

  test('it says within three days whether it takes the case', async () => {
    expect(await dueOn(w, await applied(), 'acceptance')).toBe('2026-05-09')
  })

  test('not taken, or not confirmed: everybody is told that they may mediate anew or sue (民诉法解释 §355, §358)', async () => {
    const turned = await applied()
    await w.act(guo, turned, 'notAccept', { exclusion: 'wrongCourt' })
    const rejected = await accepted()
    w.at('2026-05-20')
    await w.act(guo, rejected, 'reject', { on: '2026-05-20', ground: 'unclear' })
    for (const m of [turned, rejected]) for (const way of ['再调解', '向人民法院起诉']) expect(await pageOf(chen, m)).toContain(way)
  })

  test('confirmed: it can be enforced, within two years (§250)', async () => {
    const m = await accepted()
    w.at('2026-05-20')
    await w.act(liu, m, 'confirm', { on: '2026-05-20' })
    const page = await pageOf(li, m)
    for (const words of ['强制执行', '两年', '十五日', '六个月']) expect(page).toContain(words)
  })

  test('a party objects within fifteen days of their own receipt of the ruling, not within a year (民诉法解释 §372(2))', async () => {
    const m = await accepted()
    w.at('2026-05-25')
    await w.act(liu, m, 'confirm', { on: '2026-05-20' })
    await w.act(liu, m, 'recordReceipt', { applicant: holdersIn(m, 'applicant')[0]?.id, on: '2026-05-22' })
    w.at('2026-06-01')
    await w.act(liu, m, 'recordReceipt', { respondent: holdersIn(m, 'respondent')[0]?.id, on: '2026-06-01' })
    expect([await dueOn(w, m, 'objectionOfOne'), await dueOn(w, m, 'objectionOfOther')]).toEqual(['2026-06-08', '2026-06-16'])
    expect([await targetOn(w, m, 'objectionOfOne'), await isRunning(w, m, 'objectionOfOther')]).toEqual(['2026-06-06', true])
    await isProved(m)
  })

  test('somebody outside objects within six months of knowing of it (民诉法解释 §372(2))', async () => {
    const m = await accepted()
    w.at('2026-06-10')
    await w.act(liu, m, 'confirm', { on: '2026-05-20' })
    await w.act(liu, m, 'recordOutsider', { knewOn: '2026-06-10' })
    expect(await dueOn(w, m, 'outsider')).toBe('2026-12-10')
  })

  test('one person’s receipt at a time, of somebody at the table', async () => {
    const m = await accepted()
    await w.act(liu, m, 'confirm', { on: '2026-05-08' })
    expect(await refusalOf(w.act(liu, m, 'recordReceipt', { on: '2026-05-08' }))).toBe('one_of_them')
    expect(await refusalOf(w.act(liu, m, 'recordReceipt', { applicant: v7(), on: '2026-05-08' }))).toBe('not_applicable')
  })
})
