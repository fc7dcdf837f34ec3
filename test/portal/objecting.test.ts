import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Purpose } from '#api/queue/queue-stages.ts'
import { listQueue } from '#api/queue/queue.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { openObjection } from '#lines/objection/world/objecting.ts'
import { matterByCode } from '#api/portal/visiting.ts'
import type { Matter } from '#kernel/matter.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { answersOf } from '#records/people/answers.ts'
import { planted, plantedCase } from '#test/planted.ts'
import { engaged, refusalOf, refused, why } from '#test/scenarios/scene.ts'
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
  li = await signedIn(w, app, cast.li)
  m = await plantedCase(w)
  await w.assessed(m, 'refuse')
  await w.act(cast.wang, m, 'refuse', { reason: why })
  await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
})

const object = async (more: Record<string, string> = {}) => li.post(`/m/${m.code}/object`, { key: v7(), ...more })
const codeOf = async (asked: ReturnType<typeof object>) => String((await asked).headers.location).slice('/m/'.length)
const read = async (code: string) => (await li.get(`/m/${code}`)).body
const byCode = (code: string) => w.run(cast.li, (tx) => matterByCode(tx, code))

describe('a refusal that was objected to', () => {
  test('is not offered to be objected to again: the objection stands in its place (法律援助法 §49(1))', async () => {
    expect(await read(m.code)).toContain(`action="/m/${m.code}/object"`)
    const objection = await codeOf(object())
    const html = await read(m.code)
    expect(html).not.toContain('/object"')
    expect(html).not.toContain('如果不服，可以在写明的期限内')
    expect(html).toMatch(new RegExp(`href="/m/${objection}">您已经提出异议（司法局审查中）`))
  })

  test('is objected to once, even after the bureau has answered (法律援助法 §49(3))', async () => {
    const objection = await codeOf(object())
    await w.act(cast.bai, await byCode(objection), 'uphold', { reason: why, servedOn: '2026-04-17' })
    expect((await object()).statusCode).toBe(409)
    expect(await read(m.code)).toMatch(new RegExp(`href="/m/${objection}">您已经提出异议（维持原决定）`))
  })

  test('may be objected to anew once the objection was withdrawn', async () => {
    const objection = await codeOf(object())
    await li.post(`/m/${objection}/do/withdraw`, { key: v7(), version: '0' })
    expect(await read(m.code)).toContain(`action="/m/${m.code}/object"`)
    expect((await object()).statusCode).toBe(303)
  })
})

const nowOf = async (code: string) => /<section class="now">.*?<\/section>/s.exec(await read(code))?.[0] ?? ''
const liesIn = (purpose: Purpose) =>
  w.run(cast.wang, (tx) => listQueue(tx, { purpose, limit: 100 })).then(({ rows }) => rows.some(({ id }) => id === m.id))
/** Time passes, and whoever comes back signs in anew. */
async function on(moment: string) {
  w.at(moment)
  await w.sweep()
  li = await signedIn(w, app, cast.li)
}

describe('the time to object, once somebody has objected in it (法律援助法 §49(1))', () => {
  test('runs no more, on the page of the matter and in the list', async () => {
    expect(await nowOf(m.code)).toContain('提出异议 ')
    await object()
    expect(await nowOf(m.code)).not.toContain('提出异议 ')
    expect(await nowOf(m.code)).toContain('您提出了异议，司法局正在审查')
    const row = (await li.get('/mine')).body.split('<li>').find((one) => one.includes(`href="/m/${m.code}"`))
    expect(row).not.toContain('提出异议 · 最晚')
  })

  test('is never told to be over, nor is the decision then open to another objection', async () => {
    const objection = await codeOf(object())
    await w.act(cast.bai, await byCode(objection), 'uphold', { reason: why, servedOn: '2026-04-17' })
    await w.settle()
    await on('2026-05-07T00:00')
    const html = await read(m.code)
    expect(html).not.toContain('提出异议的期限过了')
    expect(html).toContain('司法局审查后维持了这个决定')
    expect(html).not.toContain('/object"')
    expect((await object()).statusCode).toBe(409)
  })

  test('also where the bureau has not answered by its end', async () => {
    await object()
    await on('2026-05-07T00:00')
    expect(await read(m.code)).not.toContain('提出异议的期限过了')
    expect((await object()).statusCode).toBe(409)
  })

  test('runs on to its own day where the objection was withdrawn', async () => {
    const objection = await codeOf(object())
    await li.post(`/m/${objection}/do/withdraw`, { key: v7(), version: '0' })
    await w.settle()
    expect(await nowOf(m.code)).toMatch(/提出异议 .*最晚 5月6日/s)
    expect(await read(m.code)).toContain(`action="/m/${m.code}/object"`)
    await on('2026-05-07T00:00')
    expect(await nowOf(m.code)).toContain('提出异议的期限过了')
  })

  test('is stopped again by a second objection after one withdrawn, whenever the first is worked off', async () => {
    const objection = await codeOf(object())
    await li.post(`/m/${objection}/do/withdraw`, { key: v7(), version: '0' })
    await object()
    await w.settle()
    expect(await nowOf(m.code)).toContain('您提出了异议，司法局正在审查')
  })

  test('an objection sent twice is one objection', async () => {
    const key = v7()
    const [first, second] = [await object({ key }), await object({ key })]
    expect(second.headers.location).toBe(first.headers.location)
  })

  test('leaves the refusal for later, and for today once the bureau has kept it: to be archived at once (档案法 §37)', async () => {
    const objection = await codeOf(object())
    expect([await liesIn('today'), await liesIn('later')]).toEqual([false, true])
    expect(await refusalOf(w.act(cast.wang, m, 'archive'))).toBe('wrong_state')
    await w.act(cast.bai, await byCode(objection), 'uphold', { reason: why, servedOn: '2026-04-17' })
    await w.settle()
    expect(await liesIn('today')).toBe(true)
    expect((await w.act(cast.wang, m, 'archive')).state).toBe('archived')
  })

  test('an objection too late changes nothing in the matter', async () => {
    await on('2026-05-07T00:00')
    const objection = await codeOf(object())
    expect(await nowOf(m.code)).toContain('提出异议的期限过了')
    expect(await read(m.code)).toMatch(new RegExp(`href="/m/${objection}">您已经提出异议`))
  })

  test('a decision not served yet may be contested, corrected, or served after all', async () => {
    const unserved = await refused(w)
    const { headers } = await li.post(`/m/${unserved.code}/object`, { key: v7() })
    const objection = String(headers.location).slice('/m/'.length)
    await li.post(`/m/${objection}/do/withdraw`, { key: v7(), version: '0' })
    await w.settle()
    expect((await w.read(unserved)).state).toBe('refused')
    const again = await li.post(`/m/${unserved.code}/object`, { key: v7() })
    await w.act(cast.bai, await byCode(String(again.headers.location).slice('/m/'.length)), 'order', {
      reason: why,
      servedOn: '2026-04-17',
    })
    await w.settle()
    expect((await w.read(unserved)).state).toBe('correcting')
  })
})

describe('an objection to a termination (法律援助法 §49(1))', () => {
  test('is heard though its file was handed in the same day, and what is ordered is done', async () => {
    m = await terminated()
    await w.attached(cast.zhao, m, 'report')
    await w.act(cast.zhao, m, 'submitFile')
    expect(await read(m.code)).toContain(`action="/m/${m.code}/object"`)
    const objection = await codeOf(object())
    await w.act(cast.bai, await byCode(objection), 'order', { reason: why, servedOn: '2026-04-17' })
    await w.settle()
    expect((await w.read(m)).state).toBe('correcting')
  })

  test('is not offered where aid was never ended', async () => {
    m = await engaged(w)
    await w.act(cast.zhao, m, 'conclude', {
      result: 'won',
      concludedOn: '2026-04-17',
      claimedFen: 1,
      recoveredFen: 1,
      hearings: 0,
      meetings: 1,
    })
    expect(await read(m.code)).not.toContain('/object"')
    expect((await object()).statusCode).toBe(409)
  })

  async function terminated(): Promise<Matter> {
    const its = await engaged(w)
    await w.act(cast.guo, its, 'terminate', { ground: 'T8', reason: why })
    return w.act(cast.wang, its, 'serveTermination', { servedOn: '2026-04-17' })
  }

  test('stops the time to object while the file goes on, and keeps it from the archive until it is answered (档案法 §37)', async () => {
    m = await terminated()
    const objection = await codeOf(object())
    expect(await nowOf(m.code)).toContain('您提出了异议，司法局正在审查')
    await w.attached(cast.zhao, m, 'report')
    await w.act(cast.zhao, m, 'submitFile')
    await w.act(cast.wang, m, 'approveFile', { grade: 'good' })
    await w.act(cast.guo, m, 'paySubsidy', { amountFen: 120_000 })
    w.at('2026-06-30')
    expect(await refusalOf(w.act(cast.wang, m, 'archive'))).toBe('too_early')
    await w.act(cast.bai, await byCode(objection), 'uphold', { reason: why, servedOn: '2026-06-30' })
    await w.settle()
    expect((await w.act(cast.wang, m, 'archive')).state).toBe('archived')
  })
})

const words = '老家的房子早就卖了，这一年的药费也没有算进去。'
const bureauReads = async (code: string) => {
  const { region, id } = await byCode(code)
  return w.run(cast.bai, (tx) => viewMatter(tx, { region, id }))
}

describe('what the person says against it', () => {
  test('is asked, and need not be said to be heard (法律援助法 §49(1))', async () => {
    expect(await read(m.code)).toMatch(/为什么不服<.*可以不填.*<textarea[^>]*name="words"/s)
    expect((await bureauReads(await codeOf(object()))).facts).toEqual([])
  })

  test('reaches the bureau with its source, and stands in no log', async () => {
    const objection = await codeOf(object({ words }))
    const { facts } = await bureauReads(objection)
    expect(facts).toMatchObject([{ title: '不服的理由', rows: [{ value: words }], source: { by: '当事人', channel: '网上' } }])
    const { region, id } = await byCode(objection)
    const events = await w.run(cast.clockwork, (tx) => eventsOf(tx, { region, id }))
    expect(JSON.stringify(events)).not.toContain(words)
    expect(await read(objection)).toContain(words)
  })

  test('that is too long comes back as typed, with the reason beside it', async () => {
    const answer = await object({ words: '药'.repeat(2001) })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toMatch(/<p class="error" id="object-words-error">/)
    expect(answer.body).toContain('药'.repeat(2001))
  })

  test('goes off by a button that says so, with what follows beside it', async () => {
    const form = /<details class="act"><summary>对这个决定提出异议<.*?<\/details>/s.exec(await read(m.code))?.[0]
    expect(form).toMatch(/司法局在五日内作出书面决定.*<button[^>]*>交给司法局</s)
  })

  test('may be added to until the bureau has answered, and stands in no log', async () => {
    const objection = await codeOf(object({ words }))
    const more = '去年的药费单子找到了。'
    expect((await li.post(`/m/${objection}/do/addGrounds`, { key: v7(), version: '0', words: more })).statusCode).toBe(303)
    expect((await bureauReads(objection)).facts).toMatchObject([{ rows: [{ value: `${words}\n${more}` }] }])
    const at = await byCode(objection)
    expect(JSON.stringify(await w.run(cast.clockwork, (tx) => eventsOf(tx, at)))).not.toContain(more)
    await w.act(cast.bai, at, 'uphold', { reason: why, servedOn: '2026-04-17' })
    expect((await li.post(`/m/${objection}/do/addGrounds`, { key: v7(), version: '2', words: more })).statusCode).toBe(409)
  })

  test('is not added to with nothing', async () => {
    const { statusCode, body } = await li.post(`/m/${await codeOf(object())}/do/addGrounds`, { key: v7(), version: '0' })
    expect([statusCode, body.includes('id="addGrounds-words-error">这里请写一点，不能空着<')]).toEqual([422, true])
  })

  test('is written down for somebody at the counter as theirs, not the officer’s', async () => {
    const id = v7()
    await w.run(cast.liu, (tx) => openObjection(tx, { region: m.region, id }, { parent: m.id, grounds: words }))
    const { source } = (await w.run(cast.bai, (tx) => answersOf(tx, { region: m.region, id }))).get('grounds')!
    expect(source).toMatchObject({ saidBy: cast.li.id, channel: 'window' })
  })
})

describe('the bureau’s page of an objection', () => {
  test('shows the person, masked, and the decision contested with its date, reasons and article (法律援助法 §49(2))', async () => {
    const { parties, contested } = await bureauReads(await codeOf(object()))
    expect(parties).toMatchObject([{ role: 'recipient', name: '哈×' }])
    expect(JSON.stringify(parties)).not.toContain(planted.idNumber)
    expect(contested).toMatchObject({
      id: m.id,
      title: '不予法律援助决定书',
      on: '2026-04-17',
      servedOn: '2026-04-17',
      reasons: why,
      articles: ['《法律援助法》第四十三条第一款'],
    })
  })

  test('shows the decision as it was objected to, whatever was decided since', async () => {
    const objection = await codeOf(object())
    await w.act(cast.bai, await byCode(objection), 'order', { reason: why, servedOn: '2026-04-17' })
    await w.settle()
    w.at('2026-04-18')
    await w.act(cast.wang, m, 'grant')
    expect((await bureauReads(objection)).contested?.title).toBe('不予法律援助决定书')
  })

  test('shows the day the contested decision was received, whatever was served since (法律援助法 §49(1))', async () => {
    const objection = await codeOf(object())
    w.at('2026-04-18')
    await w.act(cast.bai, await byCode(objection), 'order', { reason: why, servedOn: '2026-04-18' })
    await w.settle()
    await w.act(cast.wang, m, 'grant')
    w.at('2026-06-01')
    await w.act(cast.guo, m, 'terminate', { ground: 'T7', reason: why })
    await w.act(cast.liu, m, 'serveTermination', { servedOn: '2026-06-01' })
    expect((await bureauReads(objection)).contested?.servedOn).toBe('2026-04-17')
  })

  test('a matter that contests nothing shows no decision', async () => {
    expect((await w.run(cast.bai, (tx) => viewMatter(tx, m))).contested).toBeNull()
  })
})

test('an objection is told apart from the matter it is about, by its subject', async () => {
  expect(await read(await codeOf(object()))).toMatch(/<h1>法律援助异议：/)
})

test('an objection in a private matter is as private', async () => {
  w.at('2026-04-17')
  const hidden = await w.filed({ isPrivate: true })
  await w.assessed(hidden, 'refuse')
  await w.act(cast.wang, hidden, 'refuse', { reason: why })
  const answer = await li.post(`/m/${hidden.code}/object`, { key: v7() })
  expect((await li.get(String(answer.headers.location))).body).toContain('class="exit"')
})
