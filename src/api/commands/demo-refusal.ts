import { sql } from 'kysely'
import { verifyPassword } from '#platform/doors/credentials.ts'
import { unseal } from '#platform/keys/crypto.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import { demoAccounts, demoPassword, demoTotpSecret } from '../../../seed/demo-accounts.ts'

type Account = { id: string; login: string; totp_secret: string | null; password_hash: string | null; is_shared: boolean }

const demoKeys = new Set(demoAccounts.flatMap(({ id, login }) => [id, login]))

/**
 * Throws where somebody could sign in with what a trial prints for everybody: an enabled account with a demo id or login, with the demo's authenticator
 * secret, or with its password where several accounts share one hash, as the seed makes them. A password of one's own is never that one (`passwordFlaw`).
 */
export async function refuseDemoAccounts(on: Platform, now: Date): Promise<void> {
  const { rows } = await as(on, system, now, (tx) =>
    sql<Account>`select id::text, coalesce(login, '') as login, totp_secret, password_hash, count(*) over (partition by password_hash) > 1 as is_shared
      from account where kind in ('staff', 'provider') and disabled_at is null and password_hash is not null`.execute(tx.db),
  )
  const shared = new Set(rows.flatMap((row) => (row.is_shared && row.password_hash ? [row.password_hash] : [])))
  const printed = new Set<string>()
  for (const hash of shared) if (await verifyPassword(hash, demoPassword)) printed.add(hash)
  const known = rows.filter(
    (row) => demoKeys.has(row.id) || demoKeys.has(row.login) || printed.has(row.password_hash ?? '') || hasDemoSecret(on, row),
  )
  if (known.length)
    throw new Error(
      `Demo accounts can sign in here, with a password and an authenticator secret that everybody knows: ${known.map(({ login }) => login).join(', ')}. A production service does not start on a trial's database. Give it one of its own (DATABASE_URL), or shut these accounts.`,
    )
}

const hasDemoSecret = (on: Platform, { id, totp_secret: sealed }: Account): boolean =>
  sealed !== null && unseal(on.keyring, sealed, { table: 'account', column: 'totp_secret', row: id, region: '' }) === demoTotpSecret
