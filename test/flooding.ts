import type { FloodDoor, FloodLimit } from '#platform/doors/flood-limits.ts'
import { cast, type World } from './world.ts'

/** A limit that nothing in a test comes near, where another of the three is meant. */
export const ample: FloodLimit = { perAddress: 100_000, perNetwork: 100_000, inTotal: 100_000, minutes: 60 }

/** Sets the limit of a door, as a province has published it. */
export const bound = (w: World, door: FloodDoor | 'floods.mark', value: FloodLimit | number): Promise<void> =>
  w.run(cast.clockwork, async (tx) => {
    const row = { region: '63', key: door, valid_from: '2026-01-01', value: JSON.stringify(value), decided_by: 'test' }
    await tx.db
      .insertInto('setting')
      .values(row)
      .onConflict((its) => its.columns(['region', 'key', 'valid_from']).doUpdateSet({ value: row.value }))
      .execute()
    await tx.on.settings.reload(tx.db)
  })

/** Addresses of different networks, one after another, none of which is ever given again. */
export function addresses(): () => string {
  let n = 0
  return () => `198.${18 + (n >> 8)}.${n++ & 255}.1`
}
