import { readFile, writeFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { addDays } from '#kernel/calendar/calendar.ts'
import type { Db } from '#platform/database/database.ts'
import { audit, isWhole, sealAudit } from '#platform/keys/audit.ts'
import { reveal } from '#records/privacy/reveal.ts'
import { partyRows } from '#records/people/people.ts'
import { noteAllKept, verifyWhole } from '#records/privacy/verify-kept.ts'
import { takeAction } from '#api/matter/matters.ts'
import { enterSettings } from '#records/settings/setting-drafts.ts'
import { plantedCase } from './planted.ts'
import { cast, county, type World } from './world.ts'

/** One way of changing what is kept, by the database's owner: `at(n)` are its statements at the nth place. */
export type Kind = { name: string; at(n: number): string }

/** The nth row of a table, counted anew from the first once they are through. */
const nth = (table: string, n: number, where = 'true') =>
  `ctid = (select ctid from ${table} where ${where} order by ctid offset ${n * 7919} % (select greatest(count(*), 1) from ${table} where ${where}) limit 1)`

const change = (name: string, table: string, set: string, where?: string): Kind => ({
  name,
  at: (n) => `update ${table} set ${set} where ${nth(table, n, where)}`,
})
const remove = (name: string, table: string, where?: string): Kind => ({
  name,
  at: (n) => `delete from ${table} where ${nth(table, n, where)}`,
})
/** The nth row takes what another has. */
const swap = (name: string, table: string, columns: readonly string[], where = 'true'): Kind => ({
  name,
  at: (n) => {
    const one = `select ctid, * from ${table} where ${nth(table, n, where)}`
    const other = `select ctid, * from ${table} where ${where} and ctid <> (select ctid from (${one}) x) order by ctid offset ${n} % (select greatest(count(*) - 1, 1) from ${table} where ${where}) limit 1`
    return `update ${table} t set ${columns.map((column) => `${column} = case when t.ctid = a.ctid then b.${column} else a.${column} end`).join(', ')}
      from (${one}) a, (${other}) b where t.ctid in (a.ctid, b.ctid)`
  },
})

/** Ways that leave a trace in the database itself. */
const traced: readonly Kind[] = [
  change('an event says something else', 'event', `input = '{"forged":true}'`),
  change('an event was another’s doing', 'event', `actor = 'somebody'`),
  change('an event was earlier', 'event', `at = at - interval '1 day'`),
  change('an event led elsewhere', 'event', `"to" = 'elsewhere'`),
  remove('an event is taken out', 'event'),
  {
    name: 'an event is put in',
    at: (n) =>
      `insert into event select region, id, 900, 'refuse', actor, at, "from", "to", input, xid from event where ${nth('event', n)}`,
  },
  change('an entry of the audit was another’s doing', 'audit', `actor = 'somebody'`),
  change('an entry of the audit says something else', 'audit', `detail = '{"forged":true}'`),
  change('an entry of the audit has another salt', 'audit', `salt = repeat('0', 32)`),
  remove('an entry of the audit is taken out', 'audit'),
  {
    name: 'an entry of the audit is put in',
    at: (n) => `insert into audit (at, actor, kind, salt, xid) select at, actor, 'reveal', salt, xid from audit where ${nth('audit', n)}`,
  },
  {
    name: 'a seal is taken out',
    at: (n) => `delete from audit_seal where ${nth('audit_seal', n, 'no < (select max(no) from audit_seal)')}`,
  },
  change('a seal is of another time', 'audit_seal', `at = '2020-01-01T00:00:00.000Z'`),
  change('a seal has another root', 'audit_seal', `root = repeat('0', 64)`),
  remove('a place in the order is taken out', 'collected'),
  {
    name: 'two entries have each other’s place',
    at: (n) => {
      const p = `(1 + ${n * 7919} % ((select max(position) from collected) - 1))`
      return `update collected set position = case position when ${p} then -${p} - 1 else -${p} end where position in (${p}, ${p} + 1);
        update collected set position = -position where position < 0`
    },
  },
  {
    name: 'an entry is sent back to wait',
    at: (n) => `with back as (delete from collected where ${nth('collected', n)} returning kind, region, id, seq)
      insert into uncollected (kind, region, id, seq) select kind, region, id, seq from back`,
  },
  change('a matter stands elsewhere', 'matter', `state = 'archived'`),
  change('a matter holds something else', 'matter', `data = data || '{"forged":true}'`),
  change('a matter is called erased', 'matter', `erased_at = now(), is_open = false`),
  change('a matter is confined by nobody', 'matter', `confined_at = now()`),
  change('a limit was stopped', 'clock', `stopped_at = now()`, 'stopped_at is null'),
  change('a limit that passed is not marked so', 'clock', `breached_at = null`, 'breached_at is not null'),
  change('somebody else sits at the table', 'standing', `account = 'somebody'`),
  change('a setting is another', 'setting', `value = '99'`),
  change('an assessment proposed something else', 'assessment', `proposal = 'refuse'`),
  swap('two assessments have each other’s facts', 'assessment', ['facts']),
  swap('an answer is another’s', 'answer', ['value']),
  remove('an answer is taken away', 'answer'),
  {
    name: 'a newer answer is put in',
    at: (n) => `insert into answer (region, matter, question, holder, seq, value, said_by, channel, at)
      select region, matter, question, holder, seq + 1, value, said_by, channel, at from answer where ${nth('answer', n)}`,
  },
  {
    name: 'a setting is put in',
    at: (n) =>
      `insert into setting (region, key, valid_from, value, decided_by) select '66', key, valid_from, value, decided_by from setting where ${nth('setting', n)}`,
  },
  change('somebody else gave an answer', 'answer', `said_by = 'somebody'`),
  change('a paper is another', 'document', `hash = repeat('0', 64)`),
  remove('a paper is taken away', 'document'),
  swap('two people have each other’s name', 'person', ['name']),
  swap(
    'two people have each other’s name, with all that belongs to it',
    'person',
    ['name', 'phone', 'id_number', 'address', 'salt'],
    'phone is not null',
  ),
  {
    name: 'somebody else is who a matter is for',
    at: (n) =>
      `update party p set person = (select x.id from person x where x.id <> p.person order by x.ctid offset ${n} % 2 limit 1) where ${nth('party', n, "role = 'recipient'")}`,
  },
  change('what was written is gone', 'said_text', `text = null, salt = null, erased_at = now()`),
  remove('what was written is gone with its row', 'said_text'),
  swap('what was written stands in another’s place', 'said_text', ['text', 'salt']),
  {
    name: 'what was written in the audit is gone with its row',
    at: (n) => `delete from said_text where ${nth('said_text', n, "kind <> 'event'")}`,
  },
]

/** The nth seal from the end, of those under which lie looks at matters and nothing else. */
const fromEnd = (n: number) => `(select no from audit_seal order by no desc offset ${n} limit 1)`
const under = (n: number) => `(select first_position from audit_seal where no = ${fromEnd(n)})`

/** Ways that take their traces along: only whoever keeps a head elsewhere can tell. */
const traceless: readonly Kind[] = [
  {
    name: 'the end of the audit is cut off, with its seals',
    at: (n) => `delete from audit a using collected c where c.position >= ${under(n)} and c.kind = 'audit' and a.no = c.seq;
      delete from collected where position >= ${under(n)};
      delete from audit_seal where no >= ${fromEnd(n)}`,
  },
  {
    name: 'an entry is changed, and all from its seal on sealed anew',
    at: (n) => `update audit set actor = 'somebody' where no = (select seq from collected where position = ${under(n)});
      insert into uncollected (kind, region, id, seq) select kind, region, id, seq from collected where position >= ${under(n)} order by position;
      delete from collected where position >= ${under(n)};
      delete from audit_seal where no >= ${fromEnd(n)}`,
  },
]

/** Every kind of tampering that is tried. */
export const kinds: readonly Kind[] = [...traced, ...traceless]

const tables = [
  'said_text',
  'standing',
  'setting',
  'assessment',
  'answer',
  'document',
  'party',
  'person',
  'event',
  'clock',
  'audit',
  'audit_seal',
  'collected',
  'uncollected',
  'matter',
]

/** A service with something of everything in it, sealed bit by bit: so many matters as are asked for, each decided on, looked at and late. */
export async function furnish(w: World, matters: number): Promise<void> {
  await w.run(cast.clockwork, (tx) =>
    enterSettings(
      tx,
      Array.from({ length: matters }, (_, n) => setting(addDays('2026-01-01', n))),
    ),
  )
  for (let n = 0; n < matters; n++) {
    w.at('2026-03-02T09:00')
    const m = await plantedCase(w)
    await w.run(cast.wang, (tx) => takeAction(tx, m, 'assess', { key: v7(), input: {} }))
    await w.run(cast.wang, async (tx) => {
      const [person] = await partyRows(tx, [m])
      await reveal(tx, m, { person: person?.id ?? '', field: 'name', reason: '电话通知补正' })
    })
    await w.act(cast.wang, m, 'grant', { note: '材料齐全，经审查符合条件，应当给予援助。' })
    await sealAudit(w.on, w.now())
  }
  w.at('2026-03-20T09:00')
  await w.sweep()
  await noteAllKept(w.on, w.now())
  await sealAudit(w.on, w.now())
  for (let n = 0; n < matters; n++) await look(w)
}

const setting = (validFrom: string) => ({ region: '65', key: 'readings.delayHours', validFrom, value: 24, decidedBy: '演示', note: '' })

async function look(w: World): Promise<void> {
  await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county }))
  await sealAudit(w.on, w.now())
}

/** Whether `verify` told of it, and whether it would have without the witness. */
export type Told = { withWitness: boolean; without: boolean }

/** Tampers with a service, has sealing go on and looks; what was there is put back afterwards, and what the witness wrote in the file `heads`. */
export async function toldOf(w: World, heads: string, { at }: Kind, n: number): Promise<Told> {
  const known = await readFile(heads)
  try {
    await w.on.database.owner((db) => sql.raw(`do $$ begin ${at(n)}; end $$`).execute(db))
    await sealAudit(w.on, w.now())
    const { wrong, ...verdict } = await verifyWhole(w.on, w.now())
    return { withWitness: !verdict.ok, without: wrong.length > 0 || !isWhole({ ...verdict, witness: 'none' }) }
  } finally {
    await w.on.database.owner(putBack)
    await writeFile(heads, known)
  }
}

/** Keeps a copy of everything, once, to be put back after each attempt. */
export const keepCopy = (w: World): Promise<void> =>
  w.on.database.owner(async (db: Db) => {
    for (const table of tables) {
      await sql.raw(`alter table ${table} no force row level security`).execute(db)
      await sql.raw(`create table keep_${table} as table ${table}`).execute(db)
    }
  })

async function putBack(db: Db): Promise<void> {
  const again = tables
    .map((table) => `delete from ${table}; insert into ${table} overriding system value select * from keep_${table};`)
    .join('\n')
  await sql.raw(`do $$ begin set local session_replication_role = replica; ${again} end $$`).execute(db)
}
