import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf } from '#kernel/actor.ts'
import { stateTitle } from '#kernel/face.ts'
import type { Matter } from '#kernel/matter.ts'
import { pick, say } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { route } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { recipientNames } from '#records/people/people.ts'
import { accountsOf } from '#records/register/practitioners.ts'
import { practitionerTitle } from '#registry/kinds/practitioners.ts'
import { regionNames } from '#records/register/regions.ts'
import { findArticles } from './search-articles.ts'
import { fewHits, findByPerson, findMatters } from './search-matters.ts'
import { titleOf } from '#api/titles.ts'
import { keysIn } from '#kernel/keyed.ts'

const Hit = z
  .object({
    title: z.string(),
    aside: z.string(),
    /** A matter to open. */
    matter: z.object({ region: z.string(), id: z.string() }).nullable(),
    /** Or a page of the register. */
    entry: z.object({ of: z.enum(['people', 'offices']), region: z.string(), id: z.string() }).nullable(),
    /** And a queue to read: what stands after the question mark of its address. */
    queue: z.string().nullable(),
  })
  .meta({ id: 'SearchHit' })
type Hit = z.input<typeof Hit>

/** What can be found, in the order it is shown, and how. Each finds at most a handful; row policies bound them all. */
const finders = {
  matter: async (tx, term) => matterHits(tx, await findMatters(tx, term)),
  person: async (tx, term) => matterHits(tx, await findByPerson(tx, term)),
  practitioner: practitionerHits,
  office: officeHits,
  region: regionHits,
  article: async (_, term) =>
    findArticles(term, fewHits).map(({ title, uses }) => ({
      title,
      aside: say('zh', 'search.usedIn', {
        uses: [...new Set(uses.map((use) => `${pick(use.line.title, 'zh')} · ${use.title}`))].slice(0, 4).join('、'),
      }),
      matter: null,
      entry: null,
      queue: queueOf({ line: uses[0]!.line.key }), // an article is found by its uses
    })),
} as const satisfies Record<string, (tx: Tx, term: string) => Promise<Hit[]>>

const groups = keysIn(finders)

const queueOf = (narrowed: Record<string, string>): string => new URLSearchParams({ purpose: 'all', ...narrowed }).toString()

async function matterHits(tx: Tx, matters: readonly Matter[]): Promise<Hit[]> {
  const recipients = await recipientNames(tx, matters)
  return matters.map((matter) => {
    const line = lineOf(tx.on, matter.line, matter.edition)
    const state = pick(stateTitle(line, matter.state, 'desk'), 'zh')
    return {
      title: titleOf(matter, line, 'zh'),
      aside: [matter.number ?? matter.code, state, recipients.get(matter.id)].filter(Boolean).join(' · '),
      matter: { region: matter.region, id: matter.id },
      entry: null,
      queue: null,
    }
  })
}

/** A name on the public register, within the reader's region; a provider may look anywhere, since the register hangs on the wall. */
async function practitionerHits(tx: Tx, term: string): Promise<Hit[]> {
  if (term.length < 2) return []
  const { rows } = await sql<{ region: string; id: string; name: string; kind: string; office: string }>`/*search.practitioner*/
    select p.region, p.id, p.name, p.kind, o.name as office from practitioner p join office o on o.region = p.region and o.id = p.office
    where starts_with(p.region, ${reachOf(tx.actor)}) and position(${term} in p.name) > 0 order by p.region, p.name limit ${sql.lit(fewHits)}`.execute(
    tx.db,
  )
  const accounts = await accountsOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map(({ region, id, name, kind, office }) => {
    const account = tx.actor.kind === 'staff' ? accounts.get(id) : undefined
    return {
      title: name,
      aside: `${practitionerTitle(kind).zh} · ${office}`,
      matter: null,
      entry: entryOf(tx, 'people', { region, id }),
      queue: account ? queueOf({ assignee: account }) : null,
    }
  })
}

async function officeHits(tx: Tx, term: string): Promise<Hit[]> {
  if (term.length < 2) return []
  const { rows } = await sql<{ region: string; id: string; name: string; phone: string | null; address: string | null }>`/*search.office*/
    select o.region, o.id, o.name, o.phone, o.address from office o
    where starts_with(o.region, ${reachOf(tx.actor)}) and position(${term} in o.name) > 0 order by o.region, o.name limit ${sql.lit(fewHits)}`.execute(
    tx.db,
  )
  return rows.map(({ region, id, name, phone, address }) => ({
    title: name,
    aside: [phone, address].filter(Boolean).join(' · '),
    matter: null,
    entry: entryOf(tx, 'offices', { region, id }),
    queue: null,
  }))
}

async function regionHits(tx: Tx, term: string): Promise<Hit[]> {
  if (term.length < 2) return []
  const { rows } = await sql<{ code: string }>`/*search.region*/ select r.code from region r
    where starts_with(r.code, ${reachOf(tx.actor)}) and r.level <= 3 and r.valid_to is null and position(${term} in r.name) > 0 order by r.code limit ${sql.lit(fewHits)}`.execute(
    tx.db,
  )
  const names = await regionNames(
    tx,
    rows.map(({ code }) => code),
  )
  return rows.map(({ code }) => ({ title: names.get(code) ?? code, aside: code, matter: null, entry: null, queue: placeOf(tx, code) }))
}

/** The page of the register, for whoever has a directory to read. */
const entryOf = (tx: Tx, of: 'people' | 'offices', at: { region: string; id: string }) => (tx.actor.kind === 'staff' ? { of, ...at } : null)

/** The queue of a place, for whoever has one there. */
const placeOf = (tx: Tx, region: string): string | null => (tx.actor.kind === 'staff' ? queueOf({ region: region.slice(0, 6) }) : null)

/** One search over everything the desk looks up. The term is posted, never part of an address: it may be a person's number. */
export const searchRoute = route({
  method: 'POST',
  path: '/api/search',
  id: 'search.find',
  summary: 'Find a matter, a person’s matters, a practitioner, an office, a place or an article',
  body: z.strictObject({ term: z.string().trim().min(1).max(60) }),
  returns: z.array(z.object({ group: z.enum(groups), title: z.string(), hits: z.array(Hit) })),
  async handler(tx, { body }) {
    const term = body.term.normalize('NFKC')
    const found = []
    for (const group of groups) {
      const hits = await finders[group](tx, term)
      if (hits.length) found.push({ group, title: say('zh', `search.${group}`), hits })
    }
    return found
  },
})
