import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { takeAction } from '#api/matter/matters.ts'
import { citeText } from '#kernel/cite.ts'
import { cast, world, type World } from '#test/world.ts'
import { addStaff } from '#records/accounts/accounts.ts'
import { reading as noticeReading } from '#lines/criminal-notice/world/reading.ts'
import { candidatesFor } from './candidates.ts'
import { reading } from './case-reading.ts'
import { nearestOffices } from '#records/register/offices.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { composeResidentId } from '#records/people/resident-id.ts'

let w: World
beforeAll(async () => {
  w = await world('2026-06-15T10:00:00+08:00')
})
afterAll(() => w[Symbol.asyncDispose]())
beforeEach(() =>
  w.on.database.owner(async (db) => {
    for (const table of ['conflict_fact', 'account', 'practitioner'] as const) await db.deleteFrom(table).execute()
  }),
)

/** A firm in a county. */
async function firm(region = '630102'): Promise<string> {
  const id = v7()
  await w.run(cast.clockwork, (tx) =>
    tx.db
      .insertInto('office')
      .values({ region, id, kind: 'lawFirm', name: `律所${id.slice(-4)}`, short: '所', valid_from: '2020-01-01' })
      .execute(),
  )
  return id
}

/** A lawyer of ten years with an account; `over` changes what the register says. */
async function lawyer(
  name: string,
  office: string,
  over: Record<string, unknown> = {},
): Promise<{ practitioner: string; account: string }> {
  const [practitioner, account] = [v7(), v7()]
  const region = typeof over['region'] === 'string' ? over['region'] : '630102'
  await w.run(cast.clockwork, async (tx) => {
    const row = {
      region,
      id: practitioner,
      office,
      name,
      kind: 'lawyer' as const,
      licence: '16301201610000001',
      licence_from: '2016-01-01',
      assessed_year: 2025,
      ...over,
    }
    await tx.db.insertInto('practitioner').values(row).execute()
    await addStaff(tx, {
      id: account,
      kind: 'provider',
      login: account,
      name,
      passwordHash: 'x',
      totpSecret: 'JBSWY3DPEHPK3PXP',
      practitioner,
    })
  })
  return { practitioner, account }
}

/** A granted claim after a road accident against a driver and an insurer. */
async function crash(over: { recipientId?: string; opponentId?: string; region?: string; topic?: string } = {}): Promise<Matter> {
  const region = over.region ?? '630102'
  const draft = await w.open(cast.li, 'legal-aid', {}, { region })
  await w.run(cast.li, async (tx) => {
    await addParty(tx, draft, await addPerson(tx, region, { kind: 'natural', name: '李四', idNumber: over.recipientId }), 'recipient')
    await addParty(tx, draft, await addPerson(tx, region, { kind: 'natural', name: '王五', idNumber: over.opponentId }), 'opponent')
  })
  return w.act(cast.li, draft, 'submit', { ...w.filing, matterCode: 'M31-7', topic: over.topic ?? 'traffic' })
}

const noted = (m: Matter, practitioner: string, code: string) =>
  w.run(cast.guo, (tx) =>
    tx.db
      .insertInto('conflict_fact')
      .values({ region: m.region, id: v7(), matter: m.id, practitioner, code, noted_by: cast.guo.id, at: tx.now })
      .execute(),
  )
const candidates = (m: Matter, options = {}) =>
  w.run(cast.clockwork, (tx) => candidatesFor(tx, m, m.line === 'criminal-notice' ? noticeReading : reading, options))
const verdicts = async (m: Matter, options = {}) =>
  Object.fromEntries(
    (await candidates(m, options)).map(({ name, verdict, reasons }) => [name, [verdict, ...reasons.map(({ code }) => code)]]),
  )

describe('who may be sent (律师法 §23, §39, §41; AC-10)', () => {
  test('in a traffic case A advised the insurer, B is kin of the driver, C’s colleague acts for the insurer, D left the procuratorate 18 months ago, and E is clean', async () => {
    const m = await crash()
    const a = await lawyer('A', await firm())
    const b = await lawyer('B', await firm())
    const c = await lawyer('C', await firm())
    await lawyer('D', await firm(), { left_bench_on: '2024-12-15' })
    const e = await lawyer('E', await firm())
    for (const [one, code] of [
      [a, 'C1'],
      [b, 'C2'],
      [c, 'C3'],
    ] as const)
      await noted(m, one.practitioner, code)
    const found = await candidates(m)
    expect(Object.fromEntries(found.map(({ name, verdict, reasons }) => [name, [verdict, ...reasons.map(({ code }) => code)]]))).toEqual({
      E: ['assignable'],
      C: ['hold', 'C3'],
      A: ['block', 'C1'],
      B: ['block', 'C2'],
      D: ['block', 'C6'],
    })
    expect(found[0]).toMatchObject({ name: 'E', practitioner: e.practitioner, account: e.account, openCases: 0, kind: 'lawyer' })
    expect(found.at(-1)?.verdict).toBe('block')
    expect(citeText(found.find(({ name }) => name === 'D')!.reasons[0]!.article)).toBe('《律师法》第四十一条') // just asserted
  })
  test('the colleagues of whoever advised the other side are held for the firm’s check', async () => {
    const m = await crash()
    const [office, other] = [await firm(), await firm()]
    const a = await lawyer('A', office)
    await lawyer('colleague', office)
    await lawyer('other', other)
    await noted(m, a.practitioner, 'C1')
    expect(await verdicts(m)).toEqual({ other: ['assignable'], colleague: ['hold', 'C3'], A: ['block', 'C1'] })
  })
  test('whoever was assigned to the other side of the same dispute, in any county of the province, is blocked', async () => {
    const [mine, theirs] = [composeResidentId('630102', '1980-01-01', 991), composeResidentId('630102', '1981-01-01', 992)]
    const m = await crash({ recipientId: mine, opponentId: theirs })
    const mirror = await crash({ recipientId: theirs, opponentId: mine, region: '630202' })
    const a = await lawyer('A', await firm())
    const sun = cast.sun
    await w.act(sun, mirror, 'assess', { assessment: v7(), proposal: 'grant', urgent: false, topPriority: false })
    await w.act(sun, mirror, 'grant')
    await w.act(sun, mirror, 'assign', { practitioner: a.practitioner, provider: a.account, office: v7(), verdict: 'assignable' })
    expect(await verdicts(m)).toMatchObject({ A: ['block', 'C1'] })
    expect((await candidates(m)).find(({ name }) => name === 'A')?.openCases).toBe(1)
    expect(await verdicts(await crash())).toMatchObject({ A: ['assignable'] })
  })
  test('a licence counts on the day: suspended, expired and not yet valid are blocked (律师法 §13)', async () => {
    const m = await crash()
    const office = await firm()
    await lawyer('suspended', office, { suspended_from: '2026-06-01', suspended_to: '2026-06-15' })
    await lawyer('restored', office, { suspended_from: '2026-06-01', suspended_to: '2026-06-14' })
    await lawyer('expired', office, { licence_to: '2026-06-14' })
    await lawyer('future', office, { licence_from: '2026-06-16' })
    await lawyer('unassessed', office, { assessed_year: 2022 })
    expect(await verdicts(m)).toEqual({
      restored: ['assignable'],
      suspended: ['block', 'C8'],
      expired: ['block', 'C8'],
      future: ['block', 'C8'],
      unassessed: ['block', 'assessment'],
    })
  })
  test('a minor, by the number on file, gets a lawyer familiar with minors (未成年人保护法 §104)', async () => {
    const m = await crash({ recipientId: composeResidentId('630102', '2010-06-16', 991) })
    const office = await firm()
    await lawyer('plain', office)
    await lawyer('familiar', office, { is_familiar_with_minors: true })
    expect(await verdicts(m)).toEqual({ familiar: ['assignable'], plain: ['block', 'minors'] })
  })
  test('where life is at stake two years of defence are not enough (法律援助法 §26)', async () => {
    const notice = await w.open(cast.wang, 'criminal-notice', {
      ground: 'lifeOrDeath',
      stage: 'trial',
      organ: '某法院',
      organNumber: '1 号',
    })
    const office = await firm()
    await lawyer('two', office, { criminal_defence_since: '2023-06-16' })
    await lawyer('three', office, { criminal_defence_since: '2023-06-15' })
    expect(await verdicts(notice)).toEqual({ three: ['assignable'], two: ['block', 'experience'] })
  })
  test('the county is asked first; with fewer than three to send the prefecture is asked too', async () => {
    const m = await crash()
    const office = await firm()
    for (const name of ['a', 'b']) await lawyer(name, office)
    await lawyer('neighbour', await firm('630121'), { region: '630121' })
    await lawyer('far', await firm('632621'), { region: '632621' })
    expect(Object.keys(await verdicts(m)).toSorted()).toEqual(['a', 'b', 'neighbour'])
    await lawyer('c', office)
    expect(Object.keys(await verdicts(m)).toSorted()).toEqual(['a', 'b', 'c'])
  })
  test('a firm conflict is lifted by both parties’ consent only where the county has nobody else', async () => {
    const m = await crash()
    const c = await lawyer('C', await firm())
    await noted(m, c.practitioner, 'C3')
    expect(await verdicts(m)).toEqual({ C: ['hold', 'C3'] })
    expect(await verdicts(m, { bothConsent: true })).toEqual({ C: ['assignable'] })
    await lawyer('E', await firm())
    expect(await verdicts(m, { bothConsent: true })).toMatchObject({ C: ['hold', 'C3'], E: ['assignable'] })
  })
  describe('a firm conflict in a county with nobody else (律师法 §23)', () => {
    const why = '双方均书面同意，本县没有其他律师'
    const assign = (m: Matter, practitioner: string, more: Record<string, unknown> = {}) =>
      w.run(cast.guo, (tx) => takeAction(tx, m, 'assign', { key: v7(), input: { practitioner, ...more } }))
    /** A grant, the one lawyer of the county held for his firm, and a free one in the next county. */
    async function alone() {
      const m = await crash()
      await w.assessed(m)
      await w.act(cast.wang, m, 'grant')
      const held = await lawyer('C', await firm())
      await noted(m, held.practitioner, 'C3')
      const neighbour = await lawyer('N', await firm('630121'), { region: '630121' })
      return { m, held, neighbour }
    }

    test('is lifted by both parties’ consent, though a lawyer of the next county is free', async () => {
      const { m, held } = await alone()
      expect(await assign(m, held.practitioner, { bothConsent: true, reason: why })).toMatchObject({
        state: 'assigned',
        seats: { assignee: [{ account: held.account }] },
      })
    })
    test('stands without consent, and without saying why', async () => {
      const { m, held } = await alone()
      for (const more of [{}, { reason: why }, { bothConsent: true }])
        await expect(assign(m, held.practitioner, more)).rejects.toMatchObject({ code: 'conflict_of_interest' })
    })
    test('keeps nobody from sending the neighbour instead', async () => {
      const { m, neighbour } = await alone()
      expect(await assign(m, neighbour.practitioner, { bothConsent: true, reason: why })).toMatchObject({
        seats: { assignee: [{ account: neighbour.account }] },
      })
    })
    test('stands, consent or not, once the county has another', async () => {
      const { m, held } = await alone()
      await lawyer('E', await firm())
      await expect(assign(m, held.practitioner, { bothConsent: true, reason: why })).rejects.toMatchObject({ code: 'conflict_of_interest' })
    })
  })
  test('whoever reported an interest in this matter is not sent again; the specialist goes first (法律援助法 §46)', async () => {
    const m = await crash()
    const office = await firm()
    const a = await lawyer('A', office)
    await lawyer('B', office)
    await lawyer('S', office, { specialisms: ['traffic'] })
    await w.assessed(m)
    await w.act(cast.wang, m, 'grant')
    await w.act(cast.guo, m, 'assign', { practitioner: a.practitioner, provider: a.account, office, verdict: 'assignable' })
    await w.act({ ...cast.zhao, id: a.account }, m, 'reportConflict', { cause: 'conflict', reason: '与对方当事人是近亲属，不能继续办理' })
    expect((await candidates(m)).map(({ name, verdict }) => [name, verdict])).toEqual([
      ['S', 'assignable'],
      ['B', 'assignable'],
      ['A', 'block'],
    ])
  })
  test('a practitioner whose account is shut cannot be sent; the director reads the same list as the system', async () => {
    const m = await crash()
    const a = await lawyer('A', await firm())
    expect(await w.run(cast.guo, (tx) => candidatesFor(tx, m, reading))).toEqual(await candidates(m))
    await w.on.database.owner((db) =>
      db
        .updateTable('account')
        .set({ disabled_at: new Date(0) })
        .where('id', '=', a.account)
        .execute(),
    )
    expect(await candidates(m)).toEqual([])
  })
})

describe('where to go', () => {
  test('the nearest office is the village’s, then the county’s, then the prefecture’s', async () => {
    const add = (region: string, kind: string, name: string, valid_to: string | null = null) =>
      w.run(cast.clockwork, (tx) =>
        tx.db
          .insertInto('office')
          .values({ region, id: v7(), kind, name, short: '', hours: '周一至周五 9:00–17:30', valid_from: '2020-01-01', valid_to })
          .execute(),
      )
    await add('6325', 'legalAidAgency', '州中心')
    await add('632521', 'legalAidAgency', '县中心')
    await add('632521', 'serviceStation', '已撤的站', '2025-12-31')
    await add('632521100', 'serviceStation', '镇上的站')
    await add('632522', 'legalAidAgency', '邻县中心')
    const names = async (code: string) => (await w.run(cast.li, (tx) => nearestOffices(tx, code))).map(({ name }) => name)
    expect(await names('632521100201')).toEqual(['镇上的站', '县中心', '州中心', '邻县中心', '省法律援助中心（演示）'])
  })
})
