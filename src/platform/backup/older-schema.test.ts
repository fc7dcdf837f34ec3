import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openUnmade } from '#platform/database/database.ts'
import { endRestore, isMade, makeUpTo, migrate, migrationNames } from '#platform/database/migrate.ts'

test('rows of an older schema are put back under it and brought forward, and until all are there the database is refused', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'fh-older-'))
  {
    await using unmade = await openUnmade(join(dir, 'db'))
    const { db, boss } = unmade
    const older = (await migrationNames()).find((name) => name.startsWith('0072-')) ?? ''
    await makeUpTo(older, db, boss, 'pglite')
    await sql`insert into audit (at, actor, kind, salt) values (now(), 'nobody', 'search', '')`.execute(db)
    await expect(migrate(db, boss, 'pglite')).rejects.toThrow('holds a restore that was cut off')
    await endRestore(db)
    await migrate(db, boss, 'pglite')
    expect(await isMade(db)).toBe(true)
    // What 0080 does to rows there were was done to this one.
    const { rows } = await sql`select a.kind, c.position from audit a join collected c on c.kind = 'audit' and c.seq = a.no`.execute(db)
    expect(rows).toEqual([{ kind: 'search', position: 1 }])
  }
  await rm(dir, { recursive: true, force: true })
})
