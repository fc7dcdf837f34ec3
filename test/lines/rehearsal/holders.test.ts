import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { MatterId } from '#kernel/matter.ts'
import { account, party } from '#kernel/seat.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { scenesOf } from '#test/line-scenes.ts'
import { putInto } from '#test/planted.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { rehearsal } from './world/service.ts'

const { li, chen, liu, zhao } = cast
const far = party(v7())

let w: World
let app: FastifyInstance
let m: MatterId & { code: string }
beforeAll(async () => {
  w = await world()
  app = await site(w)
  m = await scenesOf(rehearsal.line.key).start(w, 0)
  const seats = { applicant: li.id, respondent: [account(chen.id), far], mediator: zhao.id }
  await putInto(w, m, { state: 'signing', seats })
  await w.act(li, m, 'sign')
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const asked = async (who: Actor, action: string) => {
  const { actions } = await w.run(who, (tx) => viewMatter(tx, m))
  return actions.find(({ key }) => key === action)?.schema['properties']
}
const oneOf = (...holders: [id: string, title: string][]) => ({
  holder: { title: '代谁记录', type: 'string', oneOf: holders.map(([id, title]) => ({ const: id, title })) },
})

test('the clerk, who writes a signature down, chooses among those who have not signed, by seat and number', async () => {
  expect(await asked(liu, 'sign')).toEqual(oneOf([chen.id, '被申请人 1'], [far.id, '被申请人 2']))
})

test('whoever signs for themselves is not asked who they are', async () => {
  expect(await asked(chen, 'sign')).toEqual({})
})

test('it waits for whoever has not signed, and no more for who has', async () => {
  const pageOf = async (who: Actor) => (await (await signedIn(w, app, who)).get(`/m/${m.code}`)).body
  expect([(await pageOf(chen)).includes('等您来办'), (await pageOf(li)).includes('等您来办')]).toEqual([true, false])
})

test('a limit of one’s own says whose it is', async () => {
  await putInto(w, m, { state: 'mediating' })
  await w.act(liu, m, 'serve', { respondents: [v7()], on: '2026-03-02' })
  const { clocks } = await w.run(liu, (tx) => viewMatter(tx, m))
  expect(clocks.map(({ ofTitle }) => ofTitle)).toContain('被申请人 3')
})

test('a respondent replies on their page as themselves, and for nobody else', async () => {
  await putInto(w, m, { state: 'mediating' })
  const page = await signedIn(w, app, chen)
  const { body } = await page.get(`/m/${m.code}`)
  expect([body.includes('您本人'), body.includes(chen.id), body.includes(far.id)]).toEqual([true, true, false])
  const answer = (respondent: string) => page.post(`/m/${m.code}/do/reply`, { key: v7(), respondent })
  expect((await answer(far.id)).statusCode).toBe(409)
  expect((await answer(chen.id)).headers['location']).toBe(`/m/${m.code}`)
})
