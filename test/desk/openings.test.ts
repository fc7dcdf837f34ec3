import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at as atOffice, type Actor, type Duty } from '#kernel/actor.ts'
import { services } from '#lines/services.ts'
import { addCountyOffices, offices } from '#test/offices.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const { guo, ding, sun, clockwork } = cast

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  await w.run(clockwork, addCountyOffices)
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Opening = { line: string; title: string; path: string; schema: { properties: Record<string, unknown> }; counties: { value: string }[] }

const officer = (...grants: Actor['grants']): Actor => ({ id: v7(), kind: 'staff', grants })
const openingsOf = async (who: Actor): Promise<Opening[]> =>
  (await (await signedIn(w, app, who)).json('GET', '/api/openings')).json<{ rows: Opening[] }>().rows

/** The lines a duty takes in, of all or of those that offices of this kind handle. */
const takenInBy = (duty: Duty, kind?: string) =>
  services.flatMap(({ line, opening }) =>
    opening?.atDesk && opening.by.includes(duty) && (!kind || line.desk.kinds.includes(kind)) ? [line.key] : [],
  )

describe('what an officer may take in for somebody', () => {
  test('whoever works at the office that handles it is offered its form, in their county alone', async () => {
    const rows = await openingsOf(officer(...atOffice(offices.committee, 'intake')))
    expect(rows.map(({ line }) => line)).toEqual(takenInBy('intake', 'mediationCommittee'))
    for (const { counties } of rows) expect(counties.map(({ value }) => value)).toEqual([county])
  })

  test('whoever works next door is offered none of it', async () => {
    expect(await openingsOf(officer(...atOffice(offices.notary, 'intake')))).toEqual([])
  })

  test('a duty over a county opens what any office of it handles; one in another service opens nothing', async () => {
    expect((await openingsOf(guo)).map(({ line }) => line)).toEqual(takenInBy('director'))
    expect(await openingsOf(officer({ duty: 'intake', region: county, office: null, lines: ['legal-aid'] }))).toEqual([])
  })

  test('an officer of another county takes in there, not here; whoever audits takes in nothing', async () => {
    const places = new Set((await openingsOf(sun)).flatMap(({ counties }) => counties.map(({ value }) => value)))
    expect([[...places], await openingsOf(ding)]).toEqual([['630202'], []])
  })

  test('what is filled in is taken in at the path that was named, and the same form sent twice makes one matter', async () => {
    const committee = officer(...atOffice(offices.committee, 'intake'))
    const browser = await signedIn(w, app, committee)
    const [{ path } = { path: '' }] = await openingsOf(committee)
    const body = { region: county, id: v7(), kind: 'neighbour', gap: 'none', isOffered: true, applicants: [{ name: '王桂英' }] }
    const [first, again] = [await browser.json('POST', path, body), await browser.json('POST', path, body)]
    expect([first.statusCode, again.statusCode]).toEqual([200, 200])
    expect(first.json<{ id: string }>().id).toBe(again.json<{ id: string }>().id)
  })

  test('every field of such a form has a title, so that no page is written for it', async () => {
    const named = (schema: unknown): string[] => {
      const { properties = {}, items } = schema as { properties?: Record<string, { title?: string }>; items?: unknown } // JSON Schema
      return [...Object.entries(properties).flatMap(([name, its]) => (its.title ? named(its) : [name])), ...(items ? named(items) : [])]
    }
    for (const { line, schema } of await openingsOf(guo)) expect([line, named(schema)]).toEqual([line, []])
  })
})
