import { text } from 'node:stream/consumers'
import { Refusal } from '#kernel/refusal.ts'
import { services } from '#lines/services.ts'

const runEligible = services.map(({ commands }) => commands?.['eligible']).find((command) => command !== undefined)

export async function run(): Promise<number> {
  try {
    process.stdout.write(`${runEligible?.(await text(process.stdin)) ?? ''}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof SyntaxError)) throw error
    process.stdout.write(`${JSON.stringify({ error: error.message, ...(error instanceof Refusal && { detail: error.detail }) })}\n`)
    return 2
  }
}
