import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { effects } from '#lines/services.ts'
import { seal } from '#platform/keys/crypto.ts'
import { runEffect, type EffectJob } from '#engine/jobs.ts'
import { actionsOf, lettersOf, refused, why } from '#test/scenarios/scene.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

/** The job of an event, run twice more, as after a crash before it was marked done. */
async function again(m: Matter, effect: string, seq: number): Promise<void> {
  const job: EffectJob = { effect, region: m.region, id: m.id, seq }
  await runEffect(w.on, effects, job, w.now())
  await runEffect(w.on, effects, job, w.now())
}

describe('effects', () => {
  test('a letter is written once though its job runs again: its id comes from the event', async () => {
    w.at('2026-03-02')
    const m = await w.filed()
    await w.settle()
    const letters = await lettersOf(w, m)
    expect(letters.map(({ template }) => template).toSorted()).toEqual(['confirmReceipt', 'tellAgency'])
    await again(m, 'confirmReceipt', 1)
    expect(await lettersOf(w, m)).toEqual(letters)
  })

  test('a text message leaves once, and names neither the matter nor the person (个人信息保护法 §6, §28)', async () => {
    const phone = '13800138000'
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .insertInto('account')
        .values({
          id: cast.li.id,
          kind: 'citizen',
          phone: seal(w.on.keyring, phone, { table: 'account', column: 'phone', row: cast.li.id, region: '' }),
          created_at: w.now(),
        })
        .execute(),
    )
    const m = await w.filed({ contact: 'sms' })
    await w.settle()
    await again(m, 'confirmReceipt', 1)
    const sent = w.gateway.sent.filter(({ text }) => text.includes(m.code))
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ to: phone })
    expect(sent[0]?.text).not.toMatch(/工资|援助|unpaidWages/)
  })

  test('a correction ordered once is carried out once (法律援助法 §49(2))', async () => {
    w.at('2026-04-17')
    const parent = await refused(w)
    await w.act(cast.wang, parent, 'serveRefusal', { servedOn: '2026-04-17' })
    const objection = await w.open(cast.li, 'objection', { inTime: true }, { parent: parent.id })
    await w.act(cast.bai, objection, 'order', { reason: why, servedOn: '2026-04-17' })
    await w.settle()
    await w.act(cast.wang, parent, 'grant')
    await again(objection, 'correctParent', 1)
    expect((await actionsOf(w, parent)).filter((action) => action === 'correct')).toHaveLength(1)
    expect((await w.read(parent)).state).toBe('granted')
  })

  test('of a refused action are never queued: done if and only if the event stands', async () => {
    const m = await w.filed()
    await w.settle()
    await w.act(cast.wang, m, 'grant').catch(() => {})
    expect(await w.settle()).toBe(0)
  })
})
