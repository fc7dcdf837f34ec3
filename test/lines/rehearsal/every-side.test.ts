import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { holdersIn } from '#kernel/seat.ts'
import type { Matter } from '#kernel/matter.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { verifyAnswer } from '#records/people/verification.ts'
import { share } from '#records/privacy/sharing.ts'
import { site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { tableIn } from './table.ts'

const { li, chen, ma, liu, wang, guo, zhao } = cast

let w: World
let app: FastifyInstance
let m: Matter
beforeAll(async () => {
  w = await world()
  app = await site(w) // it brings the names of places
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** Li asks, Chen and Ma answer, Zhao mediates; everybody has told their story. */
beforeEach(async () => {
  m = await tableIn(w)
  const stories = [[li, '墙塌到了我家院里'] as const, [chen, '墙是自己塌的'] as const, [ma, '我只是租房的'] as const]
  for (const [who, story] of stories) await w.run(who, (tx) => saveAnswer(tx, m, 'story', { story }, 'web'))
})

const viewFor = (who: Actor) => w.run(who, (tx) => viewMatter(tx, m))
const storiesFor = async (who: Actor) =>
  (await viewFor(who)).facts.filter(({ question }) => question === 'story').map(({ ofTitle, rows }) => [ofTitle, rows[0]?.value])

describe('whoever sees all at a table reads what every side answers to the same question, and whose it is', () => {
  test.each([
    ['the clerk', liu],
    ['the reviewer', wang],
    ['the director', guo],
    ['the mediator', zhao],
  ] as const)('%s', async (_, who) => {
    expect(await storiesFor(who)).toEqual([
      [expect.stringMatching(/^申请人/), '墙塌到了我家院里'],
      [expect.stringMatching(/^被申请人 1/), '墙是自己塌的'],
      [expect.stringMatching(/^被申请人 2/), '我只是租房的'],
    ])
  })

  test('each by the saying that holds', async () => {
    await w.run(chen, (tx) => saveAnswer(tx, m, 'story', { story: '墙是去年塌的' }, 'web'))
    expect((await storiesFor(zhao)).map(([, story]) => story)).toEqual(['墙塌到了我家院里', '墙是去年塌的', '我只是租房的'])
  })

  test('what somebody said who then left stays, and is nobody’s of the desk', async () => {
    const left = holdersIn(await w.read(m), 'respondent').find(({ account }) => account === ma.id)!.id // seated above
    await w.act(liu, m, 'release', { respondent: left })
    expect(await storiesFor(liu)).toContainEqual(['已经退出的人', '我只是租房的'])
  })

  test('a party reads their own, and of others what is shared with them', async () => {
    expect(await storiesFor(chen)).toEqual([[expect.stringMatching(/^被申请人 1/), '墙是自己塌的']])
    await w.run(li, (tx) => share(tx, m, { question: 'story' }))
    expect((await storiesFor(chen)).map(([, story]) => story)).toEqual(['墙塌到了我家院里', '墙是自己塌的'])
    expect((await storiesFor(ma)).map(([, story]) => story)).toEqual(['墙塌到了我家院里', '我只是租房的'])
    expect((await storiesFor(li)).map(([, story]) => story)).toEqual(['墙塌到了我家院里'])
  })

  test('a check is of one side’s answer, and not of another’s to the same question', async () => {
    const [, theirs] = (await viewFor(wang)).facts.filter(({ question }) => question === 'story')
    await w.run(wang, (tx) => verifyAnswer(tx, m, { question: 'story', holder: theirs!.holder, seq: 1 }, 'phoned')) // as the test above shows
    const checked = (await viewFor(wang)).facts.filter(({ check }) => check)
    expect(checked.map(({ holder }) => holder)).toEqual([theirs?.holder])
  })
})

test('a party goes at the desk by the word of their seat in this line', async () => {
  expect((await viewFor(liu)).parties.map(({ roleTitle }) => roleTitle)).toEqual(['申请人'])
})
