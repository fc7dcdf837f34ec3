import { sql } from 'kysely'
import { matterOf } from '#engine/matter-rows.ts'
import { isPrivate } from '#engine/traits.ts'
import { forgetKnocks, type Knock } from '#platform/doors/flood.ts'
import { exchangeSession } from '#platform/doors/sessions.ts'
import type { Visit } from '#platform/http/route.ts'
import { audit } from '#platform/keys/audit.ts'
import type { Tx } from '#platform/tx.ts'
import type { KnownBy } from '#portal/sign-in.tsx'
import { isShared } from './visiting.ts'

/** A code opens the account behind it; `isPrivate` where it may be about what nobody at this browser should find, as a draft may be. One that is also known by phone or identity may hold more than this matter, and whoever began a draft on a shared phone must not see the rest: it is opened by those alone. */
export async function letIn(
  tx: Tx,
  { session, source }: Visit,
  { row, knock }: { row: Coded; knock: Knock },
): Promise<{ token: string; isPrivate: boolean } | { knownBy: KnownBy } | null> {
  await forgetKnocks(tx, 'floods.secrets', knock)
  if (!row.account) return null
  await audit(tx, 'reopened', { region: row.region, matter: row.matter, source })
  if (row.knownBy) return { knownBy: row.knownBy }
  const matter = await matterOf(tx, { region: row.region, id: row.matter })
  return { token: await exchangeSession(tx, session, row.account), isPrivate: !matter?.filedAt || isPrivate(tx.on, matter) }
}

/** A matter's code, the secret that goes with it, and the account behind it. */
type Coded = {
  code: string
  region: string
  matter: string
  secret_hash: string | null
  account: string | null
  knownBy: KnownBy | null
}

/** The row of a code; undefined where nobody has it. */
export async function findCode(tx: Tx, code: string): Promise<Coded | undefined> {
  const { rows } = await sql<Coded>`select ${code} as code, c.region, c.matter, c.secret_hash, a.id as account,
      case when a.phone_index is not null then 'phone' when a.identity_subject is not null then 'identity' end as "knownBy"
    from sec.secret_of(${code}) c left join standing s on s.region = c.region and s.matter = c.matter and s.is_principal and s.until is null
    left join account a on a.id::text = s.account`.execute(tx.db)
  return rows[0]
}

/** A browser that has the secret from us, or came in to the account before, tries in a lane of its own: what others try at the matter neither blocks nor delays it (TRUST T28). */
export function knownAs({ secrets, devices }: Visit, { code, account }: Coded): Knock | undefined {
  const lane = devices.get(account ?? '') ?? (secrets.has(code) ? 'holder' : undefined)
  return lane === undefined ? undefined : { sender: { address: lane, network: lane }, at: `${code} ${lane}` }
}

/** Has the browser known to an account that was proved here; not one that the next person uses too, nor one at which somebody hides that they were here. */
export function remember(visit: Visit, account: string): void {
  if (!isShared(visit) && !visit.sitting.isPrivate) visit.reply.setKnown(account)
}
