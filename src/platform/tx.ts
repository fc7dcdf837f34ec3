import { createHmac } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { isAdministrator, isWorking, type Actor, type Grant } from '#kernel/actor.ts'
import type { Law } from '#kernel/line.ts'
import type { Db } from '#platform/database/database.ts'
import type { Source } from '#platform/http/sender.ts'
import type { View } from '#platform/database/pipeline.ts'
import type { Send } from '#platform/database/sending.ts'
import type { Platform } from './platform.ts'

/** One unit of work: a transaction, who is acting, what time it is, the platform it runs on, and where a request for it came from. First argument of everything that does I/O. */
export type Tx = { db: Db; send: Send; actor: Actor; now: Date; on: Platform; afterwards: AfterCommit; source?: Source; caused?: Caused[] }

/** A slow effect that follows from an event. Where `caused` is given, what follows is noted there and not queued: whoever asked for that carries it out. */
export type Caused = { effect: string; region: string; id: string; seq: number }

/** Has something done outside the database once the transaction stands, and not at all where it does not. Whoever asks provides for a process that dies in between. */
export type AfterCommit = (work: () => Promise<unknown>) => void

/** Acts for the limits, the sign-in code and the jobs. */
export const system: Actor = { id: 'system', kind: 'system', grants: [] }

/** Somebody who has not said who they are. */
export const visitor: Actor = { id: 'visitor', kind: 'visitor', grants: [] }

/** Seconds a signed context is good for: longer than any transaction, shorter than a stolen one is of use. */
const contextLifeSeconds = 300

/** Runs `work` in a transaction in which PostgreSQL itself only shows rows this actor may see (db/policies.sql). The only place a transaction opens. */
export function as<T>(on: Platform, actor: Actor, now: Date, work: (tx: Tx) => Promise<T>): Promise<T> {
  return within(on, actor, now, work)
}

/** The same where everything read is as it stood at one moment, whatever others write meanwhile: for comparing what is read one after the other. */
export const inOneView = <T>(on: Platform, actor: Actor, now: Date, work: (tx: Tx) => Promise<T>): Promise<T> =>
  within(on, actor, now, work, 'ofOneMoment')

async function within<T>(on: Platform, actor: Actor, now: Date, work: (tx: Tx) => Promise<T>, view?: View): Promise<T> {
  const context = signContext(on.keyring.contextKey, actor, on.wallClock())
  const later: (() => Promise<unknown>)[] = []
  const afterwards: AfterCommit = (one) => void later.push(one)
  const result = await on.database.transaction(
    opening(on.database.engine, context),
    (db, send) => work({ db, send, actor, now, on, afterwards }),
    view,
  )
  for (const one of later) await one().catch((error: unknown) => on.log.error({ err: error }, 'after the commit'))
  return result
}

/**
 * Goes on as the system within the same transaction and comes back: what a person's word brings about once the row policies have let the word stand.
 * What they may not do themselves is done for them only so.
 */
export async function asSystem<T>(tx: Tx, work: (own: Tx) => Promise<T>): Promise<T> {
  if (tx.actor.kind === 'system') return work(tx)
  await actAs(tx, system)
  const done = await work({ ...tx, actor: system })
  await actAs(tx, tx.actor)
  return done
}

const actAs = ({ db, on }: Tx, actor: Actor): Promise<unknown> =>
  db.executeQuery(CompiledQuery.raw(`select set_config('app.ctx', $1, true)`, [signContext(on.keyring.contextKey, actor, on.wallClock())]))

/** The statement a transaction begins with: it shows the rows of whom the signed `context` names. */
export const opening = (engine: keyof typeof openings, context: string): CompiledQuery => CompiledQuery.raw(openings[engine], [context])

/** On PostgreSQL the connection's own login is the low role already. */
const openings = {
  pglite: `/*as*/ select set_config('role', 'fahui_app', true), set_config('app.ctx', $1, true)`,
  postgres: `/*as*/ select set_config('app.ctx', $1, true)`,
}

/** `actor|kind|expiry|keys…` and its HMAC; `sec.who()` checks it. Of whoever came by a link the keys are the one matter and what may be done there. Administrators are a kind of their own there, which sees no matter. Expiry is by the wall clock, since a forger does not keep office hours. */
export function signContext(key: Buffer, actor: Actor, wallMs: number): string {
  const kind = isAdministrator(actor) ? 'administrator' : actor.kind
  const expiry = Math.floor(wallMs / 1000) + contextLifeSeconds
  const keys = actor.link ? [actor.link.matter, ...actor.link.actions] : new Set(actor.grants.flatMap(keysOf))
  const payload = [actor.id, kind, expiry, ...keys].join('|')
  return `${payload}|${createHmac('sha256', key).update(payload).digest('hex')}`
}

/**
 * What a grant opens, as the row policies ask for it: `line@region` or `line#office` for matters, where no line is every line; the same after a `+`
 * for what people said in them, where the duty is one of working on them; and, of a grant for every line, `duty~region` for the records of a region,
 * or `duty^region` for those around an office.
 */
function keysOf({ duty, region, office, lines }: Grant): string[] {
  const place = office === null ? `@${region}` : `#${office}`
  return [
    ...(lines ?? ['']).flatMap((line) => [`${line}${place}`, ...(isWorking(duty) ? [`+${line}${place}`] : [])]),
    ...(lines === null ? [`${duty}${office === null ? '~' : '^'}${region}`] : []),
  ]
}

/** The law in force for a county on the day of `tx.now`. */
export const lawOf = (tx: Tx, region: string): Law => tx.on.settings.lawOf(region, tx.now)
