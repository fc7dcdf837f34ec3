import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { addNote } from '#records/privacy/notes.ts'
import { v7 } from 'uuid'
import { planted, plantedCase } from '#test/planted.ts'
import { seat } from '#test/seating.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let m: Matter
beforeAll(async () => {
  w = await world()
  app = await site(w)
  m = await plantedCase(w)
  await seat(w, m, { assignee: cast.zhao.id })
  await w.run(cast.wang, (tx) => addNote(tx, m, { id: v7(), text: '已电话核实' }))
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** Rows of one matter that PostgreSQL shows this actor, by table. */
const shown = (who: Actor) =>
  w.run(who, async (tx) => {
    const of = async (text: string) =>
      (await sql<{ n: number }>`${sql.raw(text)} where region = ${m.region} and matter = ${m.id}`.execute(tx.db)).rows[0]?.n
    const tables = ['answer', 'document', 'party', 'note']
    return Object.fromEntries(
      await Promise.all(tables.map(async (table) => [table, ((await of(`select count(*)::int as n from ${table}`)) ?? 0) > 0])),
    )
  })

const all = { answer: true, document: true, party: true, note: true }
const none = { answer: false, document: false, party: false, note: false }

describe('what people said is read by those who work on it (个人信息保护法 §6, §51)', () => {
  test.each([
    ['the reviewer of the office', cast.wang, all],
    ['its director', cast.guo, all],
    ['the provider who was sent', cast.zhao, all],
    ['the manager of the province', cast.he, none],
    ['the auditor of the province', cast.ding, none],
    ['an officer of another city', cast.sun, none],
    ['a provider who was not sent', cast.qian, none],
  ] as const)('PostgreSQL shows %s just that', async (_, who, expected) => {
    expect(await shown(who)).toEqual(expected)
  })

  test('the person reads all but the notes of the desk', async () => {
    expect(await shown(cast.li)).toEqual({ ...all, note: false })
  })

  test.each([
    ['manager', cast.he],
    ['auditor', cast.ding],
  ] as const)('the %s sees that the matter is there, its limits and its steps, and is told that the rest is closed', async (_, who) => {
    const its = await signedIn(w, app, who)
    const answer = await its.json('GET', `/api/matters/${m.region}/${m.id}`)
    expect(answer.json()).toMatchObject({ code: m.code, mayRead: false, parties: [], facts: [], documents: [], notes: [], mayNote: false })
    expect(answer.body).not.toContain(planted.story)
    expect(answer.json<{ timeline: unknown[]; clocks: unknown[] }>()).toMatchObject({
      timeline: expect.arrayContaining([expect.objectContaining({ seq: 1 })]),
    })
  })

  test.each([
    ['manager', cast.he],
    ['auditor', cast.ding],
  ] as const)('a paper is not there for the %s', async (_, who) => {
    const [paper] =
      (await w.run(cast.clockwork, (tx) => tx.db.selectFrom('document').select('id').where('matter', '=', m.id).execute())) ?? []
    const its = await signedIn(w, app, who)
    expect((await its.get(`/api/documents/${m.region}/${paper?.id}`)).statusCode).toBe(404)
    expect((await (await signedIn(w, app, cast.wang)).get(`/api/documents/${m.region}/${paper?.id}`)).statusCode).toBe(200)
  })

  test('a policy that opens everything is seen: the rows come back with it', async () => {
    const before = await w.on.database.owner(
      async (db) => (await sql<{ text: string }>`select pg_get_functiondef('sec.works_at'::regproc) as text`.execute(db)).rows[0]!.text,
    )
    await w.on.database.owner((db) =>
      sql`create or replace function sec.works_at(region text, office uuid, line text, filed_at timestamptz, who text[])
      returns boolean language sql immutable parallel safe as $$ select true $$`.execute(db),
    )
    expect(await shown(cast.he)).toMatchObject({ answer: true, document: true })
    await w.on.database.owner((db) => sql.raw(before).execute(db))
    expect(await shown(cast.he)).toEqual(none)
  })
})
