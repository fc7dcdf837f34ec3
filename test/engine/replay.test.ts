import * as fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Facts } from '#lines/legal-aid/means/facts.ts'
import { exemptionCodes, matterCodes, topicCodes } from '#lines/legal-aid/matters.ts'
import { assess } from '#lines/legal-aid/means/means.ts'
import { redecide } from '#lines/legal-aid/means/replay.ts'
import { settingsFrom, type HardshipStandard } from '#lines/legal-aid/settings.ts'
import type { Draft } from '#records/settings/draft-rows.ts'
import { underLease } from '#engine/lease.ts'
import { runReplays } from '#lines/legal-aid/world/replay/run.ts'
import { listFlips } from '#lines/legal-aid/world/replay/flips.ts'
import { cancelReplay, findReplay, startReplay } from '#records/settings/replays.ts'
import { loadRegions } from '#records/register/regions.ts'
import { enterSettings, proposeSetting, publishSetting, withdrawSetting } from '#records/settings/setting-drafts.ts'
import { earning, plantAssessments } from '#test/assessments.ts'
import { officer } from '#test/planted.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let region: string
const he2 = officer('63', 'manager')
const neighbour = officer('630121', 'manager')
/** A county of its own for each test, so that none counts another's assessments. */
const counties = [
  '630103',
  '630104',
  '630105',
  '630106',
  '630123',
  '630202',
  '630203',
  '630222',
  '632221',
  '632222',
  '632223',
  '632224',
  '632521',
  '632322',
  '632323',
  '632324',
]

beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
})
beforeEach(() => {
  region = counties.shift() ?? ''
  w.at('2026-03-02')
})
afterAll(() => w[Symbol.asyncDispose]())

const standard = (multiple: number): HardshipStandard => ({
  basis: 'minimumLivingAllowanceMultiple',
  multiple,
  inclusive: true,
  area: 'applicantResidence',
})
const propose = (value: unknown, key = 'hardship.standard'): Promise<Draft> =>
  w.run(cast.he, (tx) => proposeSetting(tx, { id: v7(), region, key, validFrom: '2026-04-01', value, note: '演示依据' }))
const start = (draft: Draft, key = v7()) => w.run(cast.he, (tx) => startReplay(tx, draft.id, key))
const progress = (draft: Draft) => w.run(he2, (tx) => findReplay(tx, draft.id))
const flipsOf = async (draft: Draft, who = he2) => {
  const replay = await progress(draft)
  return (await w.run(who, (tx) => listFlips(tx, replay?.id ?? '', { limit: 500 }))).rows
}
async function replayed(draft: Draft, sliceSize?: number) {
  await start(draft)
  await runReplays(w.on, 'test', w.now, { sliceSize })
  return flipsOf(draft)
}

const incomes = [100_000, 170_000, 230_000, 250_000, 500_000]

describe('who would be decided otherwise', () => {
  test('lowering the standard from three allowances to two turns those in between, and names the step and the margin (法律援助法 §34)', async () => {
    const [, second, third] = await plantAssessments(
      w,
      incomes.map((fen) => ({ facts: earning(fen), region })),
    )
    const flips = await replayed(await propose(standard(2)))
    expect(flips.map(({ assessment }) => assessment).toSorted()).toEqual([second, third].toSorted())
    expect(flips[0]).toMatchObject({ from: 'grant', to: 'refuse', turned: { step: 'hardship', finding: 'noHardship', marginFen: -10_000 } })
    expect(flips[0]?.number).toContain('演法援民')
  })

  test('a figure the facts carry is replaced in them: a higher allowance lets the fourth in', async () => {
    const planted = await plantAssessments(
      w,
      incomes.map((fen) => ({ facts: earning(fen), region })),
    )
    const flips = await replayed(await propose(90_000, 'hardship.allowanceFenPerMonth'))
    expect(flips.map(({ assessment, from, to }) => [assessment, from, to])).toEqual([[planted[3], 'refuse', 'grant']])
  })

  test('a list of the province opens its matters', async () => {
    await plantAssessments(w, [{ facts: earning(0, { matter: { code: 'M31-9', topic: 'housing', hasCounsel: false } }), region }])
    const flips = await replayed(await propose(['housing'], 'matters.provincial'))
    expect(flips).toMatchObject([{ from: 'refuse', to: 'grant', turned: { step: 'matter', finding: 'matterListed' } }])
  })

  test('a nearer place that has a value of its own on that day is not reached', async () => {
    await w.run(cast.clockwork, (tx) =>
      enterSettings(tx, [
        {
          region,
          key: 'hardship.verificationMethods',
          validFrom: '2026-02-01',
          value: ['undertaking'],
          decidedBy: 'x',
          note: '',
        },
      ]),
    )
    const [january] = await plantAssessments(w, [
      { facts: earning(0), region, day: '2026-01-15' },
      { facts: earning(0), region, day: '2026-02-15' },
    ])
    const province = await w.run(cast.he, (tx) =>
      proposeSetting(tx, {
        id: v7(),
        region: '63',
        key: 'hardship.verificationMethods',
        validFrom: '2026-04-01',
        value: ['dataQuery'],
        note: '演示依据',
      }),
    )
    const here = (await replayed(province)).filter((flip) => flip.region === region)
    expect(here.map(({ assessment }) => assessment)).toEqual([january])
  })

  test('one that cannot be opened is counted as unread and hides no other', async () => {
    const [broken] = await plantAssessments(
      w,
      incomes.map((fen) => ({ facts: earning(fen), region })),
    )
    await w.on.database.owner((db) => db.updateTable('assessment').set({ facts: 'x' }).where('id', '=', broken!).execute()) // five were planted
    const draft = await propose(standard(2))
    expect(await replayed(draft)).toHaveLength(2)
    expect((await progress(draft))?.tally).toMatchObject({
      unread: 1,
      groups: { household: { 1: { all: 4, turned: { 'grant>refuse': 2 } } } },
    })
  })

  test('a replay finds exactly what deciding every case by hand finds, whatever the facts and the draft', async () => {
    const facts = fc.record({
      own: fc.integer({ min: 0, max: 400_000 }),
      others: fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 4 }),
      code: fc.constantFrom(...matterCodes),
      topic: fc.constantFrom(...topicCodes),
      status: fc.option(fc.constantFrom(...exemptionCodes)),
      isTold: fc.boolean(),
      method: fc.constantFrom('dataQuery' as const, 'undertaking' as const),
      opponentIsClear: fc.option(fc.boolean(), { nil: undefined }),
    })
    const draft = fc.oneof(
      fc.record({ key: fc.constant('hardship.standard'), value: fc.option(fc.integer({ min: 1, max: 5 }).map(standard)) }),
      fc.record({ key: fc.constant('hardship.allowanceFenPerMonth'), value: fc.integer({ min: 0, max: 200_000 }) }),
      fc.record({
        key: fc.constantFrom('matters.provincial', 'exemption.provincial', 'noMeansTest.provincial'),
        value: fc.uniqueArray(fc.constantFrom('housing', 'debt', 'disaster', 'education')),
      }),
      fc.record({ key: fc.constant('hardship.verificationMethods'), value: fc.constantFrom(['dataQuery'], ['undertaking']) }),
      fc.record({ key: fc.constant('refusal.provincialGrounds'), value: fc.constantFrom([], ['opponentUnclear']) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 20, maxLength: 40 }), draft, async (cases, { key, value }) => {
        const weighed = cases.map(({ own, others, code, topic, status, isTold, method, opponentIsClear }) =>
          Facts.parse({
            ...earning(own),
            matter: { code, topic, ...(isTold && { hasCounsel: false }) },
            exemption: { statuses: status ? [{ code: status, hasProof: true, topic }] : [] },
            household: { members: others.map((incomeFenPerMonth) => ({ incomeFenPerMonth, isOpponent: false })) },
            verification: { method, done: true },
            opponentIsClear,
          }),
        )
        const ids = await plantAssessments(
          w,
          weighed.map((one) => ({ facts: one, region })),
        )
        const carried: Record<string, object> = {
          'hardship.standard': { hardshipStandard: value ?? undefined },
          'hardship.allowanceFenPerMonth': { allowanceFenPerMonth: value },
        }
        const under = (of: (key: string) => unknown, one: Facts) => assess(one, settingsFrom(of)).proposal
        const now = (asked: string) => w.on.settings.at(asked, region, '2026-03-01')
        const byHand = weighed.flatMap((one, n) => {
          const [from, to] = [under(now, one), under((asked) => (asked === key ? value : now(asked)), { ...one, ...carried[key] })]
          return from === to ? [] : [`${ids[n]} ${from} ${to}`]
        })
        const found = (await replayed(await propose(value, key), 7)).filter(({ assessment }) => ids.includes(assessment))
        expect(found.map(({ assessment, from, to }) => `${assessment} ${from} ${to}`).toSorted()).toEqual(byHand.toSorted())
      }),
      { numRuns: 10 },
    )
  }, 60_000)
})

test('what turned is a step that reads otherwise in the two', () => {
  const settings = settingsFrom((key) => (key === 'hardship.standard' ? standard(3) : undefined))
  const { turned } = redecide(earning(200_000), {
    before: settings,
    after: settings,
    draft: { key: 'hardship.standard', value: standard(2) },
  })
  expect(turned).toMatchObject({ step: 'hardship', threshold: 160_000, marginFen: -40_000 })
})

describe('a crash, a change of mind, and who may', () => {
  const many = Array.from({ length: 60 }, (_, n) => ({ facts: earning(150_000 + n * 2000) }))
  const planted = () =>
    plantAssessments(
      w,
      many.map((one) => ({ ...one, region })),
    )

  test('asked for twice it runs once, and a new one may be asked for when it is over', async () => {
    const draft = await propose(standard(2))
    const [first, second] = [await start(draft), await start(draft)]
    expect(second.id).toBe(first.id)
    await runReplays(w.on, 'test', w.now)
    expect((await start(draft)).id).not.toBe(first.id)
    await w.run(cast.he, (tx) => cancelReplay(tx, draft.id))
  })

  test('cancelled before it ran it finds nothing and does not let the draft be published', async () => {
    await planted()
    const draft = await propose(standard(2))
    await start(draft)
    await w.run(he2, (tx) => cancelReplay(tx, draft.id))
    expect(await runReplays(w.on, 'test', w.now)).toBe(0)
    expect(await flipsOf(draft)).toEqual([])
    await expect(w.run(he2, (tx) => publishSetting(tx, draft.id))).rejects.toMatchObject({ code: 'replay_first' })
  })

  test('a draft that is withdrawn takes its running replay with it', async () => {
    const draft = await propose(standard(2))
    await start(draft)
    await w.run(cast.he, (tx) => withdrawSetting(tx, draft.id))
    expect((await progress(draft))?.cancelledAt).not.toBeNull()
  })

  test('the manager of another county neither starts it nor reads what it found', async () => {
    await planted()
    const draft = await propose(standard(2))
    await expect(w.run(neighbour, (tx) => startReplay(tx, draft.id, v7()))).rejects.toMatchObject({ code: 'not_found' })
    await replayed(draft)
    expect(await flipsOf(draft, neighbour)).toEqual([])
    expect((await flipsOf(draft)).length).toBeGreaterThan(0)
  })

  test('it reads no further than the draft reaches: a county’s draft decides nothing of its neighbour', async () => {
    await plantAssessments(w, [{ facts: earning(200_000), region: county }])
    await planted()
    const draft = await propose(standard(2))
    expect((await replayed(draft)).every((flip) => flip.region === region)).toBe(true)
    expect((await progress(draft))?.total).toBe(60)
  })

  test('after it a colleague publishes, and the standard is that of the draft from its day on', async () => {
    const draft = await propose(standard(2))
    await replayed(draft)
    await w.run(he2, (tx) => publishSetting(tx, draft.id))
    expect([
      w.on.settings.at('hardship.standard', region, '2026-03-31'),
      w.on.settings.at('hardship.standard', region, '2026-04-01'),
    ]).toEqual([null, standard(2)])
  })

  test('cut off in the middle it goes on where it stopped, and nothing is found twice', async () => {
    await planted()
    w.at('2026-03-02T11:00')
    const draft = await propose(standard(2))
    await start(draft)
    let ticks = 0
    const failing = () => {
      if (ticks++ > 12) throw new Error('power cut')
      return w.now()
    }
    await expect(runReplays(w.on, 'one', failing, { sliceSize: 5 })).rejects.toThrow('power cut')
    const cut = await progress(draft)
    expect([cut!.done > 0, cut!.done < 60, cut!.finishedAt]).toEqual([true, true, null]) // it was started
    await underLease(w.on, { name: 'replay', holder: 'three' }, async () =>
      expect(await runReplays(w.on, 'two', w.now, { sliceSize: 5 })).toBe(0),
    )
    expect(await runReplays(w.on, 'two', w.now, { sliceSize: 5 })).toBe(1)
    const byHand = many.filter(
      ({ facts }) => (facts.applicantOwnIncomeFenPerMonth ?? 0) > 160_000 && (facts.applicantOwnIncomeFenPerMonth ?? 0) <= 240_000,
    )
    expect(await flipsOf(draft)).toHaveLength(byHand.length)
    expect(await progress(draft)).toMatchObject({ done: 60, total: 60, tally: { groups: { county: { [region]: { all: 60 } } } } })
  })
})
