import { EventEmitter, once } from 'node:events'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { Actor } from '#kernel/actor.ts'
import type { MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { matterOf } from './matter-rows.ts'
import type { Platform } from '#platform/platform.ts'
import { leave, presentIn, renew, renewMs, type Present } from './presence.ts'
import { holdersOf, type Session } from '#platform/doors/sessions.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { isPartyTo } from './standing.ts'

/** How often a process looks at a matter somebody has open, however many have: a change is seen within this, whichever process made it. */
const lookMs = 2000

/** How a watched matter stands. `mark` is another whenever its page would read differently. */
export type Standing = { mark: string; people: readonly Present[] }

/** Tells one standing of a matter from another: its version, and what is written beside the log: notes, checks, what is shared and to whom it is confined. */
export async function markOf(tx: Tx, { region, id }: MatterId): Promise<string> {
  const { rows } = await sql<{
    mark: string
  }>`/*watch.mark*/ select m.version || '.' || (select count(*) + count(n.struck_at) from note n where n.region = m.region and n.matter = m.id)
    || coalesce((select '.' || count(*) || '-' || extract(epoch from max(a.verified_at)) from answer a
      where a.region = m.region and a.matter = m.id and a.verified_at is not null having count(*) > 0), '')
    || coalesce((select '.' || md5(string_agg(d.id::text, ',' order by d.id)) from document d where d.region = m.region and d.matter = m.id and d.is_shared), '')
    || coalesce((select '.' || md5(string_agg(a.holder || '/' || a.question || '/' || a.seq, ',' order by a.holder, a.question, a.seq)) from answer a
      where a.region = m.region and a.matter = m.id and a.is_shared), '')
    || coalesce('.' || extract(epoch from m.confined_at) || (select '-' || count(*) || '-' || md5(coalesce(string_agg(c.id::text, ',' order by c.id), ''))
      from confidant c where c.region = m.region and c.matter = m.id and c.until is null), '') as mark
    from matter m where m.region = ${region} and m.id = ${id}`.execute(tx.db)
  return rows[0]?.mark ?? ''
}

type Look = Standing & { holders: ReadonlyMap<string, Actor | null> }

/** One matter as this process looks at it, for all who watch it here. */
type Watch = { looks: EventEmitter; latest: Look | null; sessions: string[]; timer: NodeJS.Timeout }

const watches = new WeakMap<Platform, Map<string, Watch>>()

/** Who watches, and how they go on: the server's clock, and the end of it. */
type Until = { now: () => Date; signal: AbortSignal }

/**
 * The standings of a matter, for somebody who has it open: the present one, then each that differs. Ends when their session or their right
 * does. Refuses where the matter does not exist for them, or is their own.
 */
export async function watchMatter(on: Platform, at: MatterId, session: Session, until: Until): Promise<AsyncIterable<Standing>> {
  const its = { at, session, page: v7() }
  if (!(await mayStay(on, its, until.now()))) refuse('not_found')
  return standings(on, its, until)
}

type Page = { at: MatterId; session: Session; page: string }

async function* standings(on: Platform, its: Page, until: Until): AsyncGenerator<Standing> {
  try {
    yield* looking(on, its, until)
  } catch (error) {
    if (!until.signal.aborted) throw error
  } finally {
    await as(on, system, until.now(), (tx) => leave(tx, its.page))
  }
}

async function* looking(on: Platform, its: Page, { now, signal }: Until): AsyncGenerator<Standing> {
  using joined = join(on, its, now)
  let told: Look | null = null
  let renewedAt = now().getTime()
  for (;;) {
    const look = joined.watch.latest
    if (look === null || look === told) {
      await once(joined.watch.looks, 'look', { signal })
      continue
    }
    if (isOver(look, its.session)) return
    // Whatever takes away the sight of a matter changes its row; the rest is caught by the renewal.
    if (look.mark !== told?.mark || now().getTime() - renewedAt >= renewMs) {
      if (!(await mayStay(on, its, now()))) return
      renewedAt = now().getTime()
    }
    told = look
    yield look
  }
}

/** Renews the page's presence while the row policies show the matter; an officer who is a party to it watches nothing. */
const mayStay = (on: Platform, { at, session, page }: Page, now: Date): Promise<boolean> =>
  as(on, session.actor, now, async (tx) => {
    const matter = await matterOf(tx, at)
    if (!matter || isPartyTo(tx, matter)) return false
    await renew(tx, matter, page)
    return true
  })

/** A right added or taken away begins anew too: the browser comes back with it. */
function isOver({ holders }: Look, { tokenHash, actor }: Session): boolean {
  const holder = holders.get(tokenHash)
  return holder !== undefined && rightsOf(holder) !== rightsOf(actor)
}

const rightsOf = (actor: Actor | null): string => JSON.stringify(actor && [actor.id, actor.grants])

function join(on: Platform, { at, session }: Page, now: () => Date): { watch: Watch } & Disposable {
  const ours = watches.get(on) ?? new Map<string, Watch>()
  watches.set(on, ours)
  const key = `${at.region}/${at.id}`
  const watch = ours.get(key) ?? begin(on, at, now)
  ours.set(key, watch)
  watch.sessions.push(session.tokenHash)
  const end = () => {
    watch.sessions.splice(watch.sessions.indexOf(session.tokenHash), 1)
    if (watch.sessions.length > 0) return
    clearInterval(watch.timer)
    ours.delete(key)
  }
  return { watch, [Symbol.dispose]: end }
}

function begin(on: Platform, at: MatterId, now: () => Date): Watch {
  let isLooking = false
  const look = async () => {
    if (isLooking) return
    isLooking = true
    watch.latest = await lookAt(on, at, watch.sessions, now()).finally(() => (isLooking = false))
    watch.looks.emit('look')
  }
  // The next look may find the database again.
  const guarded = () => void look().catch((error: unknown) => on.log.error({ err: error, region: at.region, id: at.id }, 'watch'))
  const watch: Watch = { looks: new EventEmitter().setMaxListeners(0), latest: null, sessions: [], timer: setInterval(guarded, lookMs) }
  queueMicrotask(guarded) // once the first to come has joined
  return watch
}

const lookAt = (on: Platform, at: MatterId, sessions: readonly string[], now: Date): Promise<Look> =>
  as(on, system, now, async (tx) => ({
    mark: await markOf(tx, at),
    people: await presentIn(tx, at),
    holders: await holdersOf(tx, [...new Set(sessions)]),
  }))
