import { readConfig } from '#platform/config.ts'
import { verifyWhole } from '#records/privacy/verify-kept.ts'
import { openPlatform } from '#api/open-platform.ts'

export async function run(): Promise<number> {
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  const report = await verifyWhole(on, new Date())
  process.stdout.write(`${JSON.stringify(report)}\n`)
  return report.ok ? 0 : 1
}
