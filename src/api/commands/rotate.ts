import { readConfig } from '#platform/config.ts'
import { rotateKeys } from '#records/privacy/rotation.ts'
import { openPlatform } from '#api/open-platform.ts'

/** Makes a new data key and reseals everything under it. */
export async function run(): Promise<void> {
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  process.stdout.write(`${JSON.stringify(await rotateKeys(on, new Date()))}\n`)
}
