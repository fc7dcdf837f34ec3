import { z } from 'zod'
import { duties, dutiesOf, reachOf } from '#kernel/actor.ts'
import { passkeysOf } from '#platform/doors/passkeys.ts'
import type { Session } from '#platform/doors/sessions.ts'
import type { Tx } from '#platform/tx.ts'
import { keysOf, sessionsOf } from '#records/accounts/own-account.ts'
import { regionNames } from '#records/register/regions.ts'

/** My own account, on the wire: what I sign in with, and where I am signed in. */
export const AccountView = z
  .object({
    login: z.string(),
    name: z.string(),
    kind: z.string(),
    regionName: z.string(),
    duties: z.array(z.enum(duties)),
    hasAuthenticator: z.boolean(),
    sessions: z.array(z.object({ id: z.string(), device: z.string(), since: z.string(), seenAt: z.string(), isThis: z.boolean() })),
    passkeys: z.array(z.object({ id: z.string(), name: z.string(), addedAt: z.string(), usedAt: z.string().nullable() })),
  })
  .meta({ id: 'Account' })

/** The account behind a session. Runs as the system. */
export async function viewAccount(tx: Tx, { actor, id: mine }: Session): Promise<z.input<typeof AccountView>> {
  const [keys, sessions, passkeys] = [await keysOf(tx, actor.id), await sessionsOf(tx, actor.id), await passkeysOf(tx, actor.id)]
  return {
    ...keys,
    kind: actor.kind,
    regionName: (await regionNames(tx, [reachOf(actor)])).get(reachOf(actor)) ?? '',
    duties: dutiesOf(actor),
    sessions: sessions.map(({ id, device, created_at, seen_at }) => ({
      id,
      device,
      since: created_at.toISOString(),
      seenAt: seen_at.toISOString(),
      isThis: id === mine,
    })),
    passkeys: passkeys.map(({ id, name, added_at, used_at }) => ({
      id,
      name,
      addedAt: added_at.toISOString(),
      usedAt: used_at?.toISOString() ?? null,
    })),
  }
}
