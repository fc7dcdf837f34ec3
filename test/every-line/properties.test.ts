import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import type { Actor } from '#kernel/actor.ts'
import { available, replay } from '#kernel/decide.ts'
import { clocksFrom } from '#kernel/limits/clocks.ts'
import { flaws } from '#kernel/proof/prove.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock, Event, Matter, MatterId } from '#kernel/matter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { services } from '#lines/services.ts'
import { clocksOf, eventsOf, matterOf } from '#engine/matter-rows.ts'
import { queueColumns } from '#engine/queue-columns.ts'
import { visitor } from '#platform/tx.ts'
import { scenesOf, type Walk } from '#test/line-scenes.ts'
import { respondents, rightOfTwoSides, twoSides } from '#test/two-sides.ts'
import { cast, world, type World } from '#test/world.ts'

/** The lines of the list, and one of several parties. */
const walked = [...services.map(({ line }) => line), twoSides]
const scenesFor = (key: string): Walk =>
  key === twoSides.key ? { inputs: rightOfTwoSides, start: () => w.open(cast.li, key) } : scenesOf(key)

let w: World
beforeAll(async () => {
  w = await world()
  w.on.lines = new Map([...w.on.lines, [twoSides.key, [twoSides]]])
})
afterAll(() => w[Symbol.asyncDispose]())

const actors: readonly Actor[] = [...Object.values(cast), visitor]
const seed = Number(process.env['WALK_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** What nobody may ever type: each is refused, and leaves no trace. */
const wrong: readonly unknown[] = [
  null,
  'yes',
  [],
  { unheardOf: 1 },
  { reason: '短' },
  { until: '2026-02-30', missing: [] },
  { verdict: 'block' },
  { servedOn: '2199-01-01' },
  { limit: 7 },
]

/** `who` and `what` choose among what is offered, what leads on before what ends or stays, or, when `blind`, among everyone and every action. `hours` pass before it. */
type Step = { who: number; what: number; hours: number; blind: boolean; mistake: number | null; n: number }
// Without bias: small numbers would pick the same few actors and actions again and again.
const step: fc.Arbitrary<Step> = fc.noBias(
  fc.record({
    who: fc.nat(999),
    what: fc.nat(999),
    n: fc.nat(999),
    hours: fc.integer({ min: 0, max: 110 }),
    blind: fc.integer({ min: 0, max: 9 }).map((n) => n < 3),
    mistake: fc.integer({ min: -4 * wrong.length, max: wrong.length - 1 }).map((n) => (n < 0 ? null : n)),
  }),
)

/** On a machine with other work the later walks are left out: a walk cut off half-way would go on into the next test. */
const patienceMs = 18_000

/** Everything the database holds of a matter, as text; two texts are equal exactly when nothing was touched. */
const everything = (m: MatterId) =>
  w.on.database.owner(async (db) => {
    const all = (table: string, key: string) =>
      sql`(select json_agg(x order by x::text) from ${sql.table(table)} x where x.region = ${m.region} and x.${sql.ref(key)} = ${m.id})`
    const { rows } = await sql<{
      text: string
    }>`select json_build_object('matter', ${all('matter', 'id')}, 'event', ${all('event', 'id')}, 'clock', ${all('clock', 'id')},
      'idempotency', ${all('idempotency', 'matter')}, 'message', ${all('message', 'matter')}, 'document', ${all('document', 'matter')},
      'counter', (select json_agg(c order by c::text) from number_counter c), 'jobs', (select count(*) from pgboss.job where data ->> 'id' = ${m.id}))::text as text`.execute(
      db,
    )
    return rows[0]!.text // a bare select returns its row
  })

/** What this actor's page would offer: nothing of a matter that does not exist for them. */
const offered = (line: Line, m: MatterId, actor: Actor): Promise<string[]> =>
  w.run(actor, async (tx) => {
    const matter = await matterOf(tx, m)
    return matter ? available(line, matter, { actor, now: tx.now, law: w.on.settings.lawOf(m.region, tx.now) }) : []
  })

/** Whether it was done; a refusal is an answer, anything else thrown is a bug. */
const attempt = (actor: Actor, m: MatterId, action: string, input: unknown): Promise<boolean> =>
  w.act(actor, m, action, input, { key: v7() }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false
      throw new Error(`${actor.id} ${action} ${JSON.stringify(input)} broke`, { cause: error })
    },
  )

async function choose(line: Line, m: Matter, { who, what, blind }: Step): Promise<{ actor: Actor; action: string }> {
  const actor = actors[who % actors.length] ?? visitor
  const keys = Object.keys(line.actions)
  if (blind) return { actor, action: keys[what % keys.length] ?? '' }
  const law = w.on.settings.lawOf(m.region, w.now())
  const moves = actors.flatMap((one) => available(line, m, { actor: one, now: w.now(), law }).map((action) => ({ actor: one, action })))
  const onward = moves.filter(({ action }) => leadsOn(line, m, action))
  const among = onward.length && what % 4 ? onward : moves
  return among[(who * 31 + what) % Math.max(1, among.length)] ?? { actor, action: keys[0] ?? '' }
}

/** Walks that end at the first withdrawal prove little. */
function leadsOn(line: Line, m: Matter, key: string): boolean {
  const { to, reaches } = line.actions[key] ?? {}
  const next = typeof to === 'string' ? [to] : (reaches ?? [])
  return next.some((state) => state !== m.state && !line.states[state]?.final)
}

/** One step of a walk; true when something was done. */
async function take(line: Line, m: Matter, its: Step): Promise<boolean> {
  const now = await w.read(m)
  const { actor, action } = await choose(line, now, its)
  const right = scenesFor(line.key).inputs[action]?.(now, dayOf(w.now()), its.n, actor)
  const [before, offers] = [await everything(m), await offered(line, m, actor)]
  const done = await attempt(actor, m, action, its.mistake === null ? right : wrong[its.mistake])
  await (done ? expectWhole(line, m, now.version + 1) : expectUntouched(m, before, action))
  const mayTell = done || its.mistake === null
  expect(mayTell ? offers.includes(action) : done, `${action} offered to ${actor.id} in ${now.state}`).toBe(done)
  return done
}

/** A refusal leaves no trace: no event, no moved limit, no key, no number, no job. */
const expectUntouched = async (m: MatterId, before: string, action: string): Promise<void> =>
  expect(await everything(m), `a refused ${action} left a trace`).toBe(before)

/** The row, its queue columns and its clocks are what the log says they are. */
async function expectWhole(line: Line, m: MatterId, version: number): Promise<void> {
  const { row, events, clocks, queue } = await w.run(cast.clockwork, async (tx) => ({
    row: await matterOf(tx, m),
    events: await eventsOf(tx, m),
    clocks: await clocksOf(tx, m),
    queue: await tx.db
      .selectFrom('matter')
      .select(['waits_for', 'due_at', 'is_open'])
      .where('region', '=', m.region)
      .where('id', '=', m.id)
      .executeTakeFirst(),
  }))
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: version + 1 }, (_, seq) => seq))
  const replayed = replay(line, events)
  expect(row).toEqual(replayed)
  expect(
    line.data?.partial().strict().safeParse(replayed.data).error?.issues ?? [],
    'what its actions recorded is what the line declares',
  ).toEqual([])
  expect(clocks).toEqual(reckoned(line, events))
  expect(movedWithoutCause(line, events)).toEqual([])
  const { waitsFor, dueAt, isOpen } = queueColumns(line, replayed, clocks)
  expect(queue).toEqual({ waits_for: waitsFor, due_at: dueAt, is_open: isOpen })
}

/** Every clock, from the log alone. */
const reckoned = (line: Line, events: readonly Event[]): Clock[] =>
  clocksFrom(line, events, (moment) => w.on.settings.lawOf(events[0]?.region ?? '', moment)).toSorted(
    (a, b) => a.startedBy - b.startedBy || (`${a.limit} ${a.party}` < `${b.limit} ${b.party}` ? -1 : 1),
  )

/** Limits whose dates the last event moved, though no table of theirs names its action, nor the state it came from or led to. */
function movedWithoutCause(line: Line, events: readonly Event[]): string[] {
  const [event, before] = [events.at(-1), reckoned(line, events.slice(0, -1))]
  if (!event) return []
  const moved = reckoned(line, events).filter((clock) => !before.some((one) => isDeepStrictEqual(one, clock)))
  return moved
    .map(({ limit }) => limit)
    .filter((limit) => !causesOf(line, limit).some((cause) => [event.action, event.from, event.to].includes(cause)))
}

function causesOf(line: Line, limit: string): string[] {
  const { startedBy, stoppedBy, pausedIn = [], pausedBy = {}, resumedBy = {}, extendedBy = {} } = line.limits[limit]! // a clock is of a limit
  return [startedBy, stoppedBy, pausedIn, Object.keys(pausedBy), Object.keys(resumedBy), Object.keys(extendedBy)].flat()
}

test.each(walked.map((line) => [line.key, line] as const))('the line %s is a sound process, and every action is walked', (key, line) => {
  expect(flaws(line)).toEqual([])
  expect(Object.keys(scenesFor(key).inputs).toSorted()).toEqual(Object.keys(line.actions).toSorted())
})

test.each(walked.map((line) => [line.key, line] as const))(
  'whatever anyone does on a matter of %s: the log rebuilds the row and its limits, a refusal leaves no trace, and what is offered is what can be done',
  async (key, line) => {
    process.stdout.write(`walks of ${key}: WALK_SEED=${seed}\n`)
    const began = Date.now()
    let [walks, done] = [0, 0]
    const walk = async (steps: Step[], n: number) => {
      if (Date.now() - began > patienceMs) return
      walks++
      w.at('2026-03-02T09:00')
      const m = await scenesFor(key).start(w, n)
      let passed = 0
      for (const its of steps) {
        passed += its.hours
        w.at(`${addDays('2026-03-02', Math.floor(passed / 24))}T${String(passed % 24).padStart(2, '0')}:30`)
        if (await take(line, m, its)) done++
      }
    }
    const numRuns = scenesFor(key).walks ?? 12
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), fc.nat(999), walk), {
      numRuns,
      seed,
      endOnFailure: true,
    })
    expect(done, 'walks on which nothing happens prove nothing').toBeGreaterThan(walks)
  },
)

/** What happens to the made-up line between two parties, on some day, and whom it names. */
const happened = fc.record({
  day: fc.nat(20),
  action: fc.constantFrom('serve', 'answer', 'appraise', 'appraised', 'prolong'),
  party: fc.constantFrom(...respondents),
  days: fc.integer({ min: 1, max: 40 }),
})
type Happened = typeof happened extends fc.Arbitrary<infer One> ? One : never

/** A log of the made-up line in which each of these happened, in the order of days; events keep their numbers. */
function logOf(all: readonly (Happened & { seq: number })[]): Event[] {
  const at = { region: '630102', id: 'm', actor: 'system', from: 'open', to: 'open' }
  const moment = (day: number) => new Date(`${addDays('2026-03-02', day)}T09:00:00+08:00`)
  const opened: Event = { ...at, seq: 0, action: 'open', at: moment(0), input: { line: twoSides.key, edition: twoSides.edition, data: {} } }
  const named = ({ action, party }: Happened) => (action === 'serve' ? { respondents: [party] } : { respondent: party })
  return [
    opened,
    ...all.map((one) => ({ ...at, seq: one.seq, action: one.action, at: moment(one.day), input: { ...named(one), days: one.days } })),
  ]
}

test('the runs of one party are what they would be if nothing had happened to the others, however the two mingle', () => {
  const property = fc.property(fc.array(happened, { maxLength: 24 }), fc.constantFrom(...respondents), (told, party) => {
    const all = told.toSorted((a, b) => a.day - b.day).map((one, n) => ({ ...one, seq: n + 1 }))
    const own = all.filter((one) => one.party === party)
    const runsIn = (log: readonly Event[]) => reckoned(twoSides, log).filter((clock) => clock.party === party)
    expect(runsIn(logOf(all))).toEqual(runsIn(logOf(own)))
  })
  fc.assert(property, { seed, numRuns: 300 })
})
