import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, type Actor } from '#kernel/actor.ts'
import { holdersIn } from '#kernel/seat.ts'
import type { MatterId } from '#kernel/matter.ts'
import { clocksOf, eventsOf, matterOf } from '#engine/matter-rows.ts'
import { flawOf } from '#engine/verify.ts'
import { answersOf, saveAnswer } from '#records/people/answers.ts'
import { addCountyOffices, offices } from '#test/offices.ts'
import { granted } from '#test/planted.ts'
import { lastDay } from '#test/scenarios/scene.ts'
import { plantTable, readers, rowsFor, shown, tables, type Planted } from './two-sided-rows.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { rehearsal } from './world/service.ts'

const { liu, li, chen, ma, zhao, qian } = cast

let w: World
beforeAll(async () => {
  w = await world()
  await w.run(cast.clockwork, addCountyOffices)
})
afterAll(() => w[Symbol.asyncDispose]())

/** Opened at the counter for somebody without an account. */
const taken = (who: Actor = liu, into = w): Promise<MatterId> => {
  into.at('2026-03-02')
  const asked = { applicant: { name: '王桂英', phone: '13900001111' } }
  return into.run(who, (tx) => rehearsal.opening!.open(tx, { region: county, id: v7() }, asked)) // it declares one
}
const serve = async (m: MatterId, ...people: string[]) => void (await w.act(liu, m, 'serve', { respondents: people }))
const link = (m: MatterId, holder: string, who: Actor) => w.act(liu, m, 'link', { holder, account: who.id })
const applicantOf = async (m: MatterId) => holdersIn(await w.read(m), 'applicant')[0]!.id // it was opened for one
const running = async (m: MatterId, limit = 'reply'): Promise<Record<string, Date | null>> =>
  Object.fromEntries(
    (await w.run(cast.clockwork, (tx) => clocksOf(tx, m)))
      .filter((clock) => clock.limit === limit && !clock.stoppedAt)
      .map(({ party, dueAt }) => [party ?? '', dueAt]),
  )
const lastDays = async (m: MatterId) => Object.fromEntries(Object.entries(await running(m)).map(([party, due]) => [party, lastDay(due)]))
const stateOf = async (m: MatterId) => (await w.read(m)).state
const isProved = async (m: MatterId) => expect(await w.run(cast.clockwork, (tx) => flawOf(tx, m))).toBeNull()

describe('two respondents served on different days keep their own limits', () => {
  let m: MatterId
  const [a, b] = [v7(), v7()]
  beforeAll(async () => {
    m = await taken()
    await serve(m, a)
    w.at('2026-03-04')
    await serve(m, b)
    await link(m, a, chen)
  })

  test('serving the second leaves the first as it was', async () => {
    expect(await lastDays(m)).toEqual({ [a]: '2026-03-12', [b]: '2026-03-16' })
  })

  test('a respondent who replies cannot reply for the other', async () => {
    await expect(w.act(chen, m, 'reply', { respondent: b })).rejects.toMatchObject({ code: 'not_applicable' })
  })

  test('the reply of one never stops the other’s, and the log rebuilds both', async () => {
    await w.act(chen, m, 'reply', { respondent: a })
    expect(await lastDays(m)).toEqual({ [b]: '2026-03-16' })
    await isProved(m)
  })

  test('the clerk writes a reply down for one without an account, whose limit alone it stops', async () => {
    const c = v7()
    await serve(m, c)
    await w.act(liu, m, 'reply', { respondent: b })
    expect(Object.keys(await lastDays(m))).toEqual([c])
  })
})

test('each mediator has twenty-four hours of their own to call; the system records whose have passed', async () => {
  const m = await taken()
  await w.act(liu, m, 'appoint', { mediators: [zhao.id, qian.id] })
  await w.act(zhao, m, 'call', { mediator: zhao.id })
  expect(await running(m, 'firstCall')).toEqual({ [qian.id]: new Date('2026-03-03T10:00:00+08:00') })
  w.at('2026-03-03T10:01')
  await w.sweep()
  const { rows } = await w.run(cast.clockwork, (tx) =>
    sql<{ input: unknown }>`select input from event where region = ${m.region} and id = ${m.id} and action = 'overdue'`.execute(tx.db),
  )
  expect(rows).toEqual([{ input: { limit: 'firstCall', party: qian.id } }])
})

describe('what both sides sign counts once everybody has signed', () => {
  async function proposed(): Promise<{ m: MatterId; applicant: string; a: string; b: string }> {
    const m = await taken()
    const [a, b] = [v7(), v7()]
    await serve(m, a, b)
    await link(m, a, chen)
    await w.act(liu, m, 'appoint', { mediators: [zhao.id] })
    await w.act(zhao, m, 'propose')
    return { m, applicant: await applicantOf(m), a, b }
  }

  test('until the last has, the matter waits; the clerk signs for those without an account by naming them', async () => {
    const { m, applicant, b } = await proposed()
    await w.act(chen, m, 'sign')
    await w.act(liu, m, 'sign', { holder: applicant })
    expect(await stateOf(m)).toBe('signing')
    await w.act(liu, m, 'sign', { holder: b })
    expect(await stateOf(m)).toBe('agreed')
    await isProved(m)
  })

  test('nobody signs twice, nor does the clerk for one who has signed or for nobody', async () => {
    const { m, a } = await proposed()
    await w.act(chen, m, 'sign')
    await expect(w.act(chen, m, 'sign')).rejects.toMatchObject({ code: 'once_only' })
    for (const input of [{ holder: a }, { holder: v7() }, {}])
      await expect(w.act(liu, m, 'sign', input)).rejects.toMatchObject({ code: 'not_permitted' })
  })

  test('an agreement changed after the first signature is signed anew by everybody', async () => {
    const { m, applicant, a, b } = await proposed()
    await w.act(chen, m, 'sign')
    await w.act(zhao, m, 'edit')
    await w.act(liu, m, 'sign', { holder: applicant })
    await w.act(liu, m, 'sign', { holder: b })
    expect([await stateOf(m), (await w.read(m)).joint]).toEqual(['signing', { sign: [applicant, b] }])
    await w.act(liu, m, 'sign', { holder: a })
    expect(await stateOf(m)).toBe('agreed')
  })

  test('one who refuses ends it, whoever has signed before, and nobody’s limit runs on', async () => {
    const { m, applicant } = await proposed()
    await w.act(liu, m, 'sign', { holder: applicant })
    await w.act(chen, m, 'refuse')
    expect([await stateOf(m), await running(m)]).toEqual(['ended', {}])
  })
})

describe('the clerk opens for somebody who has no account', () => {
  let m: MatterId
  beforeAll(async () => {
    m = await taken()
    await w.run(liu, (tx) => saveAnswer(tx, m, 'story', { story: '墙塌到了我家院里' }, 'window'))
  })
  const story = (who: Actor) => w.run(who, async (tx) => (await answersOf(tx, m)).get('story')?.value)

  test('nothing that was written down is invisible to the clerk later, nor to whoever is sent to mediate', async () => {
    await serve(m, v7())
    await w.act(liu, m, 'appoint', { mediators: [zhao.id] })
    expect([await story(liu), await story(zhao)]).toEqual([{ story: '墙塌到了我家院里' }, { story: '墙塌到了我家院里' }])
    expect(await w.run(liu, (tx) => eventsOf(tx, m))).toHaveLength((await w.read(m)).version + 1)
  })

  test('it is the applicant’s word: they read it once they have an account, and no respondent does', async () => {
    await link(m, await applicantOf(m), li)
    await link(m, holdersIn(await w.read(m), 'respondent')[0]!.id, chen) // one was served
    expect([await story(li), await story(chen)]).toEqual([{ story: '墙塌到了我家院里' }, undefined])
  })

  test('what the clerk writes down for a respondent is that respondent’s, and never overwrites the applicant’s', async () => {
    const respondent = holdersIn(await w.read(m), 'respondent')[0]!.id // likewise
    await w.run(liu, (tx) => saveAnswer(tx, m, 'story', { story: '墙是他自己推倒的' }, { channel: 'window', holder: respondent }))
    expect([await story(li), await story(chen)]).toEqual([{ story: '墙塌到了我家院里' }, { story: '墙是他自己推倒的' }])
  })

  test('a citizen, a provider and a clerk of the office next door open none', async () => {
    for (const who of [li, zhao, granted(...at(offices.notary, 'intake'))])
      await expect(taken(who)).rejects.toMatchObject({ code: 'not_permitted' })
  })
})

describe('by row policy, each side reads what it said and what was shared with it', () => {
  let planted: Planted
  beforeAll(async () => {
    planted = await plantTable(w, await taken())
  })
  const cells = Object.keys(readers).flatMap((reader) => tables.map((table) => [reader, table] as const))

  test.each(cells)('%s, in %s', async (reader, table) => {
    expect(await rowsFor(w, planted, reader, table)).toEqual(shown(reader, table))
  })

  test('a policy that opens everything is seen, in every table that it opens', async () => {
    await using leaky = await world('2026-03-02T10:00:00+08:00')
    const opened = await plantTable(leaky, await taken(liu, leaky))
    const asked = [
      'opens(of_region text, of_matter uuid, holder text, is_shared boolean, who text[])',
      'told(of_region text, of_matter uuid, holder text, who text[])',
    ]
    for (const one of asked)
      await leaky.on.database.owner((db) =>
        sql`create or replace function sec.${sql.raw(one)} returns boolean
        language plpgsql stable security definer parallel safe set search_path = pg_catalog, public as 'begin return true; end'`.execute(
          db,
        ),
      )
    const found = await Promise.all(tables.map(async (table) => [table, await rowsFor(leaky, opened, 'respondent A', table)] as const))
    const leaks = found.filter(([table, rows]) => rows.some((row) => !shown('respondent A', table).includes(row)))
    expect(leaks.map(([table]) => table)).toEqual([...tables])
  })
})

test('whoever left sees no matter, and whoever is still there does', async () => {
  const m = await taken()
  const [a, b] = [v7(), v7()]
  await serve(m, a, b)
  await link(m, a, chen)
  await link(m, b, ma)
  await w.act(liu, m, 'release', { respondent: b })
  const sees = (who: Actor) => w.run(who, async (tx) => (await matterOf(tx, m)) !== undefined)
  expect([await sees(chen), await sees(ma)]).toEqual([true, false])
})
