import { readConfig } from '#platform/config.ts'
import { openPlatform } from '#api/open-platform.ts'

export async function run(): Promise<void> {
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  process.stdout.write(`${JSON.stringify({ migrated: true, engine: on.database.engine })}\n`)
}
