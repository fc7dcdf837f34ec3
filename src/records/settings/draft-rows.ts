import { holdsOver } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import type { Tx } from '#platform/tx.ts'

/** What is proposed: a value of one setting for a region, from a day on, and why. The id is made by the client. */
export type Proposed = { id: string; region: string; key: string; validFrom: string; value: unknown; note: string }

/** A proposed change as it stands: open, published by another, or withdrawn. */
export type Draft = Proposed & {
  proposedBy: string
  proposedAt: Date
  publishedBy: string | null
  publishedAt: Date | null
  withdrawnBy: string | null
  withdrawnAt: Date | null
}

/** The drafts this actor sees, open ones first, then the newest. */
export async function listDrafts(tx: Tx, limit = 50): Promise<Draft[]> {
  const rows = await tx.db
    .selectFrom('setting_draft')
    .selectAll()
    .orderBy((by) => by('published_at', 'is', null).and('withdrawn_at', 'is', null), 'desc')
    .orderBy('proposed_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(draftOf)
}

/** The draft, if it is there for this actor. */
export async function findDraft(tx: Tx, id: string): Promise<Draft | undefined> {
  const row = await tx.db.selectFrom('setting_draft').selectAll().where('id', '=', id).executeTakeFirst()
  return row && draftOf(row)
}

/** The draft, held until the transaction ends, for somebody with power over its region. */
export async function heldDraft(tx: Tx, id: string): Promise<Draft> {
  const seen = (await findDraft(tx, id)) ?? refuse('not_found')
  if (!isWithin(tx, seen.region)) refuse('not_permitted')
  const row = await tx.db.selectFrom('setting_draft').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return draftOf(row)
}

/** Whether the actor manages a region. */
export const isWithin = ({ actor }: Tx, region: string): boolean => holdsOver(actor, region, 'manager')

type Row = {
  id: string
  region: string
  key: string
  valid_from: string
  value: unknown
  note: string
  proposed_by: string
  proposed_at: Date
  published_by: string | null
  published_at: Date | null
  withdrawn_by: string | null
  withdrawn_at: Date | null
}

const draftOf = (row: Row): Draft => ({
  id: row.id,
  region: row.region,
  key: row.key,
  validFrom: row.valid_from,
  value: row.value,
  note: row.note,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  publishedBy: row.published_by,
  publishedAt: row.published_at,
  withdrawnBy: row.withdrawn_by,
  withdrawnAt: row.withdrawn_at,
})
