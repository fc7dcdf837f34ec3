import { parseArgs } from 'node:util'
import { readConfig } from '#platform/config.ts'
import { listFailed, retryFailed } from '#engine/jobs.ts'
import { openPlatform } from '#api/open-platform.ts'

/** Lists the effects that failed for good, one a line, or has one tried again when the service next runs. On the embedded database stop the service first. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { retry: { type: 'string' } } })
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  if (values.retry !== undefined && !(await retryFailed(on, values.retry))) throw new Error(`No failed job ${values.retry}: see fahui jobs`)
  const failed = await listFailed(on)
  for (const job of failed) process.stdout.write(`${JSON.stringify(job)}\n`)
  return failed.length ? 1 : 0
}
