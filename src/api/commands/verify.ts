import { readConfig } from '#platform/config.ts'
import { verifyAll } from '#platform/verify.ts'
import { openPlatform } from '../open-platform.ts'

export async function run(): Promise<number> {
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  const report = await verifyAll(on, new Date())
  process.stdout.write(`${JSON.stringify(report)}\n`)
  return report.ok ? 0 : 1
}
