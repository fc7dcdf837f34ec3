import { sql, type RawBuilder } from 'kysely'
import { v7 } from 'uuid'
import { branchesOf, reachOf, type Grant } from '#kernel/actor.ts'
import { no, Refusal } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import { blindIndex, nationwide, seal, type Keyring, type Place } from '#platform/keys/crypto.ts'
import type { Identity } from '#platform/doors/identity.ts'
import { closeSessions } from '#platform/doors/sessions.ts'
import { asSystem, type Tx } from '#platform/tx.ts'
import { addGrants } from './grants.ts'

/** Where an account's telephone number or authenticator secret is sealed. Accounts belong to no county. */
export const accountPlace = (account: string, column: 'phone' | 'totp_secret'): Place => ({
  table: 'account',
  column,
  row: account,
  region: '',
})

/** What an account is found by when somebody types their number at the door. */
export const accountPhoneIndex = (ring: Pick<Keyring, 'blind'>, phone: string): string =>
  blindIndex(ring, 'phone', nationwide, normalPhone(phone))

const normalPhone = (phone: string): string => phone.normalize('NFKC').replaceAll(/\D/g, '')

export type NewStaff = {
  id?: string
  kind: 'staff' | 'provider'
  login: string
  name: string
  /** Made by `hashPassword` before the transaction: it takes longer than everything in it. Without it and the secret, the person sets both by an enrolment code. */
  passwordHash?: string
  totpSecret?: string
  /** What they may do, and where; providers are granted nothing, and see what they are given. */
  grants?: readonly Grant[]
  practitioner?: string | undefined
  phone?: string | undefined
}

/**
 * Adds a staff member or provider whose account is in use at once, since nobody made it but whoever runs the service: the command line and the seed are
 * where trust begins. Returns the account. Refuses a login that is taken. Runs as the system.
 */
export async function addStaff(tx: Tx, staff: NewStaff): Promise<string> {
  const { id = v7(), grants = [] } = staff
  await insertStaff(tx, { ...staff, id }, { confirmed_at: sql<Date>`clock_timestamp()` })
  await addGrants(tx, id, grants, { grantedBy: tx.actor.id })
  await noteChange(tx, id, 'added', { grants })
  return id
}

/** Writes down somebody who is to have an account. It is shut, and granted nothing, until another than its maker has confirmed it. Refuses a login that is taken. Runs as the system. */
export const addWaitingStaff = (tx: Tx, staff: NewStaff & { id: string }, madeBy: string): Promise<void> =>
  insertStaff(tx, staff, { made_by: madeBy, disabled_at: tx.now })

type Origin = { confirmed_at: RawBuilder<Date> } | { made_by: string; disabled_at: Date }

async function insertStaff(tx: Tx, staff: NewStaff & { id: string }, origin: Origin): Promise<void> {
  const { id, grants = [] } = staff
  const sealed = (value: string | undefined, column: 'phone' | 'totp_secret') =>
    value ? seal(tx.on.keyring, value, accountPlace(id, column)) : null
  const added = await tx.db
    .insertInto('account')
    .values({
      id,
      kind: staff.kind,
      login: staff.login,
      name: staff.name,
      password_hash: staff.passwordHash ?? null,
      totp_secret: sealed(staff.totpSecret, 'totp_secret'),
      phone: sealed(staff.phone, 'phone'),
      region: reachOf({ grants }),
      branch: branchesOf({ grants })[0] ?? 'officer',
      practitioner: staff.practitioner ?? null,
      created_at: tx.now,
      ...origin,
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw new Refusal(no('invalid', { issues: [{ path: 'login', code: 'taken', message: 'account.loginTaken' }] }))
}

/** The account in use under a login, or undefined. Runs as the system. */
export const findAccountByLogin = (tx: Tx, login: string) =>
  tx.db.selectFrom('account').selectAll().where('login', '=', login).where('disabled_at', 'is', null).executeTakeFirst()

/** The citizen behind a mobile number, added when they come for the first time; returns the account. Runs as the system. */
export async function findOrAddCitizenByPhone(tx: Tx, phone: string): Promise<string> {
  const index = accountPhoneIndex(tx.on.keyring, phone)
  const id = v7()
  const added = await tx.db
    .insertInto('account')
    .values({
      id,
      kind: 'citizen',
      phone: seal(tx.on.keyring, normalPhone(phone), accountPlace(id, 'phone')),
      phone_index: index,
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.column('phone_index').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added?.id ?? (await tx.db.selectFrom('account').select('id').where('phone_index', '=', index).executeTakeFirstOrThrow()).id
}

type Vouched = Pick<Identity, 'issuer' | 'subject'>

/** The citizen an identity provider vouches for, added when they come for the first time; returns the account. Their name stays with the provider. Runs as the system. */
export async function findOrAddCitizenByIdentity(tx: Tx, { issuer, subject }: Vouched): Promise<string> {
  const added = await tx.db
    .insertInto('account')
    .values({ id: v7(), kind: 'citizen', identity_issuer: issuer, identity_subject: subject, created_at: tx.now })
    .onConflict((conflict) => conflict.columns(['identity_issuer', 'identity_subject']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return added?.id ?? (await byIdentity(tx, { issuer, subject }).executeTakeFirstOrThrow()).id
}

const byIdentity = (tx: Tx, { issuer, subject }: Vouched) =>
  tx.db.selectFrom('account').select('id').where('identity_issuer', '=', issuer).where('identity_subject', '=', subject)

/** An identity nobody has come with before becomes that of the account that is here and has none, so that its matters are found again. Runs as the system. */
export async function lendIdentity(tx: Tx, account: string, identity: Vouched): Promise<void> {
  if (await byIdentity(tx, identity).executeTakeFirst()) return
  await tx.db
    .updateTable('account')
    .set({ identity_issuer: identity.issuer, identity_subject: identity.subject })
    .where('id', '=', account)
    .where('kind', '=', 'citizen')
    .where('identity_issuer', 'is', null)
    .execute()
}

/** A citizen who has not said who they are; a matter's code and secret bring them back. Runs as the system. */
export async function addAnonymousCitizen(tx: Tx): Promise<string> {
  const id = v7()
  await tx.db.insertInto('account').values({ id, kind: 'citizen', created_at: tx.now }).execute()
  return id
}

/** What may happen to an account; the audit's words are in the workbench. */
export type AccountChange =
  | 'added'
  | 'rights'
  | 'disabled'
  | 'sessionsEnded'
  | 'codeMade'
  | 'enrolled'
  | 'asked'
  | 'confirmed'
  | 'declined'
  | 'withdrawn'
  | 'password'
  | 'authenticator'
  | 'passkeyAdded'
  | 'passkeyRemoved'

/** Notes a change of an account in the audit of its region; a provider's is where they are registered. */
export async function noteChange(tx: Tx, account: string, change: AccountChange, detail: Record<string, unknown> = {}): Promise<void> {
  const { rows } = await sql<{ region: string | null }>`select coalesce(nullif(a.region, ''), p.region) as region
    from account a left join practitioner p on p.id = a.practitioner where a.id = ${account}`.execute(tx.db)
  await audit(tx, 'accountChanged', { region: rows[0]?.region ?? '', detail: { account, change, ...detail } })
}

/** Shuts an account and ends its sessions at once: one is enough to take something away. Runs as the system, or for an administrator who sees it. */
export async function disableAccount(tx: Tx, account: string, because: string): Promise<void> {
  const isShut = await asSystem(tx, (own) => shut(own, account, because))
  if (isShut) await noteChange(tx, account, 'disabled')
}

async function shut(tx: Tx, account: string, because: string): Promise<boolean> {
  const shut = await tx.db
    .updateTable('account')
    .set({ disabled_at: tx.now, disabled_because: because })
    .where('id', '=', account)
    .where('disabled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!shut) return false
  await closeSessions(tx, account)
  return true
}
