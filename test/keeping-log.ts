import { Writable } from 'node:stream'
import { pino } from 'pino'
import type { Log } from '#platform/log.ts'

/** A log that keeps its lines, for tests of what is told and what is not. */
export function keepingLog(): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  const kept = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>) // pino writes objects
      done()
    },
  })
  return { log: pino({ level: 'info', base: null }, kept), lines }
}
