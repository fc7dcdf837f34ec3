import { readConfig } from '#platform/config.ts'
import { openPlatform } from '#api/open-platform.ts'
import { seedAll } from '#api/seeding.ts'

export async function run(): Promise<void> {
  const config = readConfig(process.env)
  if (config.mode === 'production')
    throw new Error('Demo people are never seeded into a production service. Set FAHUI_MODE=trial to try it out.')
  await using on = await openPlatform({ ...config, logLevel: 'silent' }, Date.now)
  const accounts = await seedAll(on, config.provinces, new Date())
  process.stdout.write(`${JSON.stringify({ seeded: true, accounts })}\n`)
}
