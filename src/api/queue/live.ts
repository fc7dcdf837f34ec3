import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import { as, type Tx } from '#platform/tx.ts'
import type { Opening } from '../live-topic.ts'

/** In a busy county something happens every second: a list that moved as often could not be read. */
const quietMs = 5000
/** More are not looked through: a page that reads its queue again each minute misses nothing for long. */
const most = 2000

/** The reader's queues: changed when something was written about a matter that they see. Which, and what, nobody is told here. */
export const listenToQueue: Opening = async (on, { session, now }) => {
  const written = new Map<string, MatterId>()
  let lookedAt = 0
  return {
    matters: [],
    async hear({ touched }) {
      for (const at of touched) if (written.size < most) written.set(`${at.region}/${at.id}`, at)
      if (!written.size || now().getTime() - lookedAt < quietMs) return []
      lookedAt = now().getTime()
      const theirs = await as(on, session.actor, now(), (tx) => seesAny(tx, [...written.values()]))
      written.clear()
      return theirs ? [{ event: 'changed' }] : []
    },
  }
}

/** Whether one of these is there for the reader, as the row policies have it. */
async function seesAny(tx: Tx, at: readonly MatterId[]): Promise<boolean> {
  const { rows } =
    await sql`/*listen.seen*/ select from unnest(${at.map(({ region }) => region)}::text[], ${at.map(({ id }) => id)}::uuid[]) x (region, id)
    join matter m on m.region = x.region and m.id = x.id limit 1`.execute(tx.db)
  return rows.length > 0
}
