import { sql, type RawBuilder } from 'kysely'
import type { World } from './world.ts'

/** Has the database fail at what `when` says, as `after insert on session for each row execute function fail()`, while `work` goes on: what came before it in the same transaction must not stand. */
export async function failing(w: World, when: RawBuilder<unknown>, work: () => Promise<void>): Promise<void> {
  const run = (statement: RawBuilder<unknown>) => w.on.database.owner((db) => statement.execute(db))
  await run(sql`create function fail() returns trigger language plpgsql as $$ begin raise exception 'the disk is gone'; end $$`)
  await run(sql`create constraint trigger fails ${when}`)
  try {
    await work()
  } finally {
    await run(sql`drop function fail() cascade`)
  }
}
