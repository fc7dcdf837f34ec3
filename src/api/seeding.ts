import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import { loadRegions } from '#records/register/regions.ts'
import { seedEssentials, seedMatters } from '../../seed/demo.ts'

/** What a trial cannot answer its first page without: places to county level, the offices, the accounts. */
export async function seedBeforeStart(on: Platform, provinces: readonly string[], now: Date) {
  await as(on, system, now, (tx) => loadRegions(tx, { provinces, toLevel: 3 }))
  const demo = await seedEssentials(on, now)
  await as(on, system, now, (tx) => on.settings.reload(tx.db))
  return demo
}

/** The rest, while people already look around: towns and villages, and matters in every state. */
export async function seedAfterStart(on: Platform, provinces: readonly string[], now: Date): Promise<void> {
  await seedMatters(on, now)
  await as(on, system, now, (tx) => loadRegions(tx, { provinces, toLevel: 5 }))
}

/** Everything at once, for the command line. */
export async function seedAll(on: Platform, provinces: readonly string[], now: Date) {
  const demo = await seedBeforeStart(on, provinces, now)
  await seedAfterStart(on, provinces, now)
  return demo
}
