import type { Matter, MatterId } from '#kernel/matter.ts'
import { no, Refusal, refuse } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import { seal, unseal, type Place } from '#platform/keys/crypto.ts'
import { matterOf } from '#engine/matter-rows.ts'
import type { Tx } from '#platform/tx.ts'
import { isUseStopped } from './erasure.ts'
import { isPartyTo, worksOn } from '#engine/standing.ts'

/** How long a writer may strike out a note of theirs: long enough to see a slip, too short to tidy up. */
export const strikeMs = 10 * 60_000

/** More than this is no note: it belongs in a document. */
export const noteLength = 2000

/** A note as it stands; the text of one struck out is gone. */
export type Note = { id: string; text: string | null; writtenBy: string; at: Date; struckAt: Date | null; mayStrike: boolean }

/** Whether this actor works on a matter and is no party to it. */
export function mayNote(tx: Tx, matter: Matter): boolean {
  return !isPartyTo(tx, matter) && worksOn(tx, matter)
}

/** Adds a note under an id its writer's page made; the same again changes nothing. Refuses whoever may not read it, and `use_stopped`. */
export async function addNote(tx: Tx, at: MatterId, { id, text }: { id: string; text: string }): Promise<void> {
  const matter = (await matterOf(tx, at)) ?? refuse('not_found')
  if (!mayNote(tx, matter)) throw new Refusal(no('not_permitted', { action: 'note' }))
  if (await isUseStopped(tx, at)) refuse('use_stopped')
  const sealed = seal(tx.on.keyring, text, placeOf(at.region, id))
  const added = await tx.db
    .insertInto('note')
    .values({ region: at.region, id, matter: at.id, text: sealed, written_by: tx.actor.id, at: tx.now })
    .onConflict((conflict) => conflict.columns(['region', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) await audit(tx, 'noteAdded', { region: at.region, matter: at.id, detail: { note: id } })
  else if (!(await isSame(tx, at, id, text))) refuse('key_reused')
}

/** Whether a note that is here already is this one, sent again after a lost answer. */
async function isSame(tx: Tx, at: MatterId, id: string, text: string): Promise<boolean> {
  const [row] = await rowsOf(tx, at, id)
  return row?.written_by === tx.actor.id && (row.text === null || unseal(tx.on.keyring, row.text, placeOf(at.region, id)) === text)
}

/** Destroys the text of one's own note within ten minutes; that there was one stays. Refuses `too_late`, and others' notes. */
export async function strikeNote(tx: Tx, at: MatterId, id: string): Promise<void> {
  const [row] = await rowsOf(tx, at, id)
  if (!row) refuse('not_found')
  if (row.written_by !== tx.actor.id) throw new Refusal(no('not_permitted', { action: 'strike' }))
  if (row.struck_at) return
  if (tx.now.getTime() - row.at.getTime() > strikeMs) refuse('too_late')
  const struck = await tx.db
    .updateTable('note')
    .set({ text: null, struck_at: tx.now })
    .where('region', '=', at.region)
    .where('id', '=', id)
    .where('struck_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (struck) await audit(tx, 'noteStruck', { region: at.region, matter: at.id, detail: { note: id } })
}

/** The notes of a matter, oldest first; none for whoever is not on the desk's side. */
export async function notesOf(tx: Tx, at: MatterId): Promise<Note[]> {
  return (await rowsOf(tx, at)).map((row) => ({
    id: row.id,
    text: row.text && unseal(tx.on.keyring, row.text, placeOf(at.region, row.id)),
    writtenBy: row.written_by,
    at: row.at,
    struckAt: row.struck_at,
    mayStrike: row.struck_at === null && row.written_by === tx.actor.id && tx.now.getTime() - row.at.getTime() <= strikeMs,
  }))
}

const rowsOf = (tx: Tx, at: MatterId, id?: string) =>
  tx.db
    .selectFrom('note')
    .selectAll()
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .$if(id !== undefined, (query) => query.where('id', '=', id!)) // defined: just checked
    .orderBy('at')
    .orderBy('id')
    .limit(500)
    .execute()

const placeOf = (region: string, id: string): Place => ({ table: 'note', column: 'text', row: id, region })
