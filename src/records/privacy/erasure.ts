import { sql } from 'kysely'
import { isPerson } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { audit } from '#platform/keys/audit.ts'
import { eraseWords } from '#platform/keys/said.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { erase, partyRows } from '#records/people/people.ts'

/** Whether a matter grew into a file the law has kept: it was filed, and it ended otherwise than before any decision (RULEBOOK §4.7). */
export const mustBeKept = (tx: Tx, { line, edition, state, filedAt }: Pick<Matter, 'line' | 'edition' | 'state' | 'filedAt'>): boolean =>
  filedAt !== null && !lineOf(tx.on, line, edition).states[state]?.leavesNoFile

/**
 * Deletes what was said and sent in a matter: its people, answers, assessments, the links sent to its parties, the texts of its notes, what was written in its steps and on looking at it, why it was confined or opened, and the bytes and names of its papers
 * (个人信息保护法 art. 47). The log, the numbers and the kinds of paper stay. Doing it again changes nothing. Runs as the system.
 */
export async function eraseMatter(tx: Tx, at: MatterId): Promise<void> {
  const fresh = await tx.db
    .updateTable('matter')
    .set({ erased_at: tx.now, is_open: false })
    .where('region', '=', at.region)
    .where('id', '=', at.id)
    .where('erased_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!fresh) return
  for (const person of new Set((await partyRows(tx, [at])).map(({ id }) => id))) await erase(tx, at.region, person)
  await tx.db.deleteFrom('answer').where('region', '=', at.region).where('matter', '=', at.id).execute()
  await tx.db.deleteFrom('assessment').where('region', '=', at.region).where('matter', '=', at.id).execute()
  await tx.db.deleteFrom('seat_link').where('region', '=', at.region).where('matter', '=', at.id).execute()
  await eraseNotes(tx, at)
  for (const table of ['confinement', 'urgent_access'] as const)
    await tx.db.updateTable(table).set({ reason: null }).where('region', '=', at.region).where('matter', '=', at.id).execute()
  await eraseWords(tx, at)
  await erasePapers(tx, at)
  await audit(tx, 'erased', { region: at.region, matter: at.id })
}

/** Deletes what one holder said and sent in a matter that is kept for the others: their answers, and the bytes and names of their papers. Runs as the system. */
export async function erasePart(tx: Tx, at: MatterId, holder: string): Promise<void> {
  await tx.db.deleteFrom('answer').where('region', '=', at.region).where('matter', '=', at.id).where('holder', '=', holder).execute()
  await erasePapers(tx, at, holder)
  await audit(tx, 'erased', { region: at.region, matter: at.id })
}

/** A note may say what the answers said; that there was one stays, as of one struck out. */
const eraseNotes = async (tx: Tx, at: MatterId): Promise<void> =>
  void (await tx.db
    .updateTable('note')
    .set({ text: null, struck_at: tx.now })
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .where('text', 'is not', null)
    .execute())

/** Rows first, bytes once they stand: a crash between them leaves bytes that no row points at, which the sweep of the night removes. A row never points at nothing. */
async function erasePapers(tx: Tx, at: MatterId, holder?: string): Promise<void> {
  const papers = await tx.db
    .updateTable('document')
    .set({ name: '', salt: null, erased_at: tx.now })
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .$if(holder !== undefined, (some) => some.where('holder', '=', holder ?? ''))
    .returning('hash')
    .execute()
  for (const hash of new Set(papers.map(({ hash }) => hash)))
    tx.afterwards(() => as(tx.on, system, tx.now, (later) => removeUnheld(later, hash)))
}

/** Removes bytes that no paper has; true where it did. */
export async function removeUnheld(tx: Tx, hash: string): Promise<boolean> {
  await holdBytes(tx, hash)
  // Asked of the owner's function, which says nothing where nobody is known to ask: rows that are hidden are no sign that there are none.
  const { rows } = await sql<{ held: boolean | null }>`select sec.is_held(${hash}) as held`.execute(tx.db)
  const isUnheld = rows[0]?.held === false
  if (isUnheld) await tx.on.files.remove(hash)
  return isUnheld
}

/** A form that is refused, or cut off between its bytes and its row, leaves bytes behind. One that is still under way is younger than this. */
const underWayMs = 3_600_000

/** Removes the bytes that nothing points at; returns how many. Each in a transaction of its own: whoever hands in the same ones waits for that one alone. `check` throws where another process may be at it. */
export async function sweepUnheld(on: Platform, now: Date, check: () => void = () => {}): Promise<number> {
  let gone = 0
  for await (const hash of on.files.list(new Date(on.wallClock() - underWayMs))) {
    check()
    if (await as(on, system, now, (tx) => removeUnheld(tx, hash))) gone++
  }
  return gone
}

/** Bytes are kept once however often they are handed in: whoever adds a paper and whoever erases the same one wait for each other. */
export const holdBytes = async (tx: Tx, hash: string): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtext(${hash}))`.execute(tx.db))

/** Leaves a matter stored and secured, and no more: nobody at a desk reads its people, answers, papers, notes or assessments again (个人信息保护法 art. 47(2)). Runs as the system. */
export async function stopUse(tx: Tx, at: MatterId): Promise<void> {
  const fresh = await tx.db
    .updateTable('matter')
    .set({ use_stopped_at: tx.now })
    .where('region', '=', at.region)
    .where('id', '=', at.id)
    .where('use_stopped_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (fresh) await audit(tx, 'useStopped', { region: at.region, matter: at.id })
}

/** Whether this reader must leave a matter alone, because its person had all use stopped; to the person it stays open. */
export async function isUseStopped(tx: Tx, at: MatterId): Promise<boolean> {
  if (isPerson(tx.actor) || tx.actor.kind === 'system') return false
  const row = await tx.db
    .selectFrom('matter')
    .select('use_stopped_at')
    .where('region', '=', at.region)
    .where('id', '=', at.id)
    .executeTakeFirst()
  return row?.use_stopped_at !== null
}
