import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nextUnanswered, pathOf } from '#kernel/journey/journey.ts'
import { replay } from '#kernel/decide.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { journeyOn } from '#lines/legal-aid/journey/journey.ts'
import { signInStaff } from '#platform/doors/sign-in.ts'
import { eventsOf, matterOf } from '#engine/matter-rows.ts'
import { lineOf } from '#platform/platform.ts'
import { loadRegions } from '#records/register/regions.ts'
import { parseResidentId } from '#records/people/resident-id.ts'
import { candidatesFor } from '#lines/legal-aid/world/candidates.ts'
import { reading } from '#lines/legal-aid/world/case-reading.ts'
import { cast, world, type World } from '#test/world.ts'
import { TOTP, Secret } from 'otpauth'
import { seedDemo, seedEssentials, seedMatters, type DemoAccounts } from './demo.ts'
import { scenesAt } from './demo-scene.ts'
import { stories } from './demo-stories.ts'

let w: World
let demo: DemoAccounts
const now = new Date('2026-06-15T18:30:00+08:00')
beforeAll(async () => {
  w = await world(now.toISOString())
  await places(w)
  const start = performance.now()
  demo = await seedEssentials(w.on, now)
  const ready = performance.now()
  await seedMatters(w.on, now)
  if (process.env['SEED_TIMES'])
    console.log(`essentials ${Math.round(ready - start)} ms, matters ${Math.round(performance.now() - ready)} ms`)
})
afterAll(() => w[Symbol.asyncDispose]())

/** The places to the county, as the service loads them before it seeds. */
const places = (of: World) => of.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63', '21'], toLevel: 3 }))

const matters = () => w.on.database.owner((db) => db.selectFrom('matter').selectAll().execute())

describe('the demo', () => {
  test('every matter’s log tells how its row came to be', async () => {
    const rows = await matters()
    expect(rows.length).toBeGreaterThanOrEqual(48)
    for (const row of rows)
      await w.run(cast.clockwork, async (tx) =>
        expect(replay(lineOf(w.on, row.line, row.edition), await eventsOf(tx, row))).toEqual(await matterOf(tx, row)),
      )
  })
  test('seeding again, on the same day or a later one, changes nothing', async () => {
    const dump = () =>
      w.on.database.owner(async (db) => [
        await db.selectFrom('event').selectAll().orderBy('id').orderBy('seq').execute(),
        await db.selectFrom('account').selectAll().orderBy('id').execute(),
        await db.selectFrom('clock').selectAll().orderBy('id').orderBy('limit').execute(),
        await db.selectFrom('office').selectAll().orderBy('id').execute(),
      ])
    const before = await dump()
    await seedDemo(w.on, now)
    await seedDemo(w.on, new Date('2026-07-01T09:00:00+08:00'))
    expect(await dump()).toEqual(before)
  })
  test('seeding that was cut off in the middle goes on to the same end', async () => {
    const told = (which: World) =>
      which.on.database.owner((db) =>
        db.selectFrom('event').select(['id', 'seq', 'action', 'at', 'from', 'to']).orderBy('id').orderBy('seq').execute(),
      )
    await using cut = await world(now.toISOString())
    await places(cut)
    await seedEssentials(cut.on, now)
    let left = 500
    const lawOf: typeof cut.on.settings.lawOf = (...its) => {
      if (left-- === 0) throw new Error('power cut')
      return cut.on.settings.lawOf(...its)
    }
    await expect(seedMatters({ ...cut.on, settings: { ...cut.on.settings, lawOf } }, now)).rejects.toThrow('power cut')
    expect((await told(cut)).length).toBeGreaterThan(100)
    await seedMatters(cut.on, new Date('2026-06-16T08:00:00+08:00'))
    expect(await told(cut)).toEqual(await told(w))
  })
  test('events of a matter follow each other in time, none ahead of now', async () => {
    const events = await w.on.database.owner((db) =>
      db.selectFrom('event').select(['id', 'seq', 'at']).orderBy('id').orderBy('seq').execute(),
    )
    for (const [at, event] of events.entries()) {
      expect(event.at <= now).toBe(true)
      const before = events[at - 1]
      expect(before?.id !== event.id || before.at <= event.at).toBe(true)
    }
  })
  test('every queue has something in it, and some of it is late or nearly', async () => {
    const rows = await matters()
    const states = new Set(rows.filter(({ line }) => line === 'legal-aid').map(({ state }) => state))
    for (const state of [
      'draft',
      'submitted',
      'supplementing',
      'deemedWithdrawn',
      'urgent',
      'granted',
      'correcting',
      'refused',
      'refusalSent',
      'assigned',
      'handling',
      'replacing',
      'concluded',
      'fileApproved',
      'archived',
      'terminationSent',
      'withdrawn',
      'referred',
      'subsidyPaid',
    ])
      expect([...states]).toContain(state)
    const late = await w.on.database.owner((db) => db.selectFrom('clock').select(['limit']).where('breached_at', 'is not', null).execute())
    expect(new Set(late.map(({ limit }) => limit))).toEqual(
      expect.objectContaining(new Set(['review', 'assignment', 'engagement', 'fileHandIn'])),
    )
    const soon = rows.filter((row) => row.due_at && row.due_at > now && row.due_at.getTime() - now.getTime() < 2 * 86_400_000)
    expect(soon.length).toBeGreaterThan(2)
    const outcomes = rows.flatMap(({ data }) => (data as { outcome?: { confirmation: string } }).outcome?.confirmation ?? [])
    expect(new Set(outcomes)).toEqual(new Set(['claimed', 'confirmed', 'contradicted']))
  })
  test('everyone answered the whole journey, as its own rules read it', () => {
    for (const { answers, openedOn, notice } of scenesAt(now, new Map())) {
      if (notice) continue
      const journey = journeyOn(openedOn)
      expect(nextUnanswered(journey, answers)?.key).toBeUndefined()
      for (const question of pathOf(journey, answers))
        expect([question.key, question.schema.safeParse(answers[question.key]).error]).toEqual([question.key, undefined])
    }
  })
  test('what is made up says so, and is well formed', async () => {
    for (const { person } of scenesAt(now, new Map())) {
      expect(person.name).toMatch(/（演示）$/)
      expect(parseResidentId(person.idNumber, dayOf(now)).ok).toBe(true)
    }
    const [offices, register] = await w.on.database.owner(
      async (db) =>
        [await db.selectFrom('office').selectAll().execute(), await db.selectFrom('practitioner').selectAll().execute()] as const,
    )
    for (const { name } of [...offices, ...register]) expect(name).toMatch(/（演示）$/)
    for (const { licence } of register) expect(licence ?? '16301201610000001').toMatch(/^1\d{16}$/)
  })
  test('a person signs in with the demo’s password and authenticator', async () => {
    const totp = new TOTP({ secret: Secret.fromBase32(demo.totpSecret) }).generate({ timestamp: now.getTime() })
    expect(await signInStaff(w.on, { login: 'chengdong.director', password: demo.password, totp, device: '', session: null }, now)).toMatch(
      /^[\w-]{43}$/,
    )
  })
  test('in the traffic case of the demo one lawyer advised the insurer and one is kin of the driver; others may be sent (AC-10)', async () => {
    const scene = scenesAt(now, new Map()).find(({ tale }) => tale === 'conflictKnown')!
    const found = await w.run(cast.guo, async (tx) => candidatesFor(tx, (await matterOf(tx, scene))!, reading)) // the demo holds them
    expect(found[0]?.verdict).toBe('assignable')
    expect(new Set(found.flatMap(({ reasons }) => reasons.map(({ code }) => code)))).toEqual(
      new Set(['C1', 'C2', 'C3', 'C6', 'C8', 'form']),
    )
  })
  test('every tale is told by somebody', () => {
    const told = new Set(scenesAt(now, new Map()).map(({ tale }) => tale))
    expect(Object.keys(stories).filter((tale) => !told.has(tale as keyof typeof stories))).toEqual([]) // keys of the record
  })
})
