import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { takeAction } from '#api/matter/matters.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { openObjection } from '#lines/objection/world/objecting.ts'
import { confine, openAgain } from '#records/privacy/confinement.ts'
import { plantedCase, plantedRequest } from '#test/planted.ts'
import { why } from '#test/scenarios/scene.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const { li, wang, guo, liu, bai, he, ding, clockwork } = cast

let w: World
let app: FastifyInstance
let m: Matter
beforeAll(async () => {
  w = await world('2026-04-17T10:00:00+08:00')
  app = await site(w)
  for (const who of [wang, guo, liu, bai, he, ding]) await signedIn(w, app, who) // who is named has an account
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})
beforeEach(async () => {
  w.at('2026-04-17')
  m = await plantedCase(w)
  await w.assessed(m, 'refuse')
  await w.act(wang, m, 'refuse', { reason: why })
  await w.act(wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
})

const confines = (who: Actor, at: MatterId = m, accounts: readonly string[] = [wang.id]) =>
  w.run(who, (tx) => confine(tx, at, { accounts, because: 'danger', reason: '对方在找她，只让两个人经手。' }))
const opensAgain = (who: Actor, at: MatterId = m) => w.run(who, (tx) => openAgain(tx, at, '已经没有危险了。'))
const objects = () => w.run(li, (tx) => openObjection(tx, { region: county, id: v7() }, { parent: m.id, grounds: '工资条算错了' }))
const asksAboutIt = async () => {
  const request = await plantedRequest(w, m)
  return w.run(li, (tx) => takeAction(tx, request, 'submit', { key: v7(), input: {} }))
}
const children = [
  ['an objection', objects],
  ['a request about personal information', asksAboutIt],
] as const

const whoSee = async (at: MatterId): Promise<string[]> => {
  const found: string[] = []
  for (const [name, who] of Object.entries({ li, wang, guo, liu, bai, he, ding }))
    if ((await w.run(who, (tx) => sql`select 1 from matter where region = ${at.region} and id = ${at.id}`.execute(tx.db))).rows.length)
      found.push(name)
  return found
}
const namedIn = (at: MatterId) =>
  w.run(clockwork, async (tx) =>
    (
      await sql<{ account: string }>`select account from confidant where matter = ${at.id} and until is null order by account`.execute(
        tx.db,
      )
    ).rows.map(({ account }) => account),
  )

describe('what grows from a confined matter is confined with it (个人信息保护法 §51)', () => {
  test('an objection from its opening on: to those named, and to the bureau that handles it', async () => {
    await confines(guo)
    const objection = await objects()
    expect(await namedIn(objection)).toEqual([wang.id, guo.id, bai.id])
    expect(await whoSee(objection)).toEqual(['li', 'wang', 'guo', 'bai'])
    await w.act(bai, objection, 'uphold', { reason: why, servedOn: '2026-04-17' })
  })

  test('a request about personal information, which those who are named handle, to them alone', async () => {
    await confines(guo)
    const request = await asksAboutIt()
    expect(await whoSee(request)).toEqual(['li', 'wang', 'guo'])
  })

  test.each(children)('%s that is open already, when its matter is confined; and it is open again when that is', async (_, opens) => {
    const child = await opens()
    const before = await whoSee(child)
    expect(before).toEqual(expect.arrayContaining(['liu', 'he']))
    await confines(guo)
    expect(await whoSee(child)).not.toEqual(expect.arrayContaining(['liu']))
    expect(await whoSee(child)).not.toContain('he')
    w.at('2026-04-18')
    await confines(guo, m, [liu.id])
    expect(await namedIn(child)).toEqual(expect.arrayContaining([liu.id, guo.id]))
    expect(await whoSee(child)).not.toContain('wang')
    await opensAgain(guo)
    expect([await whoSee(child), await namedIn(child)]).toEqual([before, []])
  })

  test('whatever grows from that, too', async () => {
    const objection = await objects()
    const about = await w.open(li, 'data-request', {}, { parent: objection.id })
    await confines(guo)
    expect(await namedIn(about)).toEqual(expect.arrayContaining([wang.id, guo.id]))
  })

  test('one that its own director confined is left to those named there', async () => {
    const request = await asksAboutIt()
    w.at('2026-04-18')
    await confines(guo, request, [liu.id])
    w.at('2026-04-19')
    await confines(guo)
    expect(await namedIn(request)).toEqual([guo.id, liu.id])
    await opensAgain(guo)
    expect(await whoSee(request)).toEqual(['li', 'guo', 'liu'])
  })

  test('of an open matter nothing is confined, nor by anybody who does not work on it', async () => {
    const objection = await objects()
    expect(await whoSee(objection)).toEqual(expect.arrayContaining(['bai', 'he', 'ding']))
    const call = (who: Actor) =>
      w.run(who, (tx) => sql`select * from sec.confine_children(${m.region}, ${m.id}, null, '{}', now())`.execute(tx.db))
    expect([(await call(li)).rows, (await call(cast.sun)).rows]).toEqual([[], []])
  })

  test('each is in the audit, by whoever’s step it came', async () => {
    await confines(guo)
    const objection = await objects()
    const { rows } = await w.run(clockwork, (tx) =>
      sql<{
        actor: string
        detail: unknown
      }>`select actor, detail from audit where kind = 'confinement' and matter = ${objection.id}`.execute(tx.db),
    )
    expect(rows).toEqual([{ actor: li.id, detail: { change: 'confined', because: 'parent', accounts: [wang.id, guo.id, bai.id] } }])
  })
})

describe('it is told once', () => {
  test('the person reads it on the page of the matter, and not again on the page of what grew from it', async () => {
    await confines(guo)
    const objection = await objects()
    const its = await signedIn(w, app, li)
    expect((await its.get(`/m/${m.code}`)).body).toContain('只有指定的 2 位工作人员能看')
    expect((await its.get(`/m/${objection.code}`)).body).not.toContain('只有指定的')
  })

  test('an officer named hears of the matter, and whoever is named for handling the other of that', async () => {
    await confines(guo)
    const objection = await objects()
    const confidedTo = async (who: Actor) =>
      (await (await signedIn(w, app, who)).get('/api/notices'))
        .json<{ notices: { kind: string; matter: { id: string } }[] }>()
        .notices.filter(({ kind, matter }) => kind === 'confided' && [m.id, objection.id].includes(matter.id))
        .map(({ matter }) => matter.id)
    expect([await confidedTo(wang), await confidedTo(bai)]).toEqual([[m.id], [objection.id]])
  })

  test('the desk that handles the objection opens its page, though not that of the matter', async () => {
    await confines(guo)
    const objection = await objects()
    const its = await signedIn(w, app, bai)
    expect((await its.get(`/api/matters/${county}/${objection.id}`)).statusCode).toBe(200)
    expect((await its.get(`/api/matters/${county}/${m.id}`)).statusCode).toBe(404)
  })
})
