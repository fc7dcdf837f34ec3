import { sql } from 'kysely'
import { decide, evolve } from '#kernel/decide.ts'
import { recount } from '#kernel/limits/clocks.ts'
import type { MatterId } from '#kernel/matter.ts'
import { clocksOf, eventsOf, lockMatter, saveStep } from './matter-rows.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { as, lawOf, system, type Tx } from '#platform/tx.ts'

/** Reckons anew every running limit whose date was provisional; run at start, when a later year's holidays may have come. Returns how many matters moved. */
export async function recountProvisional(on: Platform, now: Date): Promise<number> {
  const { rows } = await as(on, system, now, (tx) =>
    sql<MatterId>`select distinct region, id from clock where provisional and stopped_at is null and due_at is not null limit 10000`.execute(
      tx.db,
    ),
  )
  let moved = 0
  for (const at of rows) if (await as(on, system, now, (tx) => recountMatter(tx, at))) moved++
  return moved
}

async function recountMatter(tx: Tx, at: MatterId): Promise<boolean> {
  const matter = await lockMatter(tx, at)
  if (!matter) return false
  const line = lineOf(tx.on, matter.line, matter.edition)
  const clocks = await clocksOf(tx, at)
  const changed = recount(line, clocks, await eventsOf(tx, at), (moment) => tx.on.settings.lawOf(at.region, moment))
  if (!changed.length || !line.actions['recount']?.from.includes(matter.state)) return false
  const limits = [...new Set(changed.map(({ limit }) => limit))]
  const event = decide(line, matter, 'recount', { limits }, { actor: tx.actor, now: tx.now, law: lawOf(tx, at.region) })
  saveStep(tx, { line, before: matter, matter: evolve(line, matter, event), event, clocks, changed, replay: null })
  return true
}
