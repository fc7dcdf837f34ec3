import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { at, type Actor } from '#kernel/actor.ts'
import { factsIn } from '#kernel/journey/carried.ts'
import { nextUnanswered } from '#kernel/journey/journey.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { flawOf } from '#engine/verify.ts'
import { takeAction } from '#api/matter/matters.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { legalAid } from '#lines/legal-aid/world/service.ts'
import { mediation } from '#lines/mediation/world/service.ts'
import { journeyFor } from '#lines/services.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'
import { joinOpenedFor } from '#records/people/one-person.ts'
import { offeredTo } from '#records/referral/carried.ts'
import { sharesAt } from '#records/referral/shares.ts'
import { tellFor } from '#records/referral/telling.ts'
import { flawsOfKept } from '#records/privacy/verify-kept.ts'
import { addCountyOffices, offices } from '#test/offices.ts'
import { granted } from '#test/planted.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { actionsOf, lettersOf, refusalOf, why } from './scene.ts'

const { li, chen, clockwork, he, ding } = cast
/** Takes calls for the agency; sees its matters and nobody else's. */
const agent = granted(...at(offices.centre, 'intake'))
const reviewer = granted(...at(offices.centre, 'reviewer', 'intake'))
const committee = granted(...at(offices.committee, 'intake', 'director'))
const phone = '13900005555'

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  await w.run(clockwork, addCountyOffices)
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const told = {
  story: { story: '在工地干了三个月，工钱一直没给。' },
  opponent: { name: '演示建筑公司' },
  contact: { safe: 'both', phone },
}
const man = { name: '马建国', idNumber: '11010519491231002X', phone, address: '西宁市城东区韵家口镇' }
const everything = ['person', 'contact', 'home', 'story', 'opponent']

/** What the agent writes down while the man tells it on the telephone. */
const heard = (over: Record<string, unknown> = {}, region = county): Promise<Matter> =>
  w.run(agent, (tx) => legalAid.opening!.open(tx, { region, id: v7() }, { channel: 'hotline', person: man, said: told, ...over })) // it declares one
const act = (who: Actor, m: MatterId, action: string, input: Record<string, unknown> = {}) =>
  w.run(who, (tx) => takeAction(tx, m, action, { key: v7(), input }))
/** The matter that was opened last beside another. */
const grownFrom = async (m: MatterId): Promise<Matter> => {
  const { rows } = await w.run(clockwork, (tx) =>
    sql<MatterId>`select s.to_region as region, s.to_matter as id from share s where s.region = ${m.region} and s.matter = ${m.id} order by s.given_at desc, s.id desc limit 1`.execute(tx.db),
  )
  return w.read(rows[0]!) // it was referred
}
const referred = async (who: Actor, m: MatterId, action: string, input: Record<string, unknown> = {}): Promise<Matter> => {
  await act(who, m, action, { carries: everything, leave: 'phone', ...input })
  await w.settle()
  return grownFrom(m)
}
const takenOver = async (who: Actor, m: MatterId, input: Record<string, unknown> = {}): Promise<Matter> => {
  await act(who, m, 'acceptReferral', input)
  await w.settle()
  return w.read(m)
}
const answersIn = (who: Actor, m: MatterId) => w.run(who, async (tx) => plainAnswers(await answersOf(tx, m)))
const stagesOf = (who: Actor, m: MatterId) => w.run(who, async (tx) => (await sharesAt(tx, m)).map(({ stage }) => stage))
const viewOf = (who: Actor, m: MatterId) => w.run(who, (tx) => viewMatter(tx, m))
const hidden = (who: Actor, m: MatterId) => refusalOf(viewOf(who, m))
const isProved = async (m: MatterId) => expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()

/** Told to the hotline, referred to mediation, failed there, referred to legal aid. */
async function wholeStory() {
  const first = await heard()
  const second = await takenOver(committee, await referred(agent, first, 'referToMediation'), { kind: 'labour', gap: 'none' })
  await act(committee, second, 'invite', { name: '演示建筑公司' })
  const other = holdersIn(await w.read(second), 'respondent')[0]!.id // just invited
  await act(committee, second, 'consent', { holder: other })
  await w.run(committee, (tx) => tellFor(tx, second, { said: { story: { story: '我们没有钱。' } }, channel: 'window', holder: other }))
  await act(committee, second, 'fail')
  const applicant = holdersIn(second, 'applicant')[0]!.id // whom it was opened for
  const third = await takenOver(reviewer, await referred(committee, second, 'referToLegalAid', { holder: applicant }))
  return { first, second: await w.read(second), third, other }
}

describe('a wage story told on the telephone by a man without an account', () => {
  test('is his: he is the applicant, whoever wrote it down is on record, and no account was made for it', async () => {
    const m = await heard()
    expect(m.state).toBe('completing')
    expect(holdersIn(m, 'applicant')).toMatchObject([{ account: null }])
    const { timeline, facts, parties } = await viewOf(agent, m)
    expect([timeline[0]?.action, parties[0]?.name]).toEqual(['open', '马**'])
    expect(facts.find(({ question }) => question === 'story')?.source).toMatchObject({ channel: '热线' })
    await isProved(m)
  })

  test('goes to mediation, fails there and comes to legal aid: no fact is asked twice, and each file is whole', async () => {
    const { first, second, third } = await wholeStory()
    expect([(await w.read(first)).state, second.state, third.state]).toEqual(['referred', 'failed', 'completing'])
    const asked = new Map<string, number>()
    for (const m of [first, second, third]) {
      const known = await w.run(clockwork, (tx) => answersOf(tx, m, holdersIn(m, 'applicant')[0]?.id ?? null))
      const own = new Map([...known].filter(([, { source }]) => source.carriedFrom === null))
      for (const fact of factsIn(journeyFor(m.line, '2026-03-02'), plainAnswers(own)).keys()) asked.set(fact, (asked.get(fact) ?? 0) + 1)
    }
    expect([...asked.keys()]).toEqual(expect.arrayContaining(['dispute.story', 'person.name', 'contact.phone', 'dispute.opponent']))
    expect([...asked].filter(([, times]) => times > 1)).toEqual([])
    expect(Object.keys(await answersIn(reviewer, third))).toEqual(expect.arrayContaining(['person', 'contact', 'place', 'story', 'opponent']))
    for (const m of [first, second, third]) await isProved(m)
  })

  test('each body sees its own share of it, by policy and by route: of the next one only how far it came', async () => {
    const { first, second, third } = await wholeStory()
    expect(await hidden(committee, first)).toBe('not_found')
    expect(await hidden(reviewer, second)).toBe('not_found')
    expect(await stagesOf(reviewer, first)).toEqual(['ended'])
    expect((await viewOf(reviewer, first)).shares).toMatchObject([{ stage: '那边办完了', leave: '本人在电话里同意' }])
    expect(await stagesOf(committee, second)).toEqual(expect.arrayContaining(['accepted']))
    const rows = (who: Actor, m: MatterId) =>
      w.run(who, async (tx) => (await sql`select from answer a where a.matter = ${m.id}`.execute(tx.db)).rows.length)
    expect([await rows(committee, first), await rows(reviewer, second), await rows(committee, third)]).toEqual([0, 0, 0])
    for (const figures of [he, ding]) expect(await stagesOf(figures, first)).toEqual([])
  })

  test('what the other side said is carried nowhere', async () => {
    const { third, other } = await wholeStory()
    const { rows } = await w.run(clockwork, (tx) =>
      sql<{ by: string }>`select distinct a.said_by as by from answer a where a.carried_from is not null`.execute(tx.db),
    )
    expect(rows.map(({ by }) => by)).not.toContain(other)
    expect(await answersIn(reviewer, third)).toMatchObject({ story: told.story })
  })

  test('reads as one story to him once he has proved his telephone: one timeline, each step with its body', async () => {
    const { first, second, third } = await wholeStory()
    for (const m of [first, second, third]) await prove(m)
    await w.run(clockwork, (tx) => joinOpenedFor(tx, li.id, phone))
    expect(holdersIn(await w.read(third), 'applicant')).toMatchObject([{ account: li.id }])
    const page = (await (await signedIn(w, app, li)).get(`/m/${third.code}`)).body
    for (const words of ['工作人员替您记下了', '这件事转去人民调解了', '没有谈成', '这件事转去申请法律援助了', offices.committee.name, offices.centre.name])
      expect(page, words).toContain(words)
    expect((await (await signedIn(w, app, chen)).get(`/m/${third.code}`)).statusCode).toBe(404)
    for (const m of [first, second, third]) await isProved(m)
  })
})

/** The agent reads the code that came to the man's telephone back from him. */
async function prove(m: Matter, number = phone): Promise<boolean> {
  const who = m.line === 'mediation' ? committee : agent
  const person = holdersIn(m, 'applicant')[0]!.party! // opened for somebody without an account
  const desk = await signedIn(w, app, who)
  const path = `/api/matters/${m.region}/${m.id}/people/${person}`
  w.at(nextMinute())
  const sent = w.gateway.sent.length
  const asked = await desk.json('POST', `${path}/phone-code`, {})
  if (asked.statusCode !== 200) return false
  const code = /\d{6}/.exec(w.gateway.sent.slice(sent).findLast(({ to }) => to === number)?.text ?? '')?.[0] ?? ''
  return ((await desk.json('POST', `${path}/phone-proof`, { code })).json() as { isProved: boolean }).isProved
}

let minute = 0
/** A code is sent at most once a minute. */
const nextMinute = () => `2026-03-02T11:${String(++minute).padStart(2, '0')}`

describe('before the other body has answered', () => {
  test('it reads what came along through the share, the sender goes on answering, and nothing is its own yet', async () => {
    const first = await heard()
    const child = await referred(agent, first, 'referToMediation', { carries: ['story'] })
    expect([(await w.read(first)).state, child.state]).toEqual(['referring', 'referredIn'])
    expect(await answersIn(committee, child)).toEqual({})
    const { facts, shares } = await viewOf(committee, child)
    expect(facts.map(({ question, rows }) => [question, rows[0]?.value])).toEqual([['story', told.story.story]])
    expect(shares).toMatchObject([{ words: '别处转来：事情经过', stage: '等答复' }])
  })

  test('what was not ticked does not go along, not even a name', async () => {
    const child = await referred(agent, await heard(), 'referToMediation', { carries: ['story'] })
    expect((await viewOf(committee, child)).parties).toMatchObject([{ name: null }])
    expect((await w.run(committee, (tx) => offeredTo(tx, child))).map(({ question }) => question.key)).toEqual(['story'])
  })

  test('the person takes it back: from then on nothing is read there, by route or by policy, and the sender goes on', async () => {
    const first = await heard()
    const child = await referred(agent, first, 'referToMediation')
    expect((await w.run(committee, (tx) => offeredTo(tx, child))).length).toBeGreaterThan(3)
    await act(committee, child, 'takeBackReferral') // as he said on the telephone
    await w.settle()
    expect(await w.run(committee, (tx) => offeredTo(tx, child))).toEqual([])
    expect((await viewOf(committee, child)).facts).toEqual([])
    expect([(await w.read(child)).state, (await w.read(first)).state]).toEqual(['sentBack', 'completing'])
    expect(await stagesOf(agent, first)).toEqual(['revoked'])
  })

  test('it is sent back with a reason and where to turn, which the sender and the person read', async () => {
    const first = await heard()
    const child = await referred(agent, first, 'referToMediation')
    await act(committee, child, 'returnReferral', { reason: why, instead: '劳动监察大队' })
    await w.settle()
    expect((await w.read(first)).state).toBe('completing')
    const back = (await viewOf(agent, first)).timeline.find(({ action }) => action === 'referralReturned')
    expect(back?.rows.map(({ value }) => value)).toEqual([why, '劳动监察大队'])
    expect(await answersIn(committee, child)).toEqual({})
    await isProved(first)
  })

  test('a reason is owed, and nothing is taken over after it was sent back', async () => {
    const child = await referred(agent, await heard(), 'referToMediation')
    expect(await refusalOf(act(committee, child, 'returnReferral', {}))).toBe('invalid')
    await act(committee, child, 'returnReferral', { reason: why })
    expect(await refusalOf(act(committee, child, 'acceptReferral', { kind: 'labour', gap: 'none' }))).toBe('wrong_state')
  })

  test('three working days go by unanswered: the body above hears of it (2026-03-05)', async () => {
    w.at('2026-03-02')
    const child = await referred(agent, await heard(), 'referToMediation')
    expect((await w.clock(child, 'answerReferral'))?.dueAt?.toISOString()).toBe('2026-03-05T16:00:00.000Z')
    w.at('2026-03-06T00:01')
    await w.sweep()
    await w.settle()
    expect(await actionsOf(w, child)).toContain('referralOverdue')
    w.at('2026-03-02')
  })
})

test('nobody is referred without their leave: an officer writes down how it was given (个人信息保护法 §23)', async () => {
  const m = await heard()
  expect(await refusalOf(act(agent, m, 'referToMediation', { carries: ['story'] }))).toBe('invalid')
  expect(await refusalOf(act(agent, m, 'referToMediation', { carries: [], leave: 'phone' }))).toBe('invalid')
})

test('to another county the facts are copied with where they come from', async () => {
  const first = await heard()
  const there = granted({ duty: 'intake', region: '630121', office: null, lines: null })
  const child = await takenOver(there, await referred(agent, first, 'referToMediation', { county: '630121' }), { kind: 'labour', gap: 'none' })
  expect([child.region, child.parent]).toEqual(['630121', null])
  const known = await w.run(there, (tx) => answersOf(tx, child))
  expect(known.get('story')).toMatchObject({ value: told.story, source: { carriedFrom: first.id, channel: 'hotline' } })
  expect((await w.read(first)).state).toBe('referred')
  await isProved(child)
})

test('where no body is registered that could take it over, it comes back at once, with that reason', async () => {
  const first = await heard()
  await act(agent, first, 'referToMediation', { carries: ['story'], leave: 'phone', county: '110101' })
  await w.settle()
  expect((await w.read(first)).state).toBe('completing')
  expect((await viewOf(agent, first)).timeline.some(({ action }) => action === 'referralReturned')).toBe(true)
})

test('violence told in a story is private wherever it goes, and never put into one room', async () => {
  const first = await heard({ said: { ...told, story: { story: '老板打我，还威胁我不许走。' } } })
  const child = await takenOver(committee, await referred(agent, first, 'referToMediation'), { kind: 'labour', gap: 'none' })
  expect(child.data['isPrivate']).toBe(true)
})

test('what is left is asked on the telephone and sent off: the number is drawn then, and nothing told before is asked', async () => {
  const m = await heard()
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
    const next = nextUnanswered(journeyFor('legal-aid', '2026-03-02'), await answersIn(agent, m))
    if (!next) break
    asked.push(next.key)
    await tell({ [next.key]: rest[next.key]! }) // the story is of wages
  }
  expect(asked.filter((key) => key in told || key === 'person' || key === 'place')).toEqual([])
  const sent = await act(agent, m, 'submit')
  expect([sent.state, sent.number?.includes('民')]).toEqual(['submitted', true])
  expect((await viewOf(agent, m)).parties.filter(({ role }) => role === 'recipient')).toHaveLength(1)
})

test('at a desk elsewhere, and to a manager, an account that is not his changes nothing: a typed telephone lets nobody in', async () => {
  const m = await heard({ person: { ...man, phone: '13900007777' }, said: { ...told, contact: { safe: 'both', phone: '13900007777' } } })
  await w.run(clockwork, (tx) => joinOpenedFor(tx, chen.id, '13900007777'))
  expect(holdersIn(await w.read(m), 'applicant')).toMatchObject([{ account: null }])
})

test('no code goes to a telephone whose person did not say that texts are safe there', async () => {
  const quiet = { contact: { safe: 'callOnly', phone } }
  expect(await prove(await heard({ said: { ...told, ...quiet } }))).toBe(false)
  expect(await prove(await heard({ said: { story: told.story } }))).toBe(false)
})

test('a word on how somebody is reached is no younger for having been carried', async () => {
  const first = await heard()
  const child = await referred(agent, first, 'referToMediation')
  w.at('2026-03-03')
  const taken = await takenOver(committee, child, { kind: 'labour', gap: 'none' })
  const [was, is] = await Promise.all([first, taken].map((m) => w.run(clockwork, async (tx) => (await answersOf(tx, m)).get('contact')?.source.at)))
  expect(is).toEqual(was)
  w.at('2026-03-02')
})

test('a person with an account refers from the page of the matter itself, and ticks what goes', async () => {
  const m = await w.run(committee, (tx) =>
    mediation.opening!.open(tx, { region: county, id: v7() }, { kind: 'labour', gap: 'none', isOffered: false, applicants: [{ name: '李大山' }], story: '工钱没给。' }),
  )
  const holder = holdersIn(m, 'applicant')[0]!.id // just opened
  await act(committee, m, 'link', { holder, account: li.id })
  await act(committee, m, 'invite', { name: '演示建筑公司' })
  await act(committee, m, 'decline')
  const browser = await signedIn(w, app, li)
  const page = (await browser.get(`/m/${m.code}`)).body
  expect(page).toContain('转去申请法律援助')
  expect(page).not.toContain('本人怎么同意的')
  const child = await referred(li, m, 'referToLegalAid', { leave: undefined, carries: ['story'] })
  expect(holdersIn(child, 'applicant')).toMatchObject([{ account: li.id }])
  expect((await lettersOf(w, child)).map(({ template, account }) => [template, account])).toContainEqual(['tellReferred', li.id])
  const after = (await browser.get(`/m/${child.code}`)).body
  expect(after).toContain('您同意转的')
})

test('all that was carried is what was noted of it', async () => {
  expect(await w.run(clockwork, async () => flawsOfKept(w.on, w.now()))).toEqual([])
})
