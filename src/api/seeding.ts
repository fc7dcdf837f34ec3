import { v7 } from 'uuid'
import { inTurn, type Lease } from '#engine/lease.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import { loadRegions } from '#records/register/regions.ts'
import { seedEssentials, seedMatters } from '../../seed/demo.ts'

/** What a trial cannot answer its first page without: places to county level, the offices, the accounts. Of two first starts one does it, and the other finds it done. */
export const seedBeforeStart = (on: Platform, provinces: readonly string[], now: Date) =>
  inTurn(on, { name: 'seed essentials', holder: v7() }, () => essentials(on, provinces, now))

async function essentials(on: Platform, provinces: readonly string[], now: Date) {
  await as(on, system, now, (tx) => loadRegions(tx, { provinces, toLevel: 3 }))
  const demo = await seedEssentials(on, now)
  await as(on, system, now, (tx) => on.settings.reload(tx.db))
  return demo
}

/** The rest, while people already look around: towns and villages, and matters in every state. */
export const seedAfterStart = (on: Platform, provinces: readonly string[], now: Date, signal?: AbortSignal): Promise<void> =>
  inTurn(on, { name: 'seed matters', holder: v7() }, (lease) => matters(on, provinces, now, lease), signal)

async function matters(on: Platform, provinces: readonly string[], now: Date, lease: Lease): Promise<void> {
  await seedMatters(on, now, lease.check)
  lease.check()
  await as(on, system, now, (tx) => loadRegions(tx, { provinces, toLevel: 5 }))
}

/** Everything at once, for the command line. */
export async function seedAll(on: Platform, provinces: readonly string[], now: Date) {
  const demo = await seedBeforeStart(on, provinces, now)
  await seedAfterStart(on, provinces, now)
  return demo
}
