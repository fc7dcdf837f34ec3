import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { takeAction } from '#api/matter/matters.ts'
import type { Matter } from '#kernel/matter.ts'
import { saveAnswers } from '#records/people/answers.ts'
import { why } from '#test/scenarios/scene.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
beforeAll(async () => {
  w = await world('2026-04-17T10:00:00+08:00')
  app = await site(w)
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

let m: Matter
beforeEach(async () => {
  w.at('2026-04-17')
  m = await w.filed()
})

const read = async () => (await li.get(`/m/${m.code}`)).body
/** Assessed on what Li told, whatever that leads to. */
async function assessedOn(answers: Record<string, unknown>) {
  await w.run(cast.li, (tx) => saveAnswers(tx, m, answers, 'web'))
  await w.run(cast.wang, (tx) => takeAction(tx, m, 'assess', { key: v7(), input: {} }))
}
const wages = {
  forWhom: { who: 'self' },
  kind: { kind: 'wages' },
  person: { name: '演示·马建国', idNumber: '11010519491231002X' },
  migrant: { isMigrant: 'yes' },
  workProof: { proofs: ['wageSheet'] },
  deadline: { what: 'none' },
}

describe('a decision on the page of its person', () => {
  test('a refusal stands with its article beside it (法律援助法 §43(1))', async () => {
    await w.assessed(m, 'refuse')
    await w.act(cast.wang, m, 'refuse', { reason: why })
    expect(await read()).toMatch(/不予法律援助决定书.*经审查，决定不予法律援助。.*依据：《法律援助法》第四十三条第一款/s)
  })

  test('a grant is a decision too, and names what made the person eligible (法律援助法 §42(3))', async () => {
    await assessedOn(wages)
    await w.act(cast.wang, m, 'grant')
    expect(await read()).toMatch(/给予法律援助决定书.*决定给予法律援助。.*依据：[^<]*第四十三条第一款[^<]*第四十二条第三项/s)
  })

  test('a grant against the proposal rests on its own reasons, not on the assessment it departs from', async () => {
    await w.assessed(m, 'refuse')
    await w.act(cast.wang, m, 'grant', { note: why })
    expect(await read()).toMatch(new RegExp(`给予法律援助决定书.*${why}.*依据：《法律援助法》第四十三条第一款<`, 's'))
  })

  test('a termination names its ground as the law lists it (法律援助法 §48(1))', async () => {
    await w.assessed(m)
    await w.act(cast.wang, m, 'grant')
    await w.act(cast.guo, m, 'terminate', { ground: 'T6', reason: why })
    expect(await read()).toMatch(/终止法律援助决定书.*自己另外请了律师或者代理人.*第四十八条第一款第六项/s)
  })
})
