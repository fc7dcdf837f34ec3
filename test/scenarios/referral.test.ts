import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '#kernel/actor.ts'
import { factsIn } from '#kernel/journey/carried.ts'
import { nextUnanswered } from '#kernel/journey/journey.ts'
import type { MatterId } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { mediation } from '#lines/mediation/world/service.ts'
import { journeyFor } from '#lines/services.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'
import { joinOpenedFor } from '#records/people/one-person.ts'
import { offeredTo } from '#records/referral/carried.ts'
import { tellFor } from '#records/referral/telling.ts'
import { flawsOfKept } from '#records/privacy/verify-kept.ts'
import { addCountyOffices, offices } from '#test/offices.ts'
import { granted } from '#test/planted.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { agent, committee, man, phone, referring, reviewer, told } from './referring.ts'
import { actionsOf, lettersOf, refusalOf, why } from './scene.ts'

const { li, chen, clockwork, he, ding } = cast

let w: World
let app: FastifyInstance
let the: ReturnType<typeof referring>
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  await w.run(clockwork, addCountyOffices)
  app = await site(w)
  the = referring(w, () => app)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

describe('a wage story told on the telephone by a man without an account', () => {
  test('is his: he is the applicant, whoever wrote it down is on record, and no account was made for it', async () => {
    const m = await the.heard()
    expect(m.state).toBe('completing')
    expect(holdersIn(m, 'applicant')).toMatchObject([{ account: null }])
    const { timeline, facts, parties } = await the.viewOf(agent, m)
    expect([timeline[0]?.action, parties[0]?.name]).toEqual(['open', '马×'])
    expect(facts.find(({ question }) => question === 'story')?.source).toMatchObject({ channel: '12348 热线' })
    await the.isProved(m)
  })

  test('goes to mediation, fails there and comes to legal aid: no fact is asked twice, and each file is whole', async () => {
    const { first, second, third } = await the.wholeStory()
    expect([(await w.read(first)).state, second.state, third.state]).toEqual(['referred', 'failed', 'completing'])
    const asked = new Map<string, number>()
    for (const m of [first, second, third]) {
      const known = await w.run(clockwork, (tx) => answersOf(tx, m, holdersIn(m, 'applicant')[0]?.id ?? null))
      const own = new Map([...known].filter(([, { source }]) => source.carriedFrom === null))
      for (const fact of factsIn(journeyFor(m.line, '2026-03-02'), plainAnswers(own)).keys()) asked.set(fact, (asked.get(fact) ?? 0) + 1)
    }
    expect([...asked.keys()]).toEqual(expect.arrayContaining(['dispute.story', 'person.name', 'contact.phone', 'dispute.opponent']))
    expect([...asked].filter(([, times]) => times > 1)).toEqual([])
    expect(Object.keys(await the.answersIn(reviewer, third))).toEqual(
      expect.arrayContaining(['person', 'contact', 'place', 'story', 'opponent']),
    )
    for (const m of [first, second, third]) await the.isProved(m)
  })

  test('each body sees its own share of it, by policy and by route: of the next one only how far it came', async () => {
    const { first, second, third } = await the.wholeStory()
    expect(await the.hidden(committee, first)).toBe('not_found')
    expect(await the.hidden(reviewer, second)).toBe('not_found')
    expect(await the.stagesOf(reviewer, first)).toEqual(['ended'])
    expect((await the.viewOf(reviewer, first)).shares).toMatchObject([{ stage: '那边办完了', leave: '本人在电话里同意' }])
    expect(await the.stagesOf(committee, second)).toEqual(expect.arrayContaining(['accepted']))
    const rows = (who: Actor, m: MatterId) =>
      w.run(who, async (tx) => (await sql`select from answer a where a.matter = ${m.id}`.execute(tx.db)).rows.length)
    expect([await rows(committee, first), await rows(reviewer, second), await rows(committee, third)]).toEqual([0, 0, 0])
    for (const figures of [he, ding]) expect(await the.stagesOf(figures, first)).toEqual([])
  })

  test('what the other side said is carried nowhere', async () => {
    const { third, other } = await the.wholeStory()
    const { rows } = await w.run(clockwork, (tx) =>
      sql<{ by: string }>`select distinct a.said_by as by from answer a where a.carried_from is not null`.execute(tx.db),
    )
    expect(rows.map(({ by }) => by)).not.toContain(other)
    expect(await the.answersIn(reviewer, third)).toMatchObject({ story: told.story })
  })

  test('reads as one story to him once he has proved his telephone: one timeline, each step with its body', async () => {
    const { first, second, third } = await the.wholeStory()
    for (const m of [first, second, third]) expect(await the.prove(m), m.line).toBe(true)
    await w.run(clockwork, (tx) => joinOpenedFor(tx, li.id, phone))
    expect(holdersIn(await w.read(third), 'applicant')).toMatchObject([{ account: li.id }])
    const page = (await (await signedIn(w, app, li)).get(`/m/${third.code}`)).body
    for (const words of [
      '工作人员替您记下了',
      '这件事转去人民调解了',
      '没有谈成',
      '这件事转去申请法律援助了',
      offices.committee.name,
      offices.centre.name,
    ])
      expect(page, words).toContain(words)
    expect((await (await signedIn(w, app, chen)).get(`/m/${third.code}`)).statusCode).toBe(404)
    for (const m of [first, second, third]) await the.isProved(m)
  })
})

describe('before the other body has answered', () => {
  test('it reads what came along through the share, the sender goes on answering, and nothing is its own yet', async () => {
    const first = await the.heard()
    const child = await the.referred(agent, first, 'referToMediation', { carries: ['story'] })
    expect([(await w.read(first)).state, child.state]).toEqual(['referring', 'referredIn'])
    expect(await the.answersIn(committee, child)).toEqual({})
    const { facts, shares } = await the.viewOf(committee, child)
    expect(facts.map(({ question, rows }) => [question, rows[0]?.value])).toEqual([['story', told.story.story]])
    expect(shares).toMatchObject([{ words: '别处转来：事情经过', stage: '等答复' }])
  })

  test('what was not ticked does not go along, not even a name', async () => {
    const child = await the.referred(agent, await the.heard(), 'referToMediation', { carries: ['story'] })
    expect((await the.viewOf(committee, child)).parties).toMatchObject([{ name: null }])
    expect((await w.run(committee, (tx) => offeredTo(tx, child))).map(({ question }) => question.key)).toEqual(['story'])
  })

  test('the person takes it back: from then on nothing is read there, by route or by policy, and the sender goes on', async () => {
    const first = await the.heard()
    const child = await the.referred(agent, first, 'referToMediation')
    expect((await w.run(committee, (tx) => offeredTo(tx, child))).length).toBeGreaterThan(3)
    await the.act(committee, child, 'takeBackReferral') // as he said on the telephone
    await w.settle()
    expect(await w.run(committee, (tx) => offeredTo(tx, child))).toEqual([])
    expect((await the.viewOf(committee, child)).facts).toEqual([])
    expect([(await w.read(child)).state, (await w.read(first)).state]).toEqual(['sentBack', 'completing'])
    expect(await the.stagesOf(agent, first)).toEqual(['revoked'])
  })

  test('whoever referred takes it back: it ends there, and goes on here', async () => {
    const first = await the.heard()
    const child = await the.referred(agent, first, 'referToMediation')
    await the.act(agent, first, 'recallReferral')
    await w.settle()
    expect([(await w.read(first)).state, (await w.read(child)).state]).toEqual(['completing', 'sentBack'])
    expect([await the.stagesOf(agent, first), await w.run(committee, (tx) => offeredTo(tx, child))]).toEqual([['revoked'], []])
  })

  test('it is sent back with a reason and where to turn, which the sender and the person read', async () => {
    const first = await the.heard()
    const child = await the.referred(agent, first, 'referToMediation')
    await the.act(committee, child, 'returnReferral', { reason: why, instead: '劳动监察大队' })
    await w.settle()
    expect((await w.read(first)).state).toBe('completing')
    const back = (await the.viewOf(agent, first)).timeline.find(({ action }) => action === 'referralReturned')
    expect(back?.rows.map(({ value }) => value)).toEqual([why, '劳动监察大队'])
    expect(await the.answersIn(committee, child)).toEqual({})
    await the.isProved(first)
  })

  test('a reason is owed, and nothing is taken over after it was sent back', async () => {
    const child = await the.referred(agent, await the.heard(), 'referToMediation')
    expect(await refusalOf(the.act(committee, child, 'returnReferral', {}))).toBe('invalid')
    await the.act(committee, child, 'returnReferral', { reason: why })
    expect(await refusalOf(the.act(committee, child, 'acceptReferral', { kind: 'labour', gap: 'none' }))).toBe('wrong_state')
  })

  test('three working days go by unanswered: the body above hears of it (2026-03-05)', async () => {
    w.at('2026-03-02')
    const child = await the.referred(agent, await the.heard(), 'referToMediation')
    expect((await w.clock(child, 'answerReferral'))?.dueAt?.toISOString()).toBe('2026-03-05T16:00:00.000Z')
    w.at('2026-03-06T00:01')
    await w.sweep()
    await w.settle()
    expect(await actionsOf(w, child)).toContain('referralOverdue')
    w.at('2026-03-02')
  })
})

test('nobody is referred without their leave: an officer writes down how it was given (个人信息保护法 §23)', async () => {
  const m = await the.heard()
  expect(await refusalOf(the.act(agent, m, 'referToMediation', { carries: ['story'] }))).toBe('invalid')
  expect(await refusalOf(the.act(agent, m, 'referToMediation', { carries: [], leave: 'phone' }))).toBe('invalid')
})

test('to another county the facts are copied with where they come from', async () => {
  const first = await the.heard()
  const there = granted({ duty: 'intake', region: '630121', office: null, lines: null })
  const child = await the.takenOver(there, await the.referred(agent, first, 'referToMediation', { county: '630121' }), {
    kind: 'labour',
    gap: 'none',
  })
  expect([child.region, child.parent]).toEqual(['630121', null])
  const known = await w.run(there, (tx) => answersOf(tx, child))
  expect(known.get('story')).toMatchObject({ value: told.story, source: { carriedFrom: first.id, channel: 'hotline' } })
  expect((await w.read(first)).state).toBe('referred')
  await the.isProved(child)
})

test('where no body is registered that could take it over, it comes back at once, with that reason', async () => {
  const first = await the.heard()
  await the.act(agent, first, 'referToMediation', { carries: ['story'], leave: 'phone', county: '110101' })
  await w.settle()
  expect((await w.read(first)).state).toBe('completing')
  expect((await the.viewOf(agent, first)).timeline.some(({ action }) => action === 'referralReturned')).toBe(true)
})

test('violence told in a story is private wherever it goes, and never put into one room', async () => {
  const first = await the.heard({ said: { ...told, story: { story: '老板打我，还威胁我不许走。' } } })
  const child = await the.takenOver(committee, await the.referred(agent, first, 'referToMediation'), { kind: 'labour', gap: 'none' })
  expect(child.data['isPrivate']).toBe(true)
})

test('what is left is asked on the telephone and sent off: the number is drawn then, and nothing told before is asked', async () => {
  const m = await the.heard()
  const tell = (said: Record<string, Record<string, unknown>>) => w.run(agent, (tx) => tellFor(tx, m, { said, channel: 'hotline' }))
  const rest: Record<string, Record<string, unknown>> = {
    notice: { read: ['yes'] },
    forWhom: { who: 'self' },
    kind: { kind: 'wages' },
    amount: { fen: 1_800_000 },
    deadline: { what: 'none' },
    migrant: { isMigrant: 'yes' },
    workProof: { proofs: ['wageSheet'] },
    documents: {},
  }
  const asked: string[] = []
  for (;;) {
    const next = nextUnanswered(journeyFor('legal-aid', '2026-03-02'), await the.answersIn(agent, m))
    if (!next) break
    asked.push(next.key)
    await tell({ [next.key]: rest[next.key]! }) // the story is of wages
  }
  expect(asked.filter((key) => key in told || key === 'person' || key === 'place')).toEqual([])
  const sent = await the.act(agent, m, 'submit')
  expect([sent.state, sent.number?.includes('民')]).toEqual(['submitted', true])
  expect((await the.viewOf(agent, m)).parties.filter(({ role }) => role === 'recipient')).toHaveLength(1)
})

test('at a desk elsewhere, and to a manager, an account that is not his changes nothing: a typed telephone lets nobody in', async () => {
  const m = await the.heard({
    person: { ...man, phone: '13900007777' },
    said: { ...told, contact: { safe: 'both', phone: '13900007777' } },
  })
  await w.run(clockwork, (tx) => joinOpenedFor(tx, chen.id, '13900007777'))
  expect(holdersIn(await w.read(m), 'applicant')).toMatchObject([{ account: null }])
})

test('no code goes to a telephone whose person did not say that texts are safe there', async () => {
  const quiet = { contact: { safe: 'callOnly', phone } }
  expect(await the.prove(await the.heard({ said: { ...told, ...quiet } }))).toBe(false)
  expect(await the.prove(await the.heard({ said: { story: told.story } }))).toBe(false)
})

test('a word on how somebody is reached is no younger for having been carried', async () => {
  const first = await the.heard()
  const child = await the.referred(agent, first, 'referToMediation')
  w.at('2026-03-03')
  const taken = await the.takenOver(committee, child, { kind: 'labour', gap: 'none' })
  const [was, is] = await Promise.all(
    [first, taken].map((m) => w.run(clockwork, async (tx) => (await answersOf(tx, m)).get('contact')?.source.at)),
  )
  expect(is).toEqual(was)
  w.at('2026-03-02')
})

test('a person with an account refers from the page of the matter itself, and ticks what goes', async () => {
  const m = await w.run(committee, (tx) =>
    mediation.opening!.open(
      tx,
      { region: county, id: v7() },
      { kind: 'labour', gap: 'none', isOffered: false, applicants: [{ name: '李大山' }], story: '工钱没给。' },
    ),
  )
  const holder = holdersIn(m, 'applicant')[0]!.id // just opened
  await the.act(committee, m, 'link', { holder, account: li.id })
  await the.act(committee, m, 'invite', { name: '演示建筑公司' })
  await the.act(committee, m, 'decline')
  const browser = await signedIn(w, app, li)
  const page = (await browser.get(`/m/${m.code}`)).body
  expect(page).toContain('转去申请法律援助')
  expect(page).not.toContain('本人怎么同意的')
  const child = await the.referred(li, m, 'referToLegalAid', { leave: undefined, carries: ['story'] })
  expect(holdersIn(child, 'applicant')).toMatchObject([{ account: li.id }])
  expect((await lettersOf(w, child)).map(({ template, account }) => [template, account])).toContainEqual(['tellReferred', li.id])
  const after = (await browser.get(`/m/${child.code}`)).body
  expect(after).toContain('您同意转的')
})

test('all that was carried is what was noted of it', async () => {
  expect(await flawsOfKept(w.on, w.now())).toEqual([])
})
