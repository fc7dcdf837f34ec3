import { pino, type Logger } from 'pino'
import { redactions } from './redact.ts'

export type Log = Logger

/** The structured log: ids and codes, never what people said. What slips in by mistake is masked on the way out. */
export const openLog = (level: string): Log => pino({ level, redact: { paths: [...redactions], censor: '[masked]' } })
