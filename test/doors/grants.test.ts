import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, over, type Actor, type Grant } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { takeAction } from '#api/matter/matters.ts'
import { audit } from '#platform/keys/audit.ts'
import { addGrants, replaceGrants } from '#records/accounts/grants.ts'
import { noOffice } from '#engine/handling-office.ts'
import { verifyAll } from '#engine/verify.ts'
import { addCountyOffices, offices } from '#test/offices.ts'
import { granted, officer, plantedRequest } from '#test/planted.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const forLines = (lines: string[], ...grants: Grant[]): Grant[] => grants.map((grant) => ({ ...grant, lines }))
const desks = {
  'a clerk of the centre': granted(...at(offices.centre, 'intake')),
  'a clerk of the bureau': granted(...at(offices.bureau, 'supervisor')),
  'a clerk of the notary office next door': granted(...at(offices.notary, 'intake')),
  'an agent of 12348 for consultations': granted(...forLines(['consultation'], ...over('63', 'intake'))),
  'a reviewer of notices alone': granted(...forLines(['criminal-notice'], ...at(offices.centre, 'reviewer'))),
  'a manager of the province': officer('63', 'manager'),
  'a supervisor of the city': officer('6301', 'supervisor'),
  'a director of two offices': granted(...at(offices.centre, 'director'), ...at(offices.notary, 'director')),
  'a manager of another province': officer('21', 'manager'),
  'somebody granted nothing': granted(),
} satisfies Record<string, Actor>
type Desk = keyof typeof desks

let w: World
let app: FastifyInstance
let matters: Record<'case' | 'draft' | 'objection' | 'notice' | 'request' | 'elsewhere', Matter>
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  await w.run(cast.clockwork, addCountyOffices)
  const filed = await w.filed()
  const request = await plantedRequest(w, filed)
  matters = {
    case: filed,
    draft: await w.open(cast.li),
    objection: await w.open(cast.li, 'objection', { inTime: true }, { parent: filed.id }),
    notice: await w.open(cast.liu, 'criminal-notice', { ground: 'minor' }),
    request: await w.run(cast.li, (tx) => takeAction(tx, request, 'submit', { key: v7(), input: {} })),
    elsewhere: await w.filed({}, '630104'),
  }
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Of = keyof typeof matters
const sees: Record<Desk, Of[]> = {
  'a clerk of the centre': ['case', 'notice', 'request'],
  'a clerk of the bureau': ['objection'],
  'a clerk of the notary office next door': [],
  'an agent of 12348 for consultations': [],
  'a reviewer of notices alone': ['notice'],
  'a manager of the province': ['case', 'objection', 'notice', 'request', 'elsewhere'],
  'a supervisor of the city': ['case', 'objection', 'notice', 'request', 'elsewhere'],
  'a director of two offices': ['case', 'notice', 'request'],
  'a manager of another province': [],
  'somebody granted nothing': [],
}
const names = Object.keys(desks) as Desk[] // keys of the record
const kinds = (found: readonly { id: string }[]): Of[] =>
  (Object.keys(matters) as Of[]).filter((of) => found.some(({ id }) => id === matters[of].id)) // keys of the record

describe('an officer sees what their grant covers, and nothing else (HOUSE §2)', () => {
  test.each(names)('by row policy: %s', async (name) => {
    const rows = await w.run(desks[name], (tx) => tx.db.selectFrom('matter').select('id').execute())
    expect(kinds(rows)).toEqual(sees[name])
  })

  test.each(names)('and what belongs to a matter with it: %s', async (name) => {
    for (const table of ['event', 'clock'] as const) {
      const rows = await w.run(desks[name], (tx) => tx.db.selectFrom(table).select('id').distinct().execute())
      expect([table, kinds(rows).filter((of) => !sees[name].includes(of))]).toEqual([table, []])
    }
  })

  test.each(names)('by route, matter by matter and in the queue: %s', async (name) => {
    const its = await signedIn(w, app, desks[name])
    const read = await Promise.all(
      Object.values(matters).map(async ({ region, id }) => ({
        id,
        status: (await its.json('GET', `/api/matters/${region}/${id}`)).statusCode,
      })),
    )
    expect(kinds(read.filter(({ status }) => status === 200))).toEqual(sees[name])
    const queue = await its.json('GET', '/api/queue?purpose=all&limit=100')
    if (name === 'somebody granted nothing') expect(queue.statusCode).toBe(404)
    else expect(kinds(queue.json<{ rows: { id: string }[] }>().rows)).toEqual(sees[name])
  })

  test('a matter covered twice is listed once', async () => {
    const twice = granted(...at(offices.centre, 'reviewer'), ...forLines(['legal-aid'], ...over(county, 'supervisor')))
    const { rows, counts } = (await (await signedIn(w, app, twice)).json('GET', '/api/queue?purpose=all')).json<{
      rows: { id: string }[]
      counts: { all: number }
    }>()
    expect([kinds(rows), rows.length, counts.all]).toEqual([['case', 'notice', 'request'], 3, 3])
  })
})

describe('a grant', () => {
  test('that has ended shows nothing from that moment on', async () => {
    const former = granted(...at(offices.centre, 'intake'))
    const its = await signedIn(w, app, former)
    const read = async () => (await its.json('GET', `/api/matters/${county}/${matters.case.id}`)).statusCode
    expect(await read()).toBe(200)
    await w.run(cast.clockwork, (tx) => replaceGrants(tx, former.id, []))
    expect(await read()).toBe(404)
  })

  test('that is to begin shows nothing yet', async () => {
    const next = granted()
    const its = await signedIn(w, app, next)
    await w.run(cast.clockwork, (tx) =>
      addGrants({ ...tx, now: new Date('2026-05-01T00:00:00+08:00') }, next.id, at(offices.centre, 'intake')),
    )
    expect((await its.json('GET', `/api/matters/${county}/${matters.case.id}`)).statusCode).toBe(404)
  })

  test('gives its duty where it covers the matter, and there alone', async () => {
    const half = granted(...at(offices.notary, 'director'), ...at(offices.centre, 'intake'))
    const actions = (await (await signedIn(w, app, half)).json('GET', `/api/matters/${county}/${matters.case.id}`)).json<{
      actions: { key: string; why: string | null }[]
    }>()
    await expect(w.act(half, matters.case, 'grant')).rejects.toMatchObject({ code: 'not_permitted' })
    expect(actions.actions.filter(({ why }) => why === null).map(({ key }) => key)).toContain('attach')
  })

  test('at an office is no power over its region: no setting, no audit, no replay', async () => {
    await w.run(cast.wang, (tx) => audit(tx, 'search', { region: county }))
    const lines = (who: Actor) => w.run(who, (tx) => tx.db.selectFrom('audit').select('no').where('kind', '=', 'search').execute())
    const manager = granted(...at(offices.centre, 'manager', 'auditor'))
    expect([await lines(manager), await lines(officer(county, 'manager'))]).toEqual([[], []])
    expect(await lines(officer('6301', 'auditor'))).toHaveLength(1)
    const day = w.run(manager, (tx) =>
      tx.db.insertInto('day_off').values({ region: county, day: '2026-06-01', kind: 'off', name: '演示' }).execute(),
    )
    await expect(day).rejects.toThrow(/row-level security/)
  })

  test('for some services changes nothing in the register, which a director at an office keeps', async () => {
    const rename = (who: Actor) =>
      w.run(who, (tx) => tx.db.updateTable('office').set({ phone: '12348' }).where('id', '=', offices.centre.id).returning('id').execute())
    expect(await rename(granted(...forLines(['legal-aid'], ...at(offices.centre, 'director'))))).toEqual([])
    expect(await rename(granted(...at(offices.centre, 'reviewer')))).toEqual([])
    expect(await rename(granted(...at(offices.centre, 'director')))).toHaveLength(1)
  })

  test('is given by no administrator alone, within their region or beyond it, to nobody and not to themselves', async () => {
    const [boss, other] = [officer('6302', 'administrator'), granted(...over('630202', 'intake'))]
    await signedIn(w, app, boss)
    await signedIn(w, app, other)
    const give = (to: string, ...grants: Grant[]) => w.run(boss, (tx) => addGrants(tx, to, grants))
    await expect(give(other.id, ...over(county, 'intake'))).rejects.toThrow(/row-level security/)
    await expect(give(boss.id, ...over('6302', 'administrator'))).rejects.toThrow(/row-level security/)
    await expect(give(other.id, ...over('630202', 'reviewer'))).rejects.toThrow(/row-level security/)
    expect(await w.run(other, (tx) => tx.db.selectFrom('duty_grant').select('id').execute())).toEqual([])
  })

  test('is ended, never rewritten nor removed', async () => {
    for (const text of [`update duty_grant set duty = 'auditor'`, 'delete from duty_grant'])
      await expect(w.run(cast.clockwork, (tx) => sql.raw(text).execute(tx.db))).rejects.toThrow(/permission denied/)
  })
})

describe('every matter has the office that handles it', () => {
  test('the centre of its county, the bureau over that centre for an objection (法律援助法 §49), and a request goes where its parent is', () => {
    const { case: aid, objection, notice, request } = matters
    expect([aid, notice, request].map(({ office }) => office)).toEqual(Array(3).fill(offices.centre.id))
    expect(objection.office).toBe(offices.bureau.id)
  })

  test('where the county has none, the nearest above serves it, and an objection goes to the bureau over that one', async () => {
    const region = (office: string) =>
      w.run(
        cast.clockwork,
        async (tx) => (await tx.db.selectFrom('office').select('region').where('id', '=', office).executeTakeFirst())?.region,
      )
    expect(await region(matters.elsewhere.office)).toBe('63')
    const objection = await w.open(cast.li, 'objection', { inTime: true }, { parent: matters.elsewhere.id, region: '630104' })
    expect(await region(objection.office)).toBe('63')
  })

  test('where none is registered a draft can be written, is not filed until there is one, and then is that office’s', async () => {
    const draft = await w.open(cast.li, 'legal-aid', {}, { region: '110101' })
    expect(draft.office).toBe(noOffice)
    const submit = () => w.act(cast.li, draft, 'submit', w.filing)
    await expect(submit()).rejects.toMatchObject({ code: 'no_office' })
    const id = v7()
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .insertInto('office')
        .values({ region: '11', id, kind: 'legalAidAgency', name: '演示', short: '京法援', valid_from: '2020-01-01' })
        .execute(),
    )
    expect((await submit()).office).toBe(id)
    await expect(w.open(officer('12', 'intake'), 'criminal-notice', {}, { region: '120101' })).rejects.toMatchObject({ code: 'no_office' })
  })

  test('and every row is what its log says, one of before there were offices too', async () => {
    await w.on.database.owner((db) => sql`update event set input = input - 'office' where seq = 0 and id = ${matters.case.id}`.execute(db))
    expect(await verifyAll(w.on, w.now())).toMatchObject({ wrong: [] })
    await w.on.database.owner((db) => sql`update matter set office = ${v7()} where id = ${matters.notice.id}`.execute(db))
    expect((await verifyAll(w.on, w.now())).wrong).toMatchObject([{ id: matters.notice.id }])
  })
})
