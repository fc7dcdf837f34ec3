import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino'
import { plainError, redactions } from './redact.ts'

export type Log = Logger

/** The structured log: ids and codes, never what people said. What slips in by mistake is masked on the way out. */
export const openLog = (level: string, to?: DestinationStream): Log => pino({ level, ...manner }, to ?? pino.destination())

/** An error keeps where it was thrown and what kind it is: what the database quotes beside its message are people's words. */
const manner: LoggerOptions = { redact: { paths: [...redactions], censor: '[masked]' }, serializers: { err: plainError } }
