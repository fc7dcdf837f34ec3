import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import type { Platform } from '#platform/platform.ts'
import { audit } from '#platform/keys/audit.ts'
import type { Tx } from '#platform/tx.ts'

/** Confines a matter that is being opened as the one it grows from is, before its log is there. Its opener may see neither those who are named nor the parent. */
export const confineWithParent = (tx: Tx, { region, id }: MatterId): Promise<void> =>
  told(
    tx,
    region,
    sql<Confined>`/*open.confine*/ select matter, accounts from sec.confine_with_parent(${region}, ${id}, ${handling(tx.on)}, ${tx.now})`,
  )

/**
 * Does to what grew from a matter what was done to it: confines it to the same people, or opens it again. Left alone is what stood otherwise than it did,
 * which its own director said; `was` is since when the matter itself was confined before.
 */
export const confineChildren = (tx: Tx, { region, id }: MatterId, was: Date | null): Promise<void> =>
  told(
    tx,
    region,
    sql<Confined>`select matter, accounts from sec.confine_children(${region}, ${id}, ${was}, ${handling(tx.on)}, ${tx.now})`,
  )

type Confined = { matter: string; accounts: string[] }

async function told(tx: Tx, region: string, changed: ReturnType<typeof sql<Confined>>): Promise<void> {
  for (const { matter, accounts } of (await changed.execute(tx.db)).rows)
    await audit(tx, 'confinement', {
      region,
      matter,
      detail: { change: accounts.length ? 'confined' : 'opened', because: 'parent', accounts },
    })
}

/** The duties that handle the matters of each line, as its desk declares them. */
const handling = ({ lines }: Pick<Platform, 'lines'>): string =>
  JSON.stringify(Object.fromEntries(Array.from(lines, ([key, editions]) => [key, editions.flatMap(({ desk }) => desk.duties)])))
