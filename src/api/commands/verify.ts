import { flawsOfConsumers } from '#engine/consume.ts'
import { readConfig } from '#platform/config.ts'
import { verifyWhole } from '#records/privacy/verify-kept.ts'
import { consumers } from '#api/consumers.ts'
import { openPlatform } from '#api/open-platform.ts'
import { progressOnScreen } from './progress.ts'

/** Checks the log, its seals, what lies beside it and the figures; how far it is goes to the error stream. */
export async function run(): Promise<number> {
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  const report = await verifyWhole(on, new Date(), progressOnScreen())
  const figures = await flawsOfConsumers(on, consumers, new Date())
  const ok = report.ok && figures.length === 0
  process.stdout.write(`${JSON.stringify({ ...report, ok, figures })}\n`)
  return ok ? 0 : 1
}
