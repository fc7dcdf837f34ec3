import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { refuse } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import { hashCode, isSameHash, newCode, verifyPassword, verifyTotp } from './credentials.ts'
import { blindIndex, nationwide, unseal } from '#platform/keys/crypto.ts'
import { fill } from '#platform/messages/messages.ts'
import type { Platform } from '#platform/platform.ts'
import { exchangeSession, type Session } from './sessions.ts'
import { pass } from './flood.ts'
import type { KnownDevices } from './known-devices.ts'
import type { Source } from '#platform/http/sender.ts'
import { as, system, type Tx } from '#platform/tx.ts'

const minute = 60_000
const codeLifeMs = 5 * minute
const codeTries = 5
/** No wait is longer than a quarter of an hour, so a day later nothing is owed. */
const forgetTriesMs = 24 * 60 * minute

/** The browser somebody comes in at, the session it holds, and from where. */
export type Seat = { device: string; session: Session | null; source?: Source }

/** What somebody types at the desk's door, and where they sit. */
export type Entering = Seat & { devices?: KnownDevices; login: string; password: string; totp: string }

/** A staff member or provider by password and a one-time code from their authenticator; returns the session's token. Every failure answers alike. */
export async function signInStaff(on: Platform, given: Entering, now: Date): Promise<string> {
  const account = await as(on, system, now, (tx) => holderOf(tx, given.login))
  const lane = laneOf(given.login, account && given.devices?.get(account.id))
  if (lane === given.login) await pass(on, 'floods.signIns', { sender: given.source?.sender ?? null }, now)
  await as(on, system, now, (tx) => takeTry(tx, lane))
  const step = await provedStep(on, account, given, now)
  const from = given.source && { source: given.source }
  if (!account || step === null) {
    await as(on, system, now, (tx) =>
      audit(tx, 'signInFailed', { region: account?.region ?? '', detail: { account: account?.id ?? null }, ...from }),
    )
    refuse('wrong_credentials')
  }
  return as(on, system, now, async (tx) => {
    await takeStep(tx, account.id, step)
    await forgetTries(tx, lane)
    return welcomeStaff(tx, account, given, 'password')
  })
}

/** The lane that tries are counted in: what was typed, and where this browser signed in to its account before, that browser's own. What outsiders try neither blocks nor delays it (TRUST T28), nor do they type its name: nothing that is typed holds a NUL. */
const laneOf = (typed: string, device: string | undefined): string => (device ? `${typed}\0${device}` : typed)

type Holder = { id: string; region: string; password_hash: string | null; totp_secret: string | null; totp_last_step: number }

/** The step of the authenticator's code when it and the password are right, else null; as long in coming for nobody as for somebody. */
async function provedStep(on: Platform, account: Holder | undefined, given: Pick<Entering, 'password' | 'totp'>, now: Date) {
  const isRight = await verifyPassword(account?.password_hash ?? null, given.password)
  const secret = account?.totp_secret
    ? unseal(on.keyring, account.totp_secret, { table: 'account', column: 'totp_secret', row: account.id, region: '' })
    : null
  return isRight && account && secret ? verifyTotp(secret, given.totp, now, account.totp_last_step) : null
}

/** A code is good once: the row only moves to a later step, whoever comes first. */
export async function takeStep(tx: Tx, account: string, step: number): Promise<void> {
  const taken = await tx.db
    .updateTable('account')
    .set({ totp_last_step: step })
    .where('id', '=', account)
    .where('totp_last_step', '<', step)
    .returning('id')
    .executeTakeFirst()
  if (!taken) refuse('wrong_credentials')
}

/** Starts the session of somebody who has proved who they are, and says so in the audit; a citizen's at the same browser goes on. Runs as the system. */
export async function welcomeStaff(
  tx: Tx,
  { id, region }: { id: string; region: string },
  { device, session, source }: Seat,
  by: string,
): Promise<string> {
  await audit(tx, 'signIn', { region, by: id, detail: { account: id, by }, ...(source && { source }) })
  return exchangeSession(tx, session?.actor.kind === 'citizen' ? null : session, id, device)
}

/** Password and authenticator once more, by somebody already here; counted like any try at the door. */
export async function proveAgain(on: Platform, account: string, given: Pick<Entering, 'password' | 'totp'>, now: Date): Promise<void> {
  const { login } = await as(on, system, now, (tx) =>
    tx.db.selectFrom('account').select('login').where('id', '=', account).executeTakeFirstOrThrow(),
  )
  // Whoever is in already is counted apart from those who knock outside.
  const lane = laneOf(login ?? '', account)
  await as(on, system, now, (tx) => takeTry(tx, lane))
  const holder = await as(on, system, now, (tx) => holderOf(tx, login ?? ''))
  const step = await provedStep(on, holder, given, now)
  if (!holder || step === null) refuse('wrong_credentials')
  await as(on, system, now, async (tx) => {
    await takeStep(tx, account, step)
    await forgetTries(tx, lane)
  })
}

const forgetTries = async (tx: Tx, lane: string): Promise<void> =>
  void (await tx.db.deleteFrom('sign_in_try').where('login_index', '=', indexOf(tx.on, lane)).execute())

const indexOf = (on: Platform, login: string): string => blindIndex(on.keyring, 'login', nationwide, login)

/** The account under a login. */
const holderOf = (tx: Tx, login: string): Promise<Holder | undefined> =>
  tx.db
    .selectFrom('account')
    .select(['id', 'region', 'password_hash', 'totp_secret', 'totp_last_step'])
    .where('login', '=', login)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()

/**
 * Counts a try before it is judged, so that a burst of guesses cannot outrun the count; signing in clears it. Counted by what was typed: a login nobody has waits like
 * any other. From the fifth on each try waits double, to a quarter of an hour: guessing is hopeless, and an outsider cannot shut anyone out for long.
 */
async function takeTry(tx: Tx, lane: string): Promise<void> {
  const counted = await sql<{ locked_until: Date | null }>`
    insert into sign_in_try as t (login_index, tries, tried_at) values (${indexOf(tx.on, lane)}, 1, ${tx.now})
    on conflict (login_index) do update set tries = t.tries + 1, tried_at = excluded.tried_at,
      locked_until = case when t.tries + 1 < 5 then null else excluded.tried_at + least(interval '15 minutes', interval '1 second' * 2 ^ least(t.tries - 4, 10)) end
    where t.locked_until is null or t.locked_until <= excluded.tried_at
    returning locked_until`.execute(tx.db)
  if (!counted.rows.length) refuse('too_many_tries')
  await sql`delete from sign_in_try where tried_at < ${new Date(tx.now.getTime() - forgetTriesMs)}`.execute(tx.db)
}

/** More than anybody needs who mistypes or has no signal, and few enough that a phone is not flooded by whoever knows its number (TRUST T9). */
const codesADay = 10

/** What a code is kept under: the number, or the number at a browser that signed in with it before, whose code no outsider replaces, uses up or voids by guessing. */
const codeIndex = (on: Platform, phone: string, device?: string): string =>
  blindIndex(on.keyring, 'phone', nationwide, laneOf(phone, device))

/** Sends a one-time code to a mobile number; at most one a minute, and false where the last was sent since. Refuses more than ten a day. Answers alike whether or not the number is known. */
export async function sendCode(on: Platform, phone: string, now: Date, device?: string): Promise<boolean> {
  const phoneIndex = codeIndex(on, phone, device)
  const code = newCode()
  const sent = await as(on, system, now, (tx) => keepCode(tx, phoneIndex, code))
  if (!sent) return false
  await on.gateway.send({
    id: `${phoneIndex}-${now.getTime()}`,
    to: phone,
    isCode: true,
    text: fill('zh', '【法惠】验证码 {code}，五分钟内有效。不要告诉任何人。', { code }),
  })
  return true
}

/**
 * Sends a code that its receiver reads out to whoever is writing down that a telephone is theirs: kept apart by `lane` from the codes that sign in, which it
 * never does. False where the last was sent within a minute. Runs as the system.
 */
export async function sendProof(tx: Tx, phone: string, lane: string): Promise<boolean> {
  const phoneIndex = codeIndex(tx.on, phone, lane)
  const code = newCode()
  if (!(await keepCode(tx, phoneIndex, code))) return false
  const text = fill('zh', '【法惠】核对码 {code}，请念给正在替您登记的工作人员。五分钟内有效，不能用来登录。', { code })
  tx.afterwards(() => tx.on.gateway.send({ id: `${phoneIndex}-${tx.now.getTime()}`, to: phone, isCode: true, text }))
  return true
}

/** Puts the code in place of the one before and counts it, in one statement: of many asked for at once one is sent. */
async function keepCode(tx: Tx, phoneIndex: string, code: string): Promise<boolean> {
  const salt = randomBytes(16).toString('hex')
  const [today, expiresAt] = [dayOf(tx.now), new Date(tx.now.getTime() + codeLifeMs)]
  const kept = await sql`
    insert into one_time_code as t (phone_index, salt, code_hash, expires_at, tries, sent_at, sent_on, sent_that_day)
    values (${phoneIndex}, ${salt}, ${hashCode(code, salt)}, ${expiresAt}, 0, ${tx.now}, ${today}, 1)
    on conflict (phone_index) do update set salt = excluded.salt, code_hash = excluded.code_hash, expires_at = excluded.expires_at, tries = 0,
      sent_at = excluded.sent_at, sent_on = excluded.sent_on, sent_that_day = case when t.sent_on = excluded.sent_on then t.sent_that_day + 1 else 1 end
    where t.sent_at <= excluded.sent_at - interval '1 minute' and (t.sent_on is distinct from excluded.sent_on or t.sent_that_day < ${codesADay})
    returning phone_index`.execute(tx.db)
  if (kept.rows.length) return true
  const last = tx.db.selectFrom('one_time_code').select('phone_index').where('phone_index', '=', phoneIndex)
  const isOver = await last.where('sent_on', '=', today).where('sent_that_day', '>=', codesADay).executeTakeFirst()
  return isOver ? refuse('codes_used_up') : false
}

/** True when this is the code sent to the number; five wrong tries void it, and a right one is used up with what it opens, in the caller's transaction. Runs as the system. */
export async function takeCode(
  tx: Tx,
  { phone, code, device }: { phone: string; code: string; device?: string | undefined },
): Promise<boolean> {
  const phoneIndex = codeIndex(tx.on, phone, device)
  const row = await tx.db.selectFrom('one_time_code').selectAll().where('phone_index', '=', phoneIndex).forUpdate().executeTakeFirst()
  if (!row || row.expires_at <= tx.now || row.tries >= codeTries) return false
  const isRight = isSameHash(row.code_hash, hashCode(code, row.salt))
  if (isRight) await tx.db.deleteFrom('one_time_code').where('phone_index', '=', phoneIndex).execute()
  else
    await tx.db
      .updateTable('one_time_code')
      .set({ tries: row.tries + 1 })
      .where('phone_index', '=', phoneIndex)
      .execute()
  return isRight
}
