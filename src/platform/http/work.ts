import type { FastifyRequest } from 'fastify'
import { no, Refusal } from '#kernel/refusal.ts'
import { as, visitor } from '#platform/tx.ts'
import type { Serving } from './serving.ts'
import { turnstile } from './turnstile.ts'

/** Files are judged and redrawn by processes, and sealed in memory: for two forms at once, while a hundred wait without a connection of the database. */
const withFiles = turnstile(2, 100)

/** One unit of work per request; a clash with another is tried again, since its key or version makes that safe. */
export const work = <T>(serving: Serving, request: FastifyRequest, job: Parameters<typeof as<T>>[3]): Promise<T> =>
  answered(request.spooled.length ? withFiles(() => judged(serving, request, job)) : tryTwice(serving, request, job))

/** Files are judged before the database is asked anything: it waits for no file. What is wrong with one is told by whoever keeps it. */
async function judged<T>(serving: Serving, request: FastifyRequest, job: Parameters<typeof as<T>>[3]): Promise<T> {
  for (const file of request.spooled) await file.clean().catch(() => {})
  return tryTwice(serving, request, job)
}

async function tryTwice<T>(serving: Serving, request: FastifyRequest, job: Parameters<typeof as<T>>[3]): Promise<T> {
  const once = () => as(serving.on, request.session?.actor ?? visitor, serving.now(), (tx) => job({ ...tx, source: request.source }))
  try {
    return await once()
  } catch (error) {
    if (!isClash(error)) throw error
    return once()
  }
}

/** Nobody looks at a page that does not come for so long. Should the work still be done, the same form sent again finds it done, by its key. */
const patienceMs = 20_000

/** The work's answer, or `unavailable` where the database has none in time: it may be frozen, which no connection tells. */
async function answered<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Refusal(no('unavailable'))), patienceMs)
  work.catch(() => {}) // heard below, or too late for anybody
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}

const clashes = new Set(['40001', '40P01', '23505', '57P01', '25006'])
const isClash = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && clashes.has(String(error.code))
