import { parseArgs } from 'node:util'
import { consume, listWatermarks, startAnew } from '#engine/consume.ts'
import { readConfig } from '#platform/config.ts'
import { as, system } from '#platform/tx.ts'
import { consumers } from '#api/consumers.ts'
import { openPlatform } from '#api/open-platform.ts'

/** Says how far each consumer has come in the order of all that was written; with `--anew KEY` one forgets what it made and makes it anew first. */
export async function run(args: string[]): Promise<number> {
  const { anew } = parseArgs({ args, options: { anew: { type: 'string' } } }).values
  const consumer = consumers.find(({ key }) => key === anew)
  if (anew !== undefined && !consumer) throw new Error(`${anew} is no consumer: ${consumers.map(({ key }) => key).join(', ')}.`)
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  if (consumer) await startAnew(on, consumer, new Date())
  await consume(on, consumers, new Date())
  const rows = await as(on, system, new Date(), (tx) => listWatermarks(tx, consumers))
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`)
  return 0
}
