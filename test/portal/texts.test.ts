import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { effects } from '#lines/services.ts'
import { seal } from '#platform/keys/crypto.ts'
import { httpGateway, type Outgoing } from '#platform/gateway.ts'
import { runEffect } from '#engine/jobs.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { loadRegions } from '#records/register/regions.ts'
import { carrier } from '#test/carrier.ts'
import { cast, world, type World } from '#test/world.ts'

const phone = '13800138000'

let w: World
let its: Awaited<ReturnType<typeof carrier>>
let m: Matter
beforeAll(async () => {
  w = await world()
  its = await carrier()
  w.on.gateway = httpGateway(its.url)
  await w.run(cast.clockwork, async (tx) => {
    await loadRegions(tx, { provinces: ['63'], toLevel: 3 })
    await tx.db.insertInto('account').values(reached()).execute()
  })
})
beforeEach(async () => {
  w.at('2026-03-02')
  its.reset()
  await w.on.jobs.deleteQueuedJobs('effect') // what an earlier test left to be tried again comes due on a slow machine
  m = await w.filed({ contact: 'sms' })
})
afterAll(async () => {
  await its.close()
  await w[Symbol.asyncDispose]()
})

const reached = () => ({
  id: cast.li.id,
  kind: 'citizen' as const,
  phone: seal(w.on.keyring, phone, { table: 'account', column: 'phone', row: cast.li.id, region: '' }),
  created_at: w.now(),
})
const toLi = () =>
  w.run(cast.clockwork, (tx) =>
    tx.db
      .selectFrom('message')
      .select(['id', 'status', 'channel'])
      .where('matter', '=', m.id)
      .where('account', '=', cast.li.id)
      .executeTakeFirstOrThrow(),
  )
const text = (isLastTry = false) =>
  runEffect(w.on, effects, { effect: 'confirmReceipt.text', region: m.region, id: m.id, seq: 1 }, w.now(), isLastTry)
const failed = () => text(true).catch(() => {})

describe('a message whose text the carrier does not take', () => {
  beforeEach(async () => {
    its.answers(503)
    await w.settle().catch(() => {})
  })

  test('stands all the same, and its text waits to be tried again', async () => {
    expect(await toLi()).toMatchObject({ status: 'queued', channel: 'page' })
  })

  test('is marked as failed after the last try, in words at the desk, and sent when a person has it tried again', async () => {
    await failed()
    expect(await toLi()).toMatchObject({ status: 'failed', channel: 'page' })
    const { messages } = await w.run(cast.wang, (tx) => viewMatter(tx, m))
    expect(messages.map(({ status }) => status)).toContain('短信没有发出去')
    its.answers(200)
    await text()
    expect(await toLi()).toMatchObject({ status: 'sent', channel: 'sms' })
  })

  test('leaves no text once the person took their word back meanwhile (反家庭暴力法 §5)', async () => {
    await w.run(cast.li, (tx) => saveAnswer(tx, m, 'contact', { safe: 'none' }, 'web'))
    its.answers(200)
    its.taken.length = 0
    await text()
    expect(its.taken).toEqual([])
    expect(await toLi()).toMatchObject({ status: 'shown', channel: 'page' })
    await w.run(cast.clockwork, (tx) => tx.db.updateTable('matter').set({ erased_at: w.now() }).where('id', '=', m.id).execute())
  })
})

describe('a message whose text is taken', () => {
  test('has one id at every try, by which the carrier knows a repeat, and is not sent again once taken', async () => {
    its.answers(503)
    await w.settle().catch(() => {})
    its.answers(200)
    await text()
    await text()
    const { id } = await toLi()
    expect(its.taken.map((one) => [one.id, one.to])).toEqual([
      [id, phone],
      [id, phone],
    ])
  })

  test('stands in the records before the carrier hears of it: no transaction waits for a carrier', async () => {
    const seen: string[] = []
    its.hears(async ({ id }: Outgoing) => {
      const row = await w.run(cast.clockwork, (tx) =>
        tx.db.selectFrom('message').select('status').where('id', '=', id).executeTakeFirstOrThrow(),
      )
      seen.push(row.status)
    })
    await w.settle()
    expect(seen).toEqual(['queued'])
    expect(await toLi()).toMatchObject({ status: 'sent' })
  })
})
