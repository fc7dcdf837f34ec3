import { refuse } from '#kernel/refusal.ts'
import {
  enrolmentSecret,
  hashEnrolmentCode,
  hashPassword,
  newEnrolmentCode,
  passwordFlaw,
  readEnrolmentCode,
  verifyTotp,
} from '#platform/doors/credentials.ts'
import { seal } from '#platform/keys/crypto.ts'
import type { Platform } from '#platform/platform.ts'
import { welcomeStaff, type Seat } from '#platform/doors/sign-in.ts'
import { closeSessions } from '#platform/doors/sessions.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { accountPlace, noteChange } from './accounts.ts'

/** Three days: long enough for a sheet of paper to reach a county, short enough not to lie about. */
const codeLifeMs = 72 * 60 * 60_000

/**
 * A code by which a person sets up their own account, which is `code` where two people hold a half each; those made before it are void. Shown once: only its
 * hash is kept. Refuses whoever has keys already (a reset voids them first) or is shut out. Runs as the system.
 */
export async function makeEnrolmentCode(
  tx: Tx,
  account: string,
  { code, madeBy, confirmedBy }: Made = { code: newEnrolmentCode(), madeBy: tx.actor.id, confirmedBy: null },
): Promise<{ code: string; expiresAt: Date }> {
  await needNoKeys(tx, account)
  const expiresAt = new Date(tx.now.getTime() + codeLifeMs)
  await tx.db.updateTable('enrolment').set({ expires_at: tx.now }).where('account', '=', account).where('expires_at', '>', tx.now).execute()
  await tx.db
    .insertInto('enrolment')
    .values({
      code_hash: hashEnrolmentCode(tx.on.keyring.blind, code),
      account,
      made_by: madeBy,
      confirmed_by: confirmedBy,
      made_at: tx.now,
      expires_at: expiresAt,
    })
    .execute()
  return { code, expiresAt }
}

/** A code, who asked for it and who confirmed it; nobody did where the command line made it. */
type Made = { code: string; madeBy: string; confirmedBy: string | null }

/** Until when a code is good; null where it was used or ran out, or never was one. Runs as the system. */
export async function expiryOf(tx: Tx, code: string): Promise<Date | null> {
  const row = await tx.db
    .selectFrom('enrolment')
    .select('expires_at')
    .where('code_hash', '=', hashEnrolmentCode(tx.on.keyring.blind, code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', tx.now)
    .executeTakeFirst()
  return row?.expires_at ?? null
}

/** Holds the account's row, so that nobody sets it up while a code to it is made. */
async function needNoKeys(tx: Tx, account: string): Promise<void> {
  const its = tx.db.selectFrom('account').select('id').where('id', '=', account)
  const waiting = its.where('totp_secret', 'is', null).where('disabled_at', 'is', null)
  if (!(await waiting.forUpdate().executeTakeFirst())) refuse('not_applicable')
}

type Enrolling = { id: string; login: string; name: string; region: string }

/** Whose code this is, and the authenticator secret that goes with it. Refuses a code that was used or ran out, or whose account has keys by now, as one that never was. */
export async function openEnrolment(on: Platform, typed: string, now: Date): Promise<Enrolling & { secret: string; code: string }> {
  const code = readEnrolmentCode(typed)
  const account = await as(on, system, now, (tx) =>
    tx.db
      .selectFrom('enrolment')
      .innerJoin('account', 'account.id', 'enrolment.account')
      .select(['account.id', 'account.login', 'account.name', 'account.region'])
      .where('code_hash', '=', hashEnrolmentCode(on.keyring.blind, code))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .where('totp_secret', 'is', null)
      .where('disabled_at', 'is', null)
      .executeTakeFirst(),
  )
  if (!account) refuse('link_spent')
  const { id, login, name, region } = account
  return { id, login: login ?? '', name: name ?? '', region, code, secret: enrolmentSecret(on.keyring.blind, code) }
}

/** Sets the person's own password and authenticator and signs them in; returns the session's token. The code is spent, whoever comes first. */
export async function enrol(on: Platform, given: Seat & { code: string; password: string; totp: string }, now: Date): Promise<string> {
  const its = await openEnrolment(on, given.code, now)
  const flaw = passwordFlaw(its.login, given.password, its.name)
  if (flaw) refuse('invalid', { issues: [{ path: 'password', code: 'weak', message: flaw }] })
  const step = verifyTotp(its.secret, given.totp, now, null)
  if (step === null) refuse('invalid', { issues: [{ path: 'totp', code: 'wrong', message: 'account.codeWrong' }] })
  const passwordHash = await hashPassword(given.password)
  const sealed = seal(on.keyring, its.secret, accountPlace(its.id, 'totp_secret'))
  return as(on, system, now, async (tx) => {
    await spend(tx, its.code)
    await giveKeys(tx, its.id, { password_hash: passwordHash, totp_secret: sealed, totp_last_step: step })
    await closeSessions(tx, its.id)
    await noteChange(tx, its.id, 'enrolled')
    return welcomeStaff(tx, its, given, 'enrolment')
  })
}

async function spend(tx: Tx, code: string): Promise<void> {
  const spent = await tx.db
    .updateTable('enrolment')
    .set({ used_at: tx.now })
    .where('code_hash', '=', hashEnrolmentCode(tx.on.keyring.blind, code))
    .where('used_at', 'is', null)
    .returning('code_hash')
    .executeTakeFirst()
  if (!spent) refuse('link_spent')
}

/** Keys are given to whoever has none: of two codes at the same moment the first counts. */
async function giveKeys(
  tx: Tx,
  account: string,
  keys: { password_hash: string; totp_secret: string; totp_last_step: number },
): Promise<void> {
  const its = tx.db.updateTable('account').set(keys).where('id', '=', account).where('totp_secret', 'is', null)
  if (!(await its.returning('id').executeTakeFirst())) refuse('link_spent')
}
