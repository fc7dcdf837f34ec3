import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { demoController } from '#platform/config.ts'
import type { Matter } from '#kernel/matter.ts'
import { buildApp } from '#api/serve.ts'
import { addNote } from '#records/privacy/notes.ts'
import { listen, listening, topicOf } from './listening.ts'
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

/** What a word's id says of the matter, and what a browser says that comes back. */
const at = (mark: string) => new URLSearchParams({ [topicOf(m)]: mark }).toString()
const opened = async (who: Actor, of = url, mark?: string) => {
  const its = await signedIn(w, app, who)
  const page = await listen(of, its, [topicOf(m)], mark && at(mark))
  return { ...page, present: async () => (await its.json('GET', `/api/matters/${m.region}/${m.id}/people`)).json() as unknown }
}
describe('a matter open on two desks', () => {
  test('is told to be as it is at once, under an id to come back with', async () => {
    const wang = await opened(cast.wang)
    expect(wang.response.headers.get('content-type')).toContain('text/event-stream')
    expect(await wang.next()).toEqual({ event: 'changed', id: at('1.0'), data: { topic: topicOf(m), mark: '1.0' } })
  })

  test('tells each that somebody came or went, and whoever asks who, as what and since when; the word itself names nobody', async () => {
    const wang = await opened(cast.wang)
    await wang.next()
    w.at('2026-03-02T09:03')
    const guo = await opened(cast.guo)
    expect(await wang.next()).toEqual({ event: 'people', id: at('1.0'), data: { topic: topicOf(m) } })
    expect(await wang.present()).toEqual([{ name: '演示人员', role: '机构负责人', since: '2026-03-02T01:03:00.000Z' }])
    await guo.next()
    expect((await guo.next())?.event).toBe('people')
    expect(await guo.present()).toEqual([{ name: '演示人员', role: '窗口人员', since: '2026-03-02T01:00:00.000Z' }])
    guo.close()
    expect((await wang.next())?.event).toBe('people')
    expect(await wang.present()).toEqual([])
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
    expect([(await wang.next())?.id, (await guo.next())?.id]).toEqual([at('2.0'), at('2.0')])
    await other.close()
  })

  test('a note is a change too', async () => {
    const wang = await opened(cast.wang)
    await wang.next()
    await w.run(cast.guo, (tx) => addNote(tx, m, { id: v7(), text: '已电话核实' }))
    expect((await wang.next())?.id).toBe(at('1.1'))
  })

  test('who comes back misses nothing, and is told nothing twice', async () => {
    const first = await opened(cast.wang)
    await first.next()
    first.close()
    const same = await opened(cast.wang, url, '1.0')
    await w.assessed(m)
    expect((await same.next())?.id).toBe(at('2.0'))
    same.close()
    await w.act(cast.wang, m, 'grant', {})
    expect((await (await opened(cast.wang, url, '2.0')).next())?.id).toBe(at('3.0'))
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
    expect([(await wang.next())?.event, await wang.present()]).toEqual(['people', [expect.anything()]])
    w.at('2026-03-02T09:01')
    expect([(await wang.next())?.event, await wang.present()]).toEqual(['people', []])
  })
})

describe('a stream ends', () => {
  test('when its session does', async () => {
    const its = await signedIn(w, app, cast.wang)
    const wang = await listen(url, its, [topicOf(m)])
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
    expect([(await zhao.next())?.event, await zhao.next()]).toEqual(['over', undefined])
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

describe('a page that listens to several topics', () => {
  const both = (who: Actor, ...topics: string[]) => signedIn(w, app, who).then((its) => listen(url, its, topics))

  test('hears of each by its name, in one stream', async () => {
    const page = await both(cast.wang, topicOf(m), 'queue')
    expect((await page.next())?.data).toEqual({ topic: topicOf(m), mark: '1.0' })
    await w.assessed(m)
    const told = [await page.next(), await page.next()].map((word) => word?.data)
    expect(told).toContainEqual({ topic: topicOf(m), mark: '2.0' })
    expect(told).toContainEqual({ topic: 'queue' })
  })

  test('is asked for each whether its reader may hear it, and goes on with those they may', async () => {
    const other = await w.filed({}, '630202')
    const page = await both(cast.wang, topicOf(other), topicOf(m))
    expect(await page.next()).toEqual({ event: 'over', id: null, data: { topic: topicOf(other) } })
    expect((await page.next())?.data).toEqual({ topic: topicOf(m), mark: '1.0' })
  })

  test('is told that one is over when it is theirs no more, and hears the others on', async () => {
    await putInto(w, m, { assignee: cast.zhao.id, state: 'replacing' })
    const zhao = await both(cast.zhao, topicOf(m), 'queue')
    await zhao.next()
    await w.assigned(m, cast.qian, 'replace')
    expect(await zhao.next()).toMatchObject({ event: 'over', data: { topic: topicOf(m) } })
  })

  test('hears of its queue only for matters that are there for its reader', async () => {
    const its = await signedIn(w, app, cast.sun)
    const [sun, wang] = [await listen(url, its, ['queue']), await both(cast.wang, 'queue')]
    await w.assessed(m)
    expect((await wang.next())?.data).toEqual({ topic: 'queue' })
    w.at('2026-03-02T09:01')
    await w.filed({}, '630202')
    expect((await sun.next())?.data).toEqual({ topic: 'queue' })
    await its.json('POST', '/api/sign-out')
    expect(await sun.next()).toBeUndefined()
  })

  test.each(['nonsense', 'queue.x/y', 'matter.630102', 'matter.630102.x'])('is refused where it names %s alone', async (topic) => {
    expect([404, 422]).toContain((await both(cast.wang, topic)).response.status)
  })
})
