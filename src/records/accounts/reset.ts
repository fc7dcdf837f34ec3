import { v7 } from 'uuid'
import { refuse } from '#kernel/refusal.ts'
import { closeSessions } from '#platform/doors/sessions.ts'
import type { Tx } from '#platform/tx.ts'
import { noteChange } from './accounts.ts'
import { makeEnrolmentCode } from './enrolment.ts'

/** Asks that a lost authenticator be replaced; another administrator decides. Asking again changes nothing. Runs as an administrator. */
export async function askReset(tx: Tx, account: string, reason: string): Promise<void> {
  const asked = await tx.db
    .insertInto('reset_request')
    .values({ id: v7(), account, reason, asked_by: tx.actor.id, asked_at: tx.now })
    .onConflict((conflict) => conflict.column('account').where('decided_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (asked) await noteChange(tx, account, 'resetAsked')
}

/** Approves a reset: the old keys are void, every session ends, and a code is made for the person. Refuses whoever asked. Runs as an administrator. */
export async function approveReset(tx: Tx, account: string): Promise<{ code: string; expiresAt: Date }> {
  const { asked_by } = await decide(tx, account, true)
  await tx.db.updateTable('account').set({ totp_secret: null, password_hash: null }).where('id', '=', account).execute()
  await tx.db.deleteFrom('passkey').where('account', '=', account).execute()
  await closeSessions(tx, account)
  await noteChange(tx, account, 'resetApproved', { askedBy: asked_by })
  return makeEnrolmentCode(tx, account)
}

/** Refuses a reset, or takes one's own back. Runs as an administrator. */
export async function refuseReset(tx: Tx, account: string): Promise<void> {
  await decide(tx, account, false)
  await noteChange(tx, account, 'resetRefused')
}

async function decide(tx: Tx, account: string, isApproved: boolean): Promise<{ asked_by: string }> {
  const open = tx.db.selectFrom('reset_request').select(['id', 'asked_by']).where('account', '=', account).where('decided_at', 'is', null)
  const request = (await open.forUpdate().executeTakeFirst()) ?? refuse('stale')
  if (isApproved && request.asked_by === tx.actor.id) refuse('own_account')
  await tx.db
    .updateTable('reset_request')
    .set({ decided_by: tx.actor.id, decided_at: tx.now, is_approved: isApproved })
    .where('id', '=', request.id)
    .execute()
  return request
}
