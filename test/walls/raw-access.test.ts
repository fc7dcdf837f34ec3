import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '#platform/database/database.ts'
import { opening, signContext } from '#platform/tx.ts'
import { world, type World } from '#test/world.ts'
import { allowedTo } from './allowed.ts'
import { attackers, names, type Attacker } from './attackers.ts'
import { attack, everyTable, operations, type Table } from './attacks.ts'
import { linked, linkedAt, plantEverywhere, type Prey } from './planted-rows.ts'

/** TRUST §3.4: whatever statement somebody gets in, the database gives their context what is declared for it and nothing else. */

let w: World
let prey: Prey
let tables: Table[]
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  prey = await plantEverywhere(w)
  tables = await w.on.database.owner(everyTable)
})
afterAll(() => w[Symbol.asyncDispose]())

/** Thrown at the end of what must leave nothing. */
const undo = new Error('undone')
const undone = async <T>(work: (keep: (its: T) => never) => Promise<unknown>): Promise<T> => {
  let kept: { its: T } | undefined
  await work((its) => {
    kept = { its }
    throw undo
  }).catch((error: unknown) => (error === undo ? undefined : Promise.reject(error)))
  return kept!.its // or the work has thrown what it failed by
}

const contextOf = (name: Attacker): string => {
  const who = attackers[name] === linked ? linkedAt(prey) : attackers[name]
  return who ? signContext(w.on.keyring.contextKey, who, Date.now()) : ''
}

/** What is got, and where something is: `matter select` → `case draft`. */
type Found = Record<string, string>

async function attackAll(db: Db, name: Attacker, on: readonly Table[]): Promise<Found> {
  const found: Found = {}
  for (const table of on) {
    const got = await attack(db, { table, prey, attacker: attackers[name]?.id ?? 'nobody' })
    for (const operation of operations) if (got[operation]) found[`${table.name} ${operation}`] = got[operation]
  }
  return found
}

/** By the service's own login. */
const found = (name: Attacker): Promise<Found> =>
  undone((keep) =>
    w.on.database.transaction(opening(w.on.database.engine, contextOf(name)), async (db) => keep(await attackAll(db, name, tables))),
  )

describe('what a statement of their own gets somebody', () => {
  test('is tried on every table, and none stands empty', () => {
    const migrating = new Set(['kysely_migration_lock', 'sec.plan_hash', 'sec.key_mark'])
    const empty = tables.filter(({ name, rows }) => !rows.length && !name.startsWith('pgboss.') && !migrating.has(name))
    expect(empty.map(({ name }) => name)).toEqual([])
    expect(tables.length).toBeGreaterThan(50)
  })

  test.each(names)('%s: what is declared, and nothing else', async (name) => {
    expect(await found(name)).toEqual(allowedTo(name))
  })
})

/** One wall weakened, the way a careless change would, and where that must be seen. */
const weakened: readonly [what: string, where: string, ...statements: string[]][] = [
  ['everybody sees every matter', 'matter select', 'drop policy sees on matter', 'create policy sees on matter using (true)'],
  [
    'the confined are not asked about',
    'matter select',
    'drop policy sees on matter',
    `create policy sees on matter using (sec.covers(region, office, line, filed_at, (select sec.who())))`,
  ],
  [
    'a policy is added beside the others',
    'answer select',
    `create policy more on answer for select using ((select sec.who())[2] = 'staff')`,
  ],
  [
    'a check forgets whose name is written',
    'audit forge',
    'drop policy adds on audit',
    'create policy adds on audit for insert with check ((select sec.who())[2] is not null)',
  ],
  ['a restriction is dropped', 'answer delete', 'drop policy erases on answer'],
  ['row security is turned off', 'note select', 'alter table note disable row level security'],
  ['a link is good for more than it was sent for', 'event insert', 'drop policy by_link on event'],
  ['a link seats others', 'standing insert', 'drop policy by_link on standing'],
  ['the log may be rewritten', 'event update', 'grant update on event to fahui_app'],
  ['a paper may be shown by anyone', 'document update', 'drop policy erases on document'],
  ['a row may be taken to another place', 'person move', 'grant update (region) on person to fahui_app'],
  [
    'the register is everybody’s',
    'office update',
    'drop policy writes on office',
    'create policy writes on office using ((select sec.who())[2] is not null)',
  ],
  ['accounts are the desk’s', 'account select', `create policy desk on account for select using ((select sec.who())[2] = 'staff')`],
  [
    'numbers are counted by hand',
    'number_counter update',
    'grant select, update on number_counter to fahui_app',
    'create policy counts on number_counter using (true)',
  ],
  [
    'codes are listed',
    'matter_code select',
    'grant select on matter_code to fahui_app',
    'create policy reads on matter_code for select using (true)',
  ],
  [
    'jobs are the service’s',
    'pgboss.job select',
    'grant usage on schema pgboss to fahui_app',
    'grant select on all tables in schema pgboss to fahui_app',
  ],
]

describe('a wall that is weakened is seen', () => {
  test.each(weakened)('%s', async (_, where, ...statements) => {
    const its = tables.filter(({ name }) => name === where.split(' ')[0])
    const whoever = await undone<string>((keep) =>
      w.on.database.owner((db) =>
        db.transaction().execute(async (trx) => {
          for (const statement of statements) await trx.executeQuery(CompiledQuery.raw(statement))
          for (const name of names) {
            await sql`select set_config('role', 'fahui_app', true), set_config('app.ctx', ${contextOf(name)}, true)`.execute(trx)
            const got = await attackAll(trx, name, its)
            if (got[where] !== allowedTo(name)[where]) return keep(name)
          }
          return keep('nobody has more')
        }),
      ),
    )
    expect(whoever).not.toBe('nobody has more')
  })

  test('and where nothing is weakened, nothing is', async () => {
    const its = tables.filter(({ name }) => name === 'matter')
    const got = await undone<Found>((keep) =>
      w.on.database.owner((db) =>
        db.transaction().execute(async (trx) => {
          await sql`select set_config('role', 'fahui_app', true), set_config('app.ctx', ${contextOf('reviewer')}, true)`.execute(trx)
          return keep(await attackAll(trx, 'reviewer', its))
        }),
      ),
    )
    expect(got).toEqual(Object.fromEntries(Object.entries(allowedTo('reviewer')).filter(([what]) => what.startsWith('matter '))))
  })
})
