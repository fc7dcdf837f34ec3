import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { lawyers, plantedCase, putInto, registered } from '#test/planted.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world()
  app = await site(w)
  await lawyers(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Person = {
  version: number
  standing: { title: string; isAssignable: boolean; reasons: { text: string }[] }[]
  matters: { id: string }[]
  changes: { by: string; basis: string; rows: { label: string; before: string; after: string }[] }[]
  edit: object | null
}
const zhao = `/api/directory/people/${county}/${registered.zhao}`
const ask = async (who: Actor, url: string, body?: object) => (await signedIn(w, app, who)).json(body ? 'POST' : 'GET', url, body)
const personAs = async (who: Actor) => (await ask(who, zhao)).json<Person>()
const entry = { specialisms: ['wages'], is_familiar_with_minors: false, is_on_standing_committee: false, basis: 'notice' }
const change = async (input: object, who: Actor = cast.guo) =>
  ask(who, zhao, { version: (await personAs(cast.guo)).version, input: { ...entry, ...input } })
const office = `/api/directory/offices/${county}/${registered.office}`

describe('the register says who can be sent, and why not (律师法 §13)', () => {
  test('suspended from today, a lawyer is no candidate; the page gives the reason and the article', async () => {
    const m = await putInto(w, await plantedCase(w), { state: 'granted' }).then(
      async () => await w.run(cast.clockwork, (tx) => tx.db.selectFrom('matter').select(['region', 'id']).executeTakeFirstOrThrow()),
    )
    const verdict = async () => {
      const { body } = await ask(cast.guo, `/api/matters/${m.region}/${m.id}/panels/candidates`)
      const { candidates } = JSON.parse(body) as { candidates: { practitioner: string; verdict: string }[] } // PanelContent
      return candidates.find(({ practitioner }) => practitioner === registered.zhao)?.verdict
    }
    expect(await verdict()).toBe('assignable')
    expect((await change({ suspended_from: '2026-03-02' })).statusCode).toBe(200)
    expect(await verdict()).toBe('block')
    const [court] = (await personAs(cast.guo)).standing
    expect([court?.isAssignable, court?.reasons[0]?.text]).toEqual([false, '执业证在指派当天无效。'])
    await change({})
    expect((await personAs(cast.guo)).standing[0]?.isAssignable).toBe(true)
  })

  test('a suspension that ends before it begins is refused at its field', async () => {
    const answer = await change({ suspended_from: '2026-03-10', suspended_to: '2026-03-01' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('suspended_to')
  })

  test('“available” leaves out who is suspended', async () => {
    await change({ suspended_from: '2026-03-02' })
    const found = async (available: string) =>
      (await ask(cast.wang, `/api/directory/people?under=${county}&available=${available}`)).body.includes(registered.zhao)
    expect([await found('0'), await found('1')]).toEqual([true, false])
    await change({})
  })
})

describe('who keeps the register, and what is kept of it', () => {
  test('each change stands in the history with who, why, before and after', async () => {
    await change({ is_familiar_with_minors: true })
    const [latest] = (await personAs(cast.guo)).changes
    expect(latest).toMatchObject({
      by: '演示人员',
      basis: '主管机关的决定或者通知',
      rows: [{ label: '熟悉未成年人身心特点', before: '否', after: '是' }],
    })
  })

  test('two editors at once: the second is told and loses nothing, the first stands', async () => {
    const { version } = await personAs(cast.guo)
    const both = [
      await ask(cast.guo, zhao, { version, input: { ...entry, specialisms: ['debt'] } }),
      await ask(cast.he, zhao, { version, input: { ...entry, specialisms: ['traffic'] } }),
    ]
    expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 409])
    expect(both[1]?.json<{ code: string }>().code).toBe('stale')
    expect((await personAs(cast.guo)).version).toBe(version + 1)
  })

  test('a reviewer sees no form, and a director of another county changes nothing here', async () => {
    expect((await personAs(cast.wang)).edit).toBeNull()
    expect((await personAs(cast.guo)).edit).not.toBeNull()
    const { version } = await personAs(cast.guo)
    expect((await ask(cast.sun, zhao, { version, input: entry })).statusCode).toBe(403)
    expect((await personAs(cast.guo)).version).toBe(version)
  })

  test('an office’s hours are changed and remembered; another county reads the hours but not the history', async () => {
    const { version } = (await ask(cast.guo, office)).json<{ version: number }>()
    await ask(cast.guo, office, { version, input: { hours: '周一至周五 9:00—12:00，13:30—17:30', basis: 'reported' } })
    const seen = async (who: Actor) => (await ask(who, office)).json<{ hours: string; changes: unknown[] }>()
    expect(await seen(cast.guo)).toMatchObject({ hours: '周一至周五 9:00—12:00，13:30—17:30', changes: [{ by: '演示人员' }] })
    expect(await seen(cast.sun)).toMatchObject({ hours: '周一至周五 9:00—12:00，13:30—17:30', changes: [] })
  })
})

describe('a page of the register', () => {
  test('is found by name, office or licence, and goes on where the last one ended', async () => {
    const names = async (query: string) =>
      (await ask(cast.he, `/api/directory/people?under=63&${query}`)).json<{ rows: { id: string }[]; next: string | null }>()
    expect((await names(`q=${encodeURIComponent('演示zhao')}`)).rows.map(({ id }) => id)).toEqual([registered.zhao])
    const first = await names('limit=1')
    const second = await names(`limit=1&after=${first.next}`)
    expect([first, second].flatMap(({ rows }) => rows.map(({ id }) => id)).toSorted()).toEqual(
      [registered.qian, registered.zhao].toSorted(),
    )
    expect(second.next).toBeNull()
  })

  test('of one person shows how many matters they have, and only those the reader may see', async () => {
    const m = await plantedCase(w)
    await putInto(w, m, { state: 'handling', assignee: cast.zhao.id })
    expect((await personAs(cast.guo)).matters.map(({ id }) => id)).toContain(m.id)
    const elsewhere = await personAs(cast.sun)
    expect(elsewhere).toMatchObject({ openMatters: 1, matters: [] })
  })
})
