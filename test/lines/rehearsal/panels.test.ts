import { v7 } from 'uuid'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { holdersIn } from '#kernel/seat.ts'
import type { Matter } from '#kernel/matter.ts'
import type { ShownPanel } from '#kernel/panel.ts'
import { stopUse } from '#records/privacy/erasure.ts'
import { rehearsal } from './world/service.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const { liu, li, chen, zhao, he } = cast

let w: World
let app: FastifyInstance
let m: Matter
beforeAll(async () => {
  w = await world()
  app = await site(w)
  m = await w.run(liu, (tx) => rehearsal.opening!.open(tx, { region: county, id: v7() }, { applicant: { name: '王桂英' } })) // it declares one
  await w.act(liu, m, 'link', { holder: holdersIn(m, 'applicant')[0]!.id, account: li.id }) // opened for one
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const path = () => `/api/matters/${m.region}/${m.id}`
const asked = async (who: Actor, url: string) => (await signedIn(w, app, who)).json('GET', url)
const panelsFor = async (who: Actor) => (await asked(who, path())).json<{ panels: ShownPanel[] }>().panels

describe('a service declares a reading of its own, and the wire carries it', () => {
  test('whoever works on the matter reads what it proposes, step by step', async () => {
    expect(await panelsFor(liu)).toEqual([
      {
        key: 'turnout',
        title: '到场情况',
        note: null,
        shape: 'reading',
        reading: expect.objectContaining({ proposal: 'wait', proposalTitle: '再等一等', missing: ['被申请人', '调解员'] }),
      },
    ])
    const respondent = v7()
    await w.act(liu, m, 'serve', { respondents: [respondent] })
    await w.act(liu, m, 'link', { holder: respondent, account: chen.id })
    await w.act(liu, m, 'appoint', { mediators: [zhao.id] })
    expect(await panelsFor(zhao)).toMatchObject([{ reading: { proposal: 'propose', missing: [] } }])
  })

  test.each([
    ['a party', li],
    ['the other side', chen],
    ['the manager of the province, who works on none', he],
  ] as const)('%s is shown none', async (_, who) => {
    expect(await panelsFor(who)).toEqual([])
  })

  test('it comes with the matter, and is not asked for by itself', async () => {
    expect((await asked(liu, `${path()}/panels/turnout`)).statusCode).toBe(404)
    expect((await asked(liu, `${path()}/panels/nothing`)).statusCode).toBe(404)
  })

  test('it is closed to the desk once the person had all use stopped (个人信息保护法 §47(2))', async () => {
    await w.run(cast.clockwork, (tx) => stopUse(tx, m))
    expect(await panelsFor(liu)).toEqual([])
  })
})
