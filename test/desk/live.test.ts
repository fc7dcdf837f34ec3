import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { demoController } from '#platform/config.ts'
import type { Matter } from '#kernel/matter.ts'
import { buildApp } from '#api/serve.ts'
import { addNote } from '#records/privacy/notes.ts'
import { listen, listening } from './listening.ts'
import { officer, putInto } from '#test/planted.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { seat } from '#test/seating.ts'

let w: World
let app: FastifyInstance
let url: string
let m: Matter
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())
beforeEach(async () => {
  w.at('2026-03-02T09:00')
  app = await site(w)
  url = await listening(app)
  m = await w.filed()
})
afterEach(() => app.close())

const opened = async (who: Actor, at = url, lastId?: string) => listen(at, await signedIn(w, app, who), m, lastId)

describe('a matter open on two desks', () => {
  test('is told to be as it is at once, under an id to come back with', async () => {
    const wang = await opened(cast.wang)
    expect(wang.response.headers.get('content-type')).toContain('text/event-stream')
    expect(await wang.next()).toEqual({ event: 'changed', id: '1.0', data: { mark: '1.0' } })
  })

  test('shows each who else is looking, as what and since when, and when they are gone', async () => {
    const wang = await opened(cast.wang)
    await wang.next()
    w.at('2026-03-02T09:03')
    const guo = await opened(cast.guo)
    expect(await wang.next()).toEqual({
      event: 'people',
      id: null,
      data: [{ name: '演示人员', role: '机构负责人', since: '2026-03-02T01:03:00.000Z' }],
    })
    await guo.next()
    expect((await guo.next())?.data).toEqual([{ name: '演示人员', role: '窗口人员', since: '2026-03-02T01:00:00.000Z' }])
    guo.close()
    expect(await wang.next()).toEqual({ event: 'people', id: null, data: [] })
  })

  test('tells the one what the other did, whichever process did it', async () => {
    const other = await buildApp(
      { ...w.on },
      { origin: undefined, provinces: ['63'], controller: demoController, oidc: null, mode: 'trial' },
      w.now,
    )
    const [wang, guo] = [await opened(cast.wang), await opened(cast.guo, await listening(other))]
    await wang.next()
    await guo.next()
    expect([(await wang.next())?.event, (await guo.next())?.event]).toEqual(['people', 'people'])
    await w.assessed(m)
    expect([(await wang.next())?.id, (await guo.next())?.id]).toEqual(['2.0', '2.0'])
    await other.close()
  })

  test('a note is a change too', async () => {
    const wang = await opened(cast.wang)
    await wang.next()
    await w.run(cast.guo, (tx) => addNote(tx, m, { id: v7(), text: '已电话核实' }))
    expect((await wang.next())?.id).toBe('1.1')
  })

  test('who comes back misses nothing, and is told nothing twice', async () => {
    const first = await opened(cast.wang)
    const { id } = (await first.next())!
    first.close()
    const same = await opened(cast.wang, url, id!)
    await w.assessed(m)
    expect((await same.next())?.id).toBe('2.0')
    same.close()
    await w.act(cast.wang, m, 'grant', {})
    expect((await (await opened(cast.wang, url, '2.0')).next())?.id).toBe('3.0')
  })

  test('a page whose server died is forgotten', async () => {
    await w.run(cast.guo, (tx) =>
      tx.db
        .insertInto('presence')
        .values({
          region: county,
          matter: m.id,
          page: v7(),
          account: cast.guo.id,
          role: 'director',
          since: w.now(),
          until: new Date(w.now().getTime() + 25_000),
        })
        .execute(),
    )
    await signedIn(w, app, cast.guo)
    const wang = await opened(cast.wang)
    await wang.next()
    expect((await wang.next())?.data).toHaveLength(1)
    w.at('2026-03-02T09:01')
    expect((await wang.next())?.data).toEqual([])
  })
})

describe('a stream ends', () => {
  test('when its session does', async () => {
    const its = await signedIn(w, app, cast.wang)
    const wang = await listen(url, its, m)
    await wang.next()
    await its.json('POST', '/api/sign-out')
    expect(await wang.next()).toBeUndefined()
  })

  test('when nobody has been at the desk for half an hour: a page left open keeps no session (TRUST §3.2)', async () => {
    const wang = await opened(cast.wang)
    await wang.next()
    w.at('2026-03-02T09:31')
    expect(await wang.next()).toBeUndefined()
  })

  test('when the account may do something else now', async () => {
    const mover = officer(county, 'reviewer')
    const its = await opened(mover)
    await its.next()
    await w.run(cast.clockwork, (tx) =>
      tx.db.updateTable('duty_grant').set({ valid_to: w.now() }).where('account', '=', mover.id).execute(),
    )
    expect(await its.next()).toBeUndefined()
  })

  test('when the matter is given to another provider', async () => {
    await putInto(w, m, { assignee: cast.zhao.id, state: 'replacing' })
    const zhao = await opened(cast.zhao)
    await zhao.next()
    await w.assigned(m, cast.qian, 'replace')
    expect(await zhao.next()).toBeUndefined()
  })

  test('when the server stops, which does not wait for it', async () => {
    const wang = await opened(cast.wang)
    await wang.next()
    await app.close()
    expect(await wang.next()).toBeUndefined()
    const present = await w.run(cast.clockwork, (tx) => tx.db.selectFrom('presence').selectAll().where('matter', '=', m.id).execute())
    expect(present).toEqual([])
  })
})

test('to whom a matter does not exist, its stream does not either; the person and the other side have none', async () => {
  const status = async (who: Actor) => (await opened(who)).response.status
  expect(await status(cast.sun)).toBe(404)
  expect(await status(cast.zhao)).toBe(404)
  expect(await status(cast.li)).toBe(404)
})

test('an officer who is the applicant is not shown who works on it (RULEBOOK §3.9 C9)', async () => {
  await seat(w, m, { applicant: cast.wang.id })
  expect((await opened(cast.wang)).response.status).toBe(404)
})
