import { sql, type Transaction } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { lines } from '#lines/services.ts'
import { audit, sealAudit } from '#platform/keys/audit.ts'
import type { Db } from '#platform/database/database.ts'
import { signContext, visitor } from '#platform/tx.ts'
import type { DB } from '../../db/types.ts'
import { notified, refusalOf } from '#test/scenarios/scene.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world()
  m = await w.filed()
  await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
  await sealAudit(w.on, w.now())
})
afterAll(() => w[Symbol.asyncDispose]())

const everyone = Object.entries({ ...cast, visitor })

/** PostgreSQL's code for what somebody may not do. */
const forbidden = '42501'
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'it was done',
    (error: { code?: string }) => error.code,
  )

const asActor = (who: Actor, statement: string) => codeOf(w.run(who, (tx) => sql.raw(statement).execute(tx.db)))

/** The service's own connection without `as`: what an injected statement would run in. The embedded database has only its owner's session, so the role is taken here as `as` takes it. */
const bare = <T>(context: string | null, work: (db: Transaction<DB>) => Promise<T>): Promise<T> =>
  w.on.database.db.transaction().execute(async (trx) => {
    if (w.on.database.engine === 'pglite') await sql`select set_config('role', 'fahui_app', true)`.execute(trx)
    if (context !== null) await sql`select set_config('app.ctx', ${context}, true)`.execute(trx)
    return work(trx)
  })

/** Rows of everything personal that this connection sees. */
const seen = async (db: Db): Promise<number> => {
  const { rows } = await sql<{
    rows: number
  }>`select (select count(*) from matter) + (select count(*) from event) + (select count(*) from clock) + (select count(*) from idempotency)
    + (select count(*) from audit) + (select count(*) from person) + (select count(*) from answer) + (select count(*) from clock_fact) as rows`.execute(
    db,
  )
  return rows[0]?.rows ?? Number.NaN
}

describe('the log, the audit and its seals', () => {
  test.each(everyone)('are never changed or deleted by %s (电子签名法 §5, 法律援助法 §61)', async (_, who) => {
    for (const table of ['event', 'audit', 'audit_seal']) {
      expect(await asActor(who, `update ${table} set at = at`)).toBe(forbidden)
      expect(await asActor(who, `delete from ${table}`)).toBe(forbidden)
      expect(await asActor(who, `truncate ${table} cascade`)).toBe(forbidden)
    }
  })

  test.each([
    'alter table event disable row level security',
    'alter table event disable trigger all',
    'drop policy of_matter on event',
    'drop table audit',
    `set session_replication_role = 'replica'`,
    'create or replace rule overwrite as on insert to event do instead nothing',
  ])('cannot be unguarded by the service: %s', async (statement) => {
    expect(await asActor(cast.clockwork, statement)).toBe(forbidden)
  })

  test('cannot be granted by the service to itself', async () => {
    expect(await asActor(cast.clockwork, 'do $$ begin grant update, delete on event to fahui_app; update event set at = at; end $$')).toBe(
      forbidden,
    )
  })

  test('take no entry about a matter the writer does not see (法律援助法 §20)', async () => {
    const forge = `insert into event (region, id, seq, action, actor, at, "from", "to", input) values ('${county}', '${m.id}', 99, 'grant', '${cast.wang.id}', now(), 'submitted', 'granted', '{}')`
    for (const who of [cast.chen, cast.sun, cast.zhao, visitor]) expect(await asActor(who, forge)).toBe(forbidden)
  })

  test('take no second entry in the place of another', async () => {
    const again = `insert into event (region, id, seq, action, actor, at, "from", "to", input) values ('${county}', '${m.id}', 0, 'open', 'x', now(), '', 'draft', '{}')`
    expect(await asActor(cast.clockwork, again)).toBe('23505')
  })

  test('an audit entry needs somebody who answers for it', async () => {
    const entry = `insert into audit (at, actor, kind, salt) values (now(), 'nobody', 'reveal', 'x')`
    expect(await codeOf(bare(null, (db) => sql.raw(entry).execute(db)))).toBe(forbidden)
  })
})

const signed = (who: Actor, at = Date.now()) => signContext(w.on.keyring.contextKey, who, at)

const swapped = (from: string, to: string) => signed(cast.sun).replace(from, to)

const reset = async (db: Transaction<DB>) => {
  await sql`reset role`.execute(db)
  return seen(db)
}

describe('ways around who is asking (TRUST §3.4)', () => {
  test('a context as signed by the service sees what it should: the probes below are not empty for nothing', async () => {
    expect(await bare(signed(cast.wang), seen)).toBeGreaterThan(0)
  })

  test('1. no context sees nothing', async () => {
    expect(await bare(null, seen)).toBe(0)
    expect(await bare('', seen)).toBe(0)
  })

  test('2. an expired context sees nothing', async () => {
    expect(await bare(signed(cast.wang, Date.now() - 301_000), seen)).toBe(0)
  })

  test('3. another region, kind or name under the same signature sees nothing', async () => {
    for (const context of [swapped('630202', '630102'), swapped('|staff|', '|system|'), swapped(cast.sun.id, cast.li.id)])
      expect(await bare(context, seen)).toBe(0)
  })

  test('4. a context signed with another key, or with none, sees nothing', async () => {
    expect(await bare(signContext(Buffer.alloc(32, 7), cast.clockwork, Date.now()), seen)).toBe(0)
    expect(await bare(`${cast.wang.id}|staff|630102|4102444800|`, seen)).toBe(0)
    expect(await bare('x', seen)).toBe(0)
  })

  test('5. row security cannot be switched off', async () => {
    const off = bare(signed(cast.chen), async (db) => {
      await sql`set local row_security = off`.execute(db)
      return seen(db)
    })
    expect(await codeOf(off)).toBe(forbidden)
  })

  test('6. the key contexts are signed with cannot be read', async () => {
    expect(await codeOf(bare(signed(cast.clockwork), (db) => sql`select * from sec.context_key`.execute(db)))).toBe(forbidden)
  })

  test('7. the function that says who is asking cannot be replaced, nor one of its name put before it', async () => {
    const body = `returns text[] language sql as $$ select array['x', 'system', ''] $$`
    expect(await codeOf(bare(signed(cast.clockwork), (db) => sql.raw(`create or replace function sec.who() ${body}`).execute(db)))).toBe(
      forbidden,
    )
    expect(await codeOf(bare(signed(cast.clockwork), (db) => sql.raw(`create function public.who() ${body}`).execute(db)))).toBe(forbidden)
  })

  test('8. the service cannot leave its role', async (context) => {
    skipEmbedded(context)
    expect(await bare(null, reset)).toBe(0)
    expect(await codeOf(bare(signed(cast.clockwork), async (db) => [await reset(db), await sql`delete from event`.execute(db)]))).toBe(
      forbidden,
    )
    const owner = await w.on.database.owner(
      async (db) => (await sql<{ name: string }>`select current_user as name`.execute(db)).rows[0]?.name ?? '',
    )
    expect(await codeOf(bare(null, (db) => sql`set local role ${sql.id(owner)}`.execute(db)))).toBe(forbidden)
    expect(await codeOf(bare(null, (db) => sql`set session authorization ${sql.id(owner)}`.execute(db)))).toBe(forbidden)
  })

  test('a context does not outlive its transaction: the next on the same connection is nobody', async () => {
    await w.run(cast.clockwork, (tx) => seen(tx.db))
    for (let n = 0; n < 10; n++) expect(await bare(null, seen)).toBe(0)
  })
})

/** The embedded database has only the superuser's session: there row security stops accidents, not `reset role` (TRUST §3.4). */
const skipEmbedded = ({ skip }: TestContext) =>
  skip(w.on.database.engine === 'pglite', 'the embedded database has only its owner’s session')

describe('what does not exist for you', () => {
  test.each([
    ['a stranger', cast.chen],
    ['staff of another city', cast.sun],
    ['a lawyer who is not assigned', cast.zhao],
    ['a visitor', visitor],
  ] as const)('for %s a matter is not found, whatever they try (个人信息保护法 §51)', async (_, who) => {
    const matters = [await w.filed(), await w.open(cast.li, 'objection', { inTime: true }), await notified(w)]
    for (const [at, line] of lines.entries())
      for (const action of Object.keys(line.actions))
        expect(await refusalOf(w.act(who, matters[at] ?? m, action)), `${line.key} ${action}`).toBe('not_found')
  })

  test('a draft is its writer’s alone: staff of the county do not see it until it is filed (个人信息保护法 §6)', async () => {
    const draft = await w.open(cast.li)
    const rows = (who: Actor) => w.run(who, (tx) => tx.db.selectFrom('matter').select('id').where('id', '=', draft.id).execute())
    for (const who of [cast.wang, cast.guo, cast.bai, cast.he, cast.ding]) {
      expect(await rows(who)).toEqual([])
      expect(await refusalOf(w.act(who, draft, 'submit', w.filing))).toBe('not_found')
    }
    await w.act(cast.li, draft, 'submit', w.filing)
    expect(await rows(cast.wang)).toEqual([{ id: draft.id }])
  })

  test('a matter cannot be opened in somebody else’s name to be read later (个人信息保护法 §51)', async () => {
    const moving = `update matter set region = '630202' where id = '${m.id}'`
    for (const who of [cast.sun, cast.li, cast.clockwork]) expect(await asActor(who, moving)).toBe(forbidden)
    const sits = (who: Actor, at: { region: string; id: string }, account: string) =>
      w.run(who, (tx) =>
        sql`insert into standing (region, matter, seat, holder, account, side, sees_all, is_principal, since, seq)
          values (${at.region}, ${at.id}, 'applicant', ${account}, ${account}, 'asks', true, true, now(), 9)`.execute(tx.db),
      )
    // Neither beside somebody at their table, nor with somebody at a table that is still empty.
    await expect(sits(cast.chen, m, cast.chen.id)).rejects.toThrow(/row-level security/)
    await expect(sits(cast.chen, { region: m.region, id: v7() }, cast.li.id)).rejects.toThrow(/row-level security/)
  })

  test('an officer never decides in his own matter (RULEBOOK §3.9 C9)', async () => {
    const asCitizen = { ...cast.wang, kind: 'citizen', grants: [] } as const
    const own = await w.open(asCitizen)
    await w.act(asCitizen, own, 'submit', w.filing)
    expect(
      await refusalOf(w.act(cast.wang, own, 'assess', { assessment: v7(), proposal: 'grant', urgent: false, topPriority: false })),
    ).toBe('not_permitted')
  })
})
