import { refuse } from '#kernel/refusal.ts'
import { hashPassword, newTotpSecret, passwordFlaw, verifyTotp } from '#platform/doors/credentials.ts'
import { seal } from '#platform/keys/crypto.ts'
import { openNote, sealNote } from '#platform/keys/note.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { accountPlace, noteChange } from './accounts.ts'

/** What a person signs in with, as far as a page may show it. Runs as the system. */
export async function keysOf(tx: Tx, account: string): Promise<{ login: string; name: string; hasAuthenticator: boolean }> {
  const row = await tx.db.selectFrom('account').select(['login', 'name', 'totp_secret']).where('id', '=', account).executeTakeFirstOrThrow()
  return { login: row.login ?? '', name: row.name ?? '', hasAuthenticator: row.totp_secret !== null }
}

/** The sessions of an account, the latest seen first. Runs as the system. */
export const sessionsOf = (tx: Tx, account: string) =>
  tx.db
    .selectFrom('session')
    .select(['id', 'device', 'created_at', 'seen_at'])
    .where('account', '=', account)
    .where('expires_at', '>', tx.now)
    .orderBy('seen_at', 'desc')
    .limit(50)
    .execute()

/** Ends one session of an account, or every one but `keep`. Runs as the system. */
export async function endSessionsOf(tx: Tx, account: string, which: { only: string } | { keep: string }): Promise<void> {
  const ending = tx.db.deleteFrom('session').where('account', '=', account)
  await ('only' in which ? ending.where('id', '=', which.only) : ending.where('id', '<>', which.keep)).execute()
}

type Mine = { account: string; session: string }

/** Sets a new password and ends every other session. Refuses a weak one at its field. */
export async function changePassword(on: Platform, { account, session }: Mine, password: string, now: Date): Promise<void> {
  const { login, name } = await as(on, system, now, (tx) => keysOf(tx, account))
  const flaw = passwordFlaw(login, password, name)
  if (flaw) refuse('invalid', { issues: [{ path: 'password', code: 'weak', message: flaw }] })
  const hash = await hashPassword(password)
  await as(on, system, now, async (tx) => {
    await tx.db.updateTable('account').set({ password_hash: hash }).where('id', '=', account).execute()
    await endSessionsOf(tx, account, { keep: session })
    await noteChange(tx, account, 'password', { by: account })
  })
}

const noteOf = (account: string): string => `authenticator ${account}`

/** A new authenticator secret, and the same sealed for the browser to carry until a code proves that it was taken in. */
export function beginAuthenticator(on: Platform, account: string, now: Date): { secret: string; sealed: string } {
  const secret = newTotpSecret()
  return { secret, sealed: sealNote(on.keyring, noteOf(account), secret, now) }
}

/** Takes the new authenticator into use and ends every other session. Refuses a wrong code at its field. Runs as the system. */
export async function changeAuthenticator(tx: Tx, { account, session }: Mine, given: { sealed: string; totp: string }): Promise<void> {
  const secret = openNote(tx.on.keyring, noteOf(account), given.sealed, tx.now)
  const step = secret ? verifyTotp(secret, given.totp, tx.now, null) : null
  if (!secret || step === null) refuse('invalid', { issues: [{ path: 'totp', code: 'wrong', message: 'account.codeWrong' }] })
  await tx.db
    .updateTable('account')
    .set({ totp_secret: seal(tx.on.keyring, secret, accountPlace(account, 'totp_secret')), totp_last_step: step })
    .where('id', '=', account)
    .execute()
  await endSessionsOf(tx, account, { keep: session })
  await noteChange(tx, account, 'authenticator', { by: account })
}
