import { sql, type RawBuilder } from 'kysely'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { issuesOf, no, Refusal, refuse, type RefusalCode } from '#kernel/refusal.ts'
import { tell } from '#platform/database/neighbours.ts'
import { audit } from '#platform/keys/audit.ts'
import { noteKept, type KeptTable } from '#platform/keys/kept.ts'
import { isoDigest } from '#platform/keys/digest.ts'
import type { MessageKey } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { findDraft, heldDraft, isWithin, type Draft, type Proposed } from './draft-rows.ts'
import { findRegion } from '#records/register/regions.ts'
import { cancelReplays, findFinishedReplay } from './replays.ts'

/** A dated value that holds, held or will hold; `decidedBy` published it, or is the source it was entered from. */
export type DatedValue = { region: string; key: string; validFrom: string; value: unknown; decidedBy: string; note: string }

/** Proposes a change; it is in force nowhere until another manager has published it. The same id again answers the draft that is there. */
export async function proposeSetting(tx: Tx, { id, region, key, validFrom, note, ...asked }: Proposed): Promise<Draft> {
  if (!isWithin(tx, region)) refuse('not_permitted')
  const value = checkedValue(tx, key, asked.value)
  if (!(await findRegion(tx, region))) throw wrong('region', 'answer.choose')
  const late = await refusalToBegin(tx, { region, key, validFrom })
  if (late) throw wrong('validFrom', dayWords[late])
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
 * (`day_passed`), a day whose value is already in force (`in_force`), and, where proposals of aid hang on it, a draft nobody has replayed (`replay_first`). Again changes nothing.
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
  const late = await refusalToBegin(tx, draft)
  if (late) return late
  return tx.on.settings.definitionOf(draft.key)?.isDecisive && !(await findFinishedReplay(tx, draft.id)) ? 'replay_first' : null
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
  const entered = await tx.db
    .insertInto('setting')
    .values(values.map(rowOf))
    .onConflict((conflict) => conflict.doNothing())
    .returning(held)
    .execute()
  await noteSettings(tx, entered)
  await takeUp(tx)
}

const held = ['region', 'key', 'valid_from', 'value', 'decided_by', 'note'] as const

type Held = { region: string; key: string; valid_from: string; value: unknown; decided_by: string; note: string; salt?: null }

/** A dated value and who decided on it. It is nobody's own, so its digest needs no salt. */
export const keptSetting: KeptTable<Held> = {
  table: 'setting',
  columns: held,
  name: ({ key, valid_from }) => `${key}/${valid_from}`,
  holds: (_, { value, decided_by, note }) => ({ value, decided_by, note }),
}

/** Notes values that stand from now on, by region. */
export async function noteSettings(tx: Tx, rows: readonly Held[]): Promise<void> {
  for (const [region, its] of Map.groupBy(rows, ({ region }) => region)) await noteKept(tx, { region }, keptSetting, its)
}

/** Puts a published value in force. One already published for that day gives way only while it is to come: two may be published at the same moment. */
async function bringIntoForce(tx: Tx, value: DatedValue): Promise<void> {
  const begun = await tx.db
    .insertInto('setting')
    .values(rowOf(value))
    .onConflict((conflict) =>
      conflict
        .columns(['region', 'key', 'valid_from'])
        .doUpdateSet(({ ref }) => ({
          value: ref('excluded.value'),
          decided_by: ref('excluded.decided_by'),
          note: ref('excluded.note'),
        }))
        .where('setting.valid_from', '>', dayOf(tx.now)),
    )
    .returning(held)
    .executeTakeFirst()
  await noteSettings(tx, [begun ?? refuse('in_force')])
  await takeUp(tx)
}

/** What was changed holds in this process at once, and in every other as soon as it stands. */
async function takeUp(tx: Tx): Promise<void> {
  await tx.on.settings.reload(tx.db)
  await tell(tx, 'settings')
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
  refuse('invalid', { issues: issuesOf(issues.map((issue) => ({ ...issue, path: ['value', ...issue.path] }))) })
}

const wrong = (path: string, message: MessageKey) => new Refusal(no('invalid', { issues: [{ path, code: 'invalid_value', message }] }))

type TooLate = 'day_passed' | 'in_force'
const dayWords: Record<TooLate, MessageKey> = { day_passed: 'answer.date.begun', in_force: 'answer.date.inForce' }

/**
 * Why a value may not begin on its day, or null. It begins today or later, for what was in force is what people were decided by; today only where the
 * place has none of today yet. One for a place that never had any may reach back: nothing was in force that it would change.
 */
async function refusalToBegin(tx: Tx, { region, key, validFrom }: Pick<Proposed, 'region' | 'key' | 'validFrom'>): Promise<TooLate | null> {
  const today = dayOf(tx.now)
  if (validFrom > today) return null
  if (validFrom === today)
    return (await isAnyThere(tx, sql`key = ${key} and region = ${region} and valid_from = ${today}`)) ? 'in_force' : null
  if ((tx.on.settings.definitionOf(key)?.default ?? null) !== null) return 'day_passed'
  const near = sql`key = ${key} and (starts_with(region, ${region}) or starts_with(${region}, region))`
  return (await isAnyThere(tx, near)) ? 'day_passed' : null
}

const isAnyThere = async (tx: Tx, which: RawBuilder<unknown>): Promise<boolean> =>
  (await sql`select from setting where ${which} limit 1`.execute(tx.db)).rows.length > 0
