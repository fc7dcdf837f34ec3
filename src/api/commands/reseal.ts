import { readConfig } from '#platform/config.ts'
import { resealKept } from '#records/privacy/rotation.ts'
import { openPlatform } from '#api/open-platform.ts'

/** Reseals what is not under the current key, and seals what an older version kept in the clear. Again, an hour after a rotation, destroys the old keys, and then changes nothing. */
export async function run(): Promise<void> {
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  process.stdout.write(`${JSON.stringify(await resealKept(on, new Date()))}\n`)
}
