import { readConfig } from '#platform/config.ts'
import { lockDataDir } from '#platform/files/data-lock.ts'
import { rotate } from '#platform/keys/keyring.ts'
import { resealPeople } from '#records/privacy/reseal.ts'
import { openPlatform } from '#api/open-platform.ts'

export async function run(): Promise<void> {
  const config = { ...readConfig(process.env), logLevel: 'silent' }
  {
    await using _ = await lockDataDir(config.dataDir)
    await rotate(config.dataDir)
  }
  await using on = await openPlatform(config, Date.now)
  process.stdout.write(`${JSON.stringify({ current: on.keyring.current, resealed: await resealPeople(on, new Date()) })}\n`)
}
