import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import { covers, isAdministrator, over, relations, type Actor } from '#kernel/actor.ts'
import { check } from '#kernel/decide.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { seatsOf } from '#kernel/seat.ts'
import { services } from '#lines/services.ts'
import { act } from '#engine/act.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { visitor } from '#platform/tx.ts'
import { scenesOf } from '#test/line-scenes.ts'
import { cast, world, type World } from '#test/world.ts'

const walked = services.map(({ line }) => line)

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

/** The cast, whoever has not said who they are, an officer of one service, and one who manages accounts. */
const everybody: readonly Actor[] = [
  ...Object.values(cast),
  visitor,
  ...walked.map(({ key }, n): Actor => ({
    id: `0190a000-0000-7000-8000-00000000d${String(n).padStart(3, '0')}`,
    kind: 'staff',
    grants: [{ duty: 'intake', region: '63', office: null, lines: [key] }],
  })),
  { id: '0190a000-0000-7000-8000-00000000ad01', kind: 'staff', grants: over('63', 'administrator') },
]

/** Whom a matter exists for, as the kernel says it: whoever sits there, whoever's grant covers what was filed, and the system. */
const isFor = (matter: Matter, who: Actor): boolean =>
  who.kind === 'system' ||
  seatsOf(matter, who.id).length > 0 ||
  (who.kind === 'staff' && !isAdministrator(who) && matter.filedAt !== null && who.grants.some((grant) => covers(grant, matter)))

class Undone extends Error {}

/** What the engine answers somebody who tries: `done`, or the code of the refusal. Nothing of it stays. */
const answered = (world: World, who: Actor, m: Matter, action: string, n: number): Promise<string> =>
  world
    .run(who, async (tx) => {
      const input = scenesOf(m.line).inputs[action]?.(m, dayOf(tx.now), n, who)
      await act(tx, m, action, input)
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (error instanceof Undone) return 'done'
      if (error instanceof Refusal) return error.code
      throw error
    })

/** Where `check`, the row policies and the engine do not say the same, in words. */
async function quarrels(world: World, line: Line, m: Matter, n: number): Promise<string[]> {
  const tried = new Set<string>()
  const found: string[] = []
  for (const who of everybody) {
    const isShown = await world.run(who, async (tx) => (await matterOf(tx, m)) !== undefined)
    if (isShown !== isFor(m, who)) found.push(`${who.id} is ${isShown ? '' : 'not '}shown a matter in ${m.state}`)
    const standing = [...relations(line, who, m), ...seatsOf(m, who.id).map(() => who.id)].toSorted().join()
    found.push(...(await quarrelsOf(world, line, { m, who, n, isShown, isTried: !isShown || tried.has(standing) })))
    tried.add(standing)
  }
  return found
}

type Trial = { m: Matter; who: Actor; n: number; isShown: boolean; isTried: boolean }

/** The same of one person. Whoever does not see the matter is answered the same to everything, and whoever is the same to it as another the same as they: one action is tried. */
async function quarrelsOf(world: World, line: Line, { m, who, n, isShown, isTried }: Trial): Promise<string[]> {
  const law = world.on.settings.lawOf(m.region, world.now())
  const said = Object.keys(line.actions).map((action) => ({
    action,
    refusal: check(line, m, action, { actor: who, now: world.now(), law }),
  }))
  const unseen = isShown ? [] : said.filter(({ refusal }) => refusal === null)
  const found = unseen.map(({ action }) => `${who.id} may ${action} what they cannot see`)
  for (const { action, refusal } of isTried ? said.slice(0, 1) : said) {
    const meant = isShown ? (refusal?.code ?? 'done') : 'not_found'
    const got = await answered(world, who, m, action, n)
    if (got !== meant) found.push(`${who.id} is answered ${got} to ${action} in ${m.state}, where ${meant} is meant`)
  }
  return found
}

/** One step on: of what may be done now, what leads to a state not yet seen first. */
async function onward(line: Line, m: Matter, seen: Set<string>, n: number): Promise<Matter> {
  const law = w.on.settings.lawOf(m.region, w.now())
  const moves = everybody.flatMap((who) =>
    Object.keys(line.actions)
      .filter((action) => check(line, m, action, { actor: who, now: w.now(), law }) === null)
      .map((action) => ({ who, action })),
  )
  const isNew = ({ action }: { action: string }) => leads(line, action).some((state) => !seen.has(state) && !line.states[state]?.final)
  const among = moves.some(isNew) ? moves.filter(isNew) : moves
  const { who, action } = among[(n * 7) % among.length] ?? { who: cast.clockwork, action: '' }
  return w.act(who, m, action, scenesOf(line.key).inputs[action]?.(m, dayOf(w.now()), n, who))
}

const leads = (line: Line, action: string): readonly string[] => {
  const { to, reaches } = line.actions[action] ?? {}
  return typeof to === 'string' ? [to] : (reaches ?? [])
}

describe('what `check` allows, what the row policies show and what the engine does are one', () => {
  test.each(walked.map((line) => [line.key, line] as const))('for everybody, wherever a matter of %s stands', async (key, line) => {
    w.at('2026-03-02T09:00')
    let m = await scenesOf(key).start(w, 1)
    const seen = new Set([m.state])
    for (let n = 0; n < 6 && !line.states[m.state]?.final; n++) {
      w.at(`${addDays('2026-03-02', n)}T10:00`)
      expect(await quarrels(w, line, m, n)).toEqual([])
      m = await onward(line, m, seen, n)
      seen.add(m.state)
    }
    expect(seen.size).toBeGreaterThan(1)
  })

  test.each([
    ['shows every matter to everybody', sql`create policy leak on matter using (true)`, /is shown a matter/],
    [
      'hides from the desk what it handles',
      sql`create policy lock on matter as restrictive using ((select sec.who())[2] <> 'staff')`,
      /is not shown a matter/,
    ],
  ])('a policy that %s is seen', async (_, weakened, told) => {
    await using leaky = await world()
    const { line } = services.at(-1)! // the list is not empty
    const m = await scenesOf(line.key).start(leaky, 0)
    expect(await quarrels(leaky, line, m, 0)).toEqual([])
    await leaky.on.database.owner((db) => weakened.execute(db))
    expect((await quarrels(leaky, line, m, 0)).join('\n')).toMatch(told)
  })
})
