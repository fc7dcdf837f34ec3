import { readConfig } from '#platform/config.ts'
import { verifyAll } from '#engine/verify.ts'
import { openPlatform } from '#api/open-platform.ts'

export async function run(): Promise<number> {
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  const report = await verifyAll(on, new Date())
  process.stdout.write(`${JSON.stringify(report)}\n`)
  return report.ok ? 0 : 1
}
