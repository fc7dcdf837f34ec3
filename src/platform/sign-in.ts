import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { refuse } from '#kernel/refusal.ts'
import { audit } from './audit.ts'
import { hashCode, isSameHash, newCode, verifyPassword, verifyTotp } from './credentials.ts'
import { blindIndex, nationwide, unseal } from './crypto.ts'
import { fill } from './messages.ts'
import type { Platform } from './platform.ts'
import { openSession } from './sessions.ts'
import { as, system, type Tx } from './tx.ts'

const minute = 60_000
const codeLifeMs = 5 * minute
const codeTries = 5

/** A staff member or provider by password and a one-time code from their authenticator; returns the session's token. Every failure answers alike. */
export async function signInStaff(on: Platform, given: { login: string; password: string; totp: string }, now: Date): Promise<string> {
  const account = await as(on, system, now, (tx) => takeTry(tx, given.login))
  const isRight = await verifyPassword(account?.password_hash ?? null, given.password)
  const secret = account?.totp_secret
    ? unseal(on.keyring, account.totp_secret, { table: 'account', column: 'totp_secret', row: account.id, region: '' })
    : null
  const step = isRight && account && secret ? verifyTotp(secret, given.totp, now, account.totp_last_step) : null
  if (!account || step === null) {
    await as(on, system, now, (tx) => audit(tx, 'signInFailed', { detail: { account: account?.id ?? null } }))
    refuse('wrong_credentials')
  }
  return as(on, system, now, (tx) => welcome(tx, account.id, step))
}

/** A code is good once: the row only moves to a later step, whoever comes first. */
async function welcome(tx: Tx, id: string, step: number): Promise<string> {
  const taken = await tx.db
    .updateTable('account')
    .set({ totp_last_step: step, failed_tries: 0, locked_until: null })
    .where('id', '=', id)
    .where('totp_last_step', '<', step)
    .returning('id')
    .executeTakeFirst()
  if (!taken) refuse('wrong_credentials')
  await audit(tx, 'signIn', { detail: { account: id } })
  return openSession(tx, id)
}

/**
 * The account under a login, with this try counted before it is judged, so that a burst of guesses cannot outrun the count; signing in clears it.
 * From the fifth on each try waits double, to a quarter of an hour: guessing is hopeless, and an outsider cannot shut anyone out for long.
 */
async function takeTry(tx: Tx, login: string) {
  const tries = sql<number>`failed_tries + 1`
  const waits = sql<Date | null>`case when failed_tries + 1 < 5 then null else ${tx.now}::timestamptz + least(interval '15 minutes', interval '1 second' * 2 ^ least(failed_tries - 4, 10)) end`
  const known = tx.db.selectFrom('account').selectAll().where('login', '=', login).where('disabled_at', 'is', null).forUpdate()
  const account = await known.executeTakeFirst()
  if (account?.locked_until && account.locked_until > tx.now) refuse('too_many_tries', { until: account.locked_until.toISOString() })
  if (account) await tx.db.updateTable('account').set({ failed_tries: tries, locked_until: waits }).where('id', '=', account.id).execute()
  return account
}

/** Sends a one-time code to a mobile number; at most one a minute. Answers alike whether or not the number is known. */
export async function sendCode(on: Platform, phone: string, now: Date): Promise<void> {
  const phoneIndex = blindIndex(on.keyring, 'phone', nationwide, phone)
  const code = newCode()
  const salt = randomBytes(16).toString('hex')
  const sent = await as(on, system, now, async (tx) => {
    const last = await tx.db.selectFrom('one_time_code').select('sent_at').where('phone_index', '=', phoneIndex).executeTakeFirst()
    if (last && now.getTime() - last.sent_at.getTime() < minute) return false
    const row = {
      phone_index: phoneIndex,
      salt,
      code_hash: hashCode(code, salt),
      expires_at: new Date(now.getTime() + codeLifeMs),
      tries: 0,
      sent_at: now,
    }
    await tx.db
      .insertInto('one_time_code')
      .values(row)
      .onConflict((conflict) => conflict.column('phone_index').doUpdateSet(row))
      .execute()
    return true
  })
  if (!sent) refuse('too_many_tries', { seconds: 60 })
  await on.gateway.send({
    id: `${phoneIndex}-${now.getTime()}`,
    to: phone,
    isCode: true,
    text: fill('zh', '【法惠】验证码 {code}，五分钟内有效。不要告诉任何人。', { code }),
  })
}

/** True when this is the code sent to the number; five wrong tries void it, and a right one is used up. */
export const checkCode = (on: Platform, phone: string, code: string, now: Date): Promise<boolean> =>
  as(on, system, now, async (tx) => {
    const phoneIndex = blindIndex(on.keyring, 'phone', nationwide, phone)
    const row = await tx.db.selectFrom('one_time_code').selectAll().where('phone_index', '=', phoneIndex).forUpdate().executeTakeFirst()
    if (!row || row.expires_at <= now || row.tries >= codeTries) return false
    const isRight = isSameHash(row.code_hash, hashCode(code, row.salt))
    if (isRight) await tx.db.deleteFrom('one_time_code').where('phone_index', '=', phoneIndex).execute()
    else
      await tx.db
        .updateTable('one_time_code')
        .set({ tries: row.tries + 1 })
        .where('phone_index', '=', phoneIndex)
        .execute()
    return isRight
  })
