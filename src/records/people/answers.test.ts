import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, world, type World } from '#test/world.ts'
import { answersOf, plainAnswers, saveAnswer } from './answers.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const say = (m: { region: string; id: string }, question: string, value: unknown, who = cast.li, channel = 'web') =>
  w.run(who, (tx) => saveAnswer(tx, m, question, value, channel))
const known = (m: { region: string; id: string }, who = cast.li) => w.run(who, (tx) => answersOf(tx, m))

describe('what a person said', () => {
  test('the newest answer holds and says who told it, where and when', async () => {
    const m = await w.open(cast.li)
    await say(m, 'amount', { fen: 100 })
    await say(m, 'amount', { fen: 2_700_000 }, cast.li, 'hotline')
    const answer = (await known(m)).get('amount')
    expect(answer).toEqual({
      value: { fen: 2_700_000 },
      source: {
        saidBy: cast.li.id,
        channel: 'hotline',
        at: w.now(),
        verifiedBy: null,
        verifiedAt: null,
        verifiedHow: null,
        carriedFrom: null,
      },
      seq: 2,
      holder: '',
      sharedSeq: null,
    })
  })
  test('a form sent back empty erases nothing, and saying the same again adds nothing', async () => {
    const m = await w.open(cast.li)
    await say(m, 'story', { story: '干了活不给钱' })
    for (const empty of [{}, { story: '' }, null, undefined, { story: undefined }, { story: '干了活不给钱' }]) await say(m, 'story', empty)
    expect((await known(m)).get('story')).toMatchObject({ value: { story: '干了活不给钱' }, seq: 1 })
  })
  test('a question passed over with nothing to say counts as asked', async () => {
    const m = await w.open(cast.li)
    await say(m, 'documents', {})
    expect(plainAnswers(await known(m))).toEqual({ documents: {} })
  })
  test('the row holds nothing of it in clear', async () => {
    const m = await w.open(cast.li)
    await say(m, 'opponent', { name: '包工头老马' })
    const rows = await w.on.database.owner((db) => db.selectFrom('answer').selectAll().where('matter', '=', m.id).execute())
    expect(JSON.stringify(rows)).not.toContain('老马')
  })
  test('strangers neither read nor answer, and whoever is assigned does not answer for the person', async () => {
    const m = await w.filed()
    await say(m, 'story', { story: '干了活不给钱' })
    expect((await known(m, cast.chen)).size).toBe(0)
    await expect(say(m, 'story', { story: '别的话' }, cast.chen)).rejects.toMatchObject({ code: 'not_found' })
    await w.assessed(m)
    await w.act(cast.wang, m, 'grant')
    await w.assigned(m)
    await expect(say(m, 'story', { story: '别的话' }, cast.zhao)).rejects.toMatchObject({ code: 'not_permitted' })
    await say(m, 'story', { story: '窗口补记的话' }, cast.liu, 'window')
    expect((await known(m)).get('story')).toMatchObject({ seq: 2, source: { saidBy: cast.liu.id, channel: 'window' } })
  })
})
