import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { v7 } from 'uuid'
import { underLease } from '#engine/lease.ts'
import { forgetOldKeys, markCurrent } from '#platform/database/key-marks.ts'
import { rereadMs, tell } from '#platform/database/neighbours.ts'
import { audit } from '#platform/keys/audit.ts'
import { destroyDataKeys, oldDataKeys, rotate } from '#platform/keys/keyring.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import { resealAll, type Resealed } from './reseal.ts'

export type Rotated = Resealed & { current: string; destroyed?: readonly string[] }

/**
 * Adds a data key and brings everything under it, while other processes serve. They are told of the key and given time to take it up before
 * anything is resealed, so that none goes on sealing under the old one behind our back. Throws where another process is at it.
 */
export const rotateKeys = (on: Platform, now: Date): Promise<Rotated> =>
  alone(on, async () => {
    await rotate(dirname(on.keyring.folder))
    await on.keyring.reread()
    await markCurrent(on.database, on.keyring)
    await as(on, system, now, (tx) => tell(tx, 'keys'))
    if (await on.database.neighbours.count()) await pause(2 * rereadMs)
    return underCurrent(on, now)
  })

/**
 * Brings everything under the current key, as after a rotation that was cut off, and seals what an older version kept in the clear. Where nothing was left to bring, and the
 * current key is no longer new, the old ones are destroyed, which the audit tells: first, so that none goes without its line.
 */
export const resealKept = (on: Platform, now: Date): Promise<Rotated> =>
  alone(on, async () => {
    const done = await underCurrent(on, now)
    const destroyed = done.rows || done.files ? [] : await oldDataKeys(on.keyring.folder, on.wallClock())
    if (!destroyed.length) return done
    await as(on, system, now, (tx) => audit(tx, 'keyDestroyed', { detail: { kids: destroyed } }))
    await destroyDataKeys(on.keyring.folder, destroyed)
    return { ...done, destroyed }
  })

async function underCurrent(on: Platform, now: Date): Promise<Rotated> {
  const done = await resealAll(on, now)
  await forgetOldKeys(on.database, on.keyring)
  return { current: on.keyring.current, ...done }
}

async function alone(on: Platform, work: () => Promise<Rotated>): Promise<Rotated> {
  const done = await underLease(on, { name: 'rotate', holder: v7() }, work)
  if (!done) throw new Error('Another process is resealing what is kept. Run this again when it is done.')
  return done
}
