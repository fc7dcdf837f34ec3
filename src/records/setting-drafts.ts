import { sql } from 'kysely'
import { dayOf } from '#kernel/calendar.ts'
import { issuesOf, no, Refusal, refuse, type RefusalCode } from '#kernel/refusal.ts'
import { isDecisive } from '#lines/legal-aid/replay.ts'
import { audit } from '#platform/audit.ts'
import { isoDigest } from '#platform/digest.ts'
import type { MessageKey } from '#platform/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { findDraft, heldDraft, isWithin, type Draft, type Proposed } from './draft-rows.ts'
import { findRegion } from './regions.ts'
import { cancelReplays, findFinishedReplay } from './replays.ts'

/** A dated value that holds, held or will hold; `decidedBy` published it, or is the source it was entered from. */
export type DatedValue = { region: string; key: string; validFrom: string; value: unknown; decidedBy: string; note: string }

/** Proposes a change; it is in force nowhere until another manager has published it. The same id again answers the draft that is there. */
export async function proposeSetting(tx: Tx, { id, region, key, validFrom, note, ...asked }: Proposed): Promise<Draft> {
  if (!isWithin(tx, region)) refuse('not_permitted')
  const value = checkedValue(tx, key, asked.value)
  if (!(await findRegion(tx, region))) throw wrong('region', 'answer.choose')
  if (!(await mayBegin(tx, { region, key, validFrom }))) throw wrong('validFrom', 'answer.date.begun')
  const row = { id, region, key, valid_from: validFrom, value: JSON.stringify(value), note, proposed_by: tx.actor.id, proposed_at: tx.now }
  await tx.db
    .insertInto('setting_draft')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const draft = (await findDraft(tx, id)) ?? refuse('key_reused') // somebody's whom this actor does not see
  const said = ({ region, key, validFrom, value, note }: Proposed) => isoDigest({ region, key, validFrom, value, note })
  return said(draft) === said({ id, region, key, validFrom, value, note }) ? draft : refuse('key_reused')
}

/**
 * Publishes a draft of somebody else's: its value comes into force on its day. Refuses the proposer (`own_draft`), a day that has passed meanwhile
 * (`day_passed`), and, where proposals of aid hang on it, a draft nobody has replayed (`replay_first`). Again changes nothing.
 */
export async function publishSetting(tx: Tx, id: string): Promise<Draft> {
  const draft = await heldDraft(tx, id)
  if (draft.publishedBy === tx.actor.id) return draft
  const refusal = await refusalToPublish(tx, draft)
  if (refusal) refuse(refusal)
  await tx.db.updateTable('setting_draft').set({ published_by: tx.actor.id, published_at: tx.now }).where('id', '=', id).execute()
  await bringIntoForce(tx, { ...draft, decidedBy: tx.actor.id })
  await audit(tx, 'settingChanged', { region: draft.region, detail: { draft: id, key: draft.key, validFrom: draft.validFrom } })
  return (await findDraft(tx, id)) ?? refuse('not_found')
}

/** Why this actor may not publish the draft now, or null: what guards it also greys its button. */
export async function refusalToPublish(tx: Tx, draft: Draft): Promise<RefusalCode | null> {
  if (!isWithin(tx, draft.region)) return 'not_permitted'
  if (draft.publishedAt || draft.withdrawnAt) return 'wrong_state'
  if (draft.proposedBy === tx.actor.id) return 'own_draft'
  if (!(await mayBegin(tx, draft))) return 'day_passed'
  return isDecisive(draft.key) && !(await findFinishedReplay(tx, draft.id)) ? 'replay_first' : null
}

/** Takes a draft back, with its replay if one is running; any manager over its region may. Again changes nothing. */
export async function withdrawSetting(tx: Tx, id: string): Promise<Draft> {
  const draft = await heldDraft(tx, id)
  if (draft.withdrawnAt) return draft
  if (draft.publishedAt) refuse('wrong_state')
  await tx.db.updateTable('setting_draft').set({ withdrawn_by: tx.actor.id, withdrawn_at: tx.now }).where('id', '=', id).execute()
  await cancelReplays(tx, id)
  return (await findDraft(tx, id)) ?? refuse('not_found')
}

/** Enters what provinces have long decided, as the system: there is no draft of it. A value that is there stays as it is. */
export async function enterSettings(tx: Tx, values: readonly DatedValue[]): Promise<void> {
  await tx.db
    .insertInto('setting')
    .values(values.map(rowOf))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.on.settings.reload(tx.db)
}

/** Puts a published value in force. One already published for that day, and not yet in force, gives way. */
async function bringIntoForce(tx: Tx, value: DatedValue): Promise<void> {
  await tx.db
    .insertInto('setting')
    .values(rowOf(value))
    .onConflict((conflict) =>
      conflict.columns(['region', 'key', 'valid_from']).doUpdateSet(({ ref }) => ({
        value: ref('excluded.value'),
        decided_by: ref('excluded.decided_by'),
        note: ref('excluded.note'),
      })),
    )
    .execute()
  await tx.on.settings.reload(tx.db)
}

const rowOf = ({ region, key, validFrom, value, decidedBy, note }: DatedValue) => ({
  region,
  key,
  valid_from: validFrom,
  value: JSON.stringify(value),
  decided_by: decidedBy,
  note,
})

function checkedValue(tx: Tx, key: string, value: unknown): unknown {
  const definition = tx.on.settings.definitionOf(key)
  if (!definition) throw wrong('key', 'answer.choose')
  const parsed = definition.schema.safeParse(value)
  if (parsed.success && parsed.data !== undefined) return parsed.data
  const issues = parsed.success ? [{ path: [], message: 'answer.required', code: 'invalid_type' }] : parsed.error.issues
  throw new Refusal(no('invalid', { issues: issuesOf(issues.map((issue) => ({ ...issue, path: ['value', ...issue.path] }))) }))
}

const wrong = (path: string, message: MessageKey) => new Refusal(no('invalid', { issues: [{ path, code: 'invalid_value', message }] }))

/** A value begins today or later, for what was in force is what people were decided by. One for a place that never had any may reach back: nothing was in force that it would change. */
async function mayBegin(tx: Tx, { region, key, validFrom }: Pick<Proposed, 'region' | 'key' | 'validFrom'>): Promise<boolean> {
  if (validFrom >= dayOf(tx.now)) return true
  if ((tx.on.settings.definitionOf(key)?.default ?? null) !== null) return false
  const { rows } =
    await sql`select from setting where key = ${key} and (starts_with(region, ${region}) or starts_with(${region}, region)) limit 1`.execute(
      tx.db,
    )
  return rows.length === 0
}
