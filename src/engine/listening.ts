import { EventEmitter, once } from 'node:events'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { MatterId } from '#kernel/matter.ts'
import { collectAll } from '#platform/keys/collect.ts'
import { holdersOf, type Session } from '#platform/doors/sessions.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { presentIn, type Present } from './presence.ts'
import { markOf } from './watching.ts'

/** How often a process that is listened to reads on in the one order of what is written, however many listen: a change is told within this, whichever process made it. */
const lookMs = 500
/** Who else has a matter open stands in no log, nor who may still listen: that is asked every so many looks. */
const looksBetween = 4

/**
 * What a page that listens is told to look at: the mark of each matter that anybody here watches, who has it open, and which matters were written about since
 * this page last looked. Marks are by region and id, people by id.
 */
export type Look = {
  marks: ReadonlyMap<string, string>
  people: ReadonlyMap<string, readonly Present[]>
  touched: readonly MatterId[]
}

/** A page that listens: whose, and which matters it watches. */
type Asking = { session: Session; matters: readonly MatterId[] }
type Page = Asking & { looks: EventEmitter; isFresh: boolean; touched: Map<string, MatterId> }

/** This process's ear at the order, for all who listen here. */
type Ear = Omit<Look, 'touched'> & {
  pages: Set<Page>
  holders: ReadonlyMap<string, Actor | null>
  position: number | null
  looks: number
  timer: NodeJS.Timeout
  look(): void
}

const ears = new WeakMap<Platform, Ear>()

export const placeOf = ({ region, id }: MatterId): string => `${region}/${id}`

/** Who listens, and how they go on: the server's clock, and the end of it. */
export type Until = { now: () => Date; signal: AbortSignal }

/** One look after another for somebody's page. What was written while it was busy is in the next. Ends when their session, or what they are granted, does. */
export async function* looksFor(on: Platform, asking: Asking, { now, signal }: Until): AsyncGenerator<Look> {
  using joined = join(on, asking, now)
  const { page, ear } = joined
  for (;;) {
    if (!page.isFresh) await once(page.looks, 'look', { signal })
    page.isFresh = false
    if (isOver(ear.holders.get(page.session.tokenHash), page.session.actor)) return
    const touched = [...page.touched.values()]
    page.touched.clear()
    yield { marks: ear.marks, people: ear.people, touched }
  }
}

/** A right added or taken away begins anew too: the browser comes back with it. */
const isOver = (holder: Actor | null | undefined, actor: Actor): boolean => holder !== undefined && rightsOf(holder) !== rightsOf(actor)

const rightsOf = (actor: Actor | null): string => JSON.stringify(actor && [actor.id, actor.grants])

function join(on: Platform, asking: Asking, now: () => Date): { page: Page; ear: Ear } & Disposable {
  const page: Page = { ...asking, looks: new EventEmitter(), isFresh: false, touched: new Map() }
  const ear = ears.get(on) ?? begin(on, now)
  ears.set(on, ear)
  ear.pages.add(page)
  ear.looks = 0 // so that the newcomer is told of everything
  queueMicrotask(ear.look)
  const end = () => {
    ear.pages.delete(page)
    if (ear.pages.size > 0) return
    clearInterval(ear.timer)
    ears.delete(on)
  }
  return { page, ear, [Symbol.dispose]: end }
}

function begin(on: Platform, now: () => Date): Ear {
  let isLooking = false
  const guarded = () => {
    if (isLooking) return
    isLooking = true
    // The next look may find the database again.
    void lookAround(on, ear, now())
      .catch((error: unknown) => on.log.error({ err: error }, 'listening'))
      .finally(() => (isLooking = false))
  }
  const ear: Ear = {
    pages: new Set(),
    marks: new Map(),
    people: new Map(),
    holders: new Map(),
    position: null,
    looks: 0,
    timer: setInterval(guarded, lookMs),
    look: guarded,
  }
  return ear
}

async function lookAround(on: Platform, ear: Ear, now: Date): Promise<void> {
  const pages = [...ear.pages]
  const isWhole = ear.looks++ % looksBetween === 0
  await collectAll(on, now)
  const { written: touched, end } = await as(on, system, now, async (tx) => {
    const news = await readOn(tx, ear)
    const watched = new Map(pages.flatMap(({ matters }) => matters.map((at) => [placeOf(at), at] as const)))
    ear.marks = await marksOf(tx, watched, { known: ear.marks, written: news.written })
    if (isWhole) ear.people = await presentIn(tx, [...watched.values()])
    if (isWhole) ear.holders = await holdersOf(tx, [...new Set(pages.map(({ session }) => session.tokenHash))])
    return news
  })
  ear.position = end // what a look that failed did not come to is in the next
  for (const page of pages) {
    for (const [place, at] of touched) if (page.touched.size < mostTouched) page.touched.set(place, at)
    page.isFresh = true
    page.looks.emit('look')
  }
}

/** A page that is busy for long hears of no more matters than this: it looks through them one by one. */
const mostTouched = 2000

/** Entries of the audit that say somebody has looked: they change nothing of what anybody is shown. */
const looking = ['viewMatter', 'reveal', 'download', 'manyOpened', 'search']

/** The matters written about since the last look, in log or audit. The first look begins where the order ends. */
async function readOn(
  tx: Tx,
  { position: after }: Pick<Ear, 'position'>,
): Promise<{ written: ReadonlyMap<string, MatterId>; end: number }> {
  const { rows: ends } = await sql<{ end: number }>`/*listen.end*/ select coalesce(max(position), 0) as "end" from collected`.execute(tx.db)
  const end = ends[0]?.end ?? 0
  if (after === null || after === end) return { written: new Map(), end }
  const { rows } =
    await sql<MatterId>`/*listen.touched*/ select distinct coalesce(a.region, c.region) as region, coalesce(a.matter, c.id) as id
    from collected c left join audit a on c.kind = 'audit' and a.no = c.seq
    where c.position > ${after} and c.position <= ${end} and (c.kind = 'event' or a.matter is not null and a.kind <> all (${looking}::text[]))`.execute(
      tx.db,
    )
  return { written: new Map(rows.map((at) => [placeOf(at), at])), end }
}

type Marks = { known: ReadonlyMap<string, string>; written: ReadonlyMap<string, MatterId> }

/** The mark of each matter that is watched: as it was where nothing was written about it. */
async function marksOf(tx: Tx, watched: ReadonlyMap<string, MatterId>, { known, written }: Marks): Promise<ReadonlyMap<string, string>> {
  const marks = new Map<string, string>()
  for (const [place, at] of watched) marks.set(place, (!written.has(place) && known.get(place)) || (await markOf(tx, at)))
  return marks
}
