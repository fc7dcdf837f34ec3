import { readFile } from 'node:fs/promises'
import { v7 } from 'uuid'
import { speltEntries } from '#platform/keys/said.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { unseal } from '#platform/keys/crypto.ts'
import { openKeyring, rotate } from '#platform/keys/keyring.ts'
import { as } from '#platform/tx.ts'
import { cast, world, type World } from '#test/world.ts'
import { accountPhoneIndex, findOrAddCitizenByPhone } from '#records/accounts/accounts.ts'
import { saveAnswer } from './answers.ts'
import { duplicatesOf } from '#lines/legal-aid/world/duplicates.ts'
import { addParty, addPerson, erase, idNumberIndex, listParties, partyRows, personPlace, recipientNames } from './people.ts'
import { resealAll } from '#records/privacy/reseal.ts'
import { readingsIn } from '#records/privacy/readings.ts'
import { reveal } from '#records/privacy/reveal.ts'
import { composeResidentId } from './resident-id.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const idNumber = composeResidentId('630102', '1988-03-04', 992)
const hai = { kind: 'natural', name: '马海梅', idNumber, phone: '19900000001', address: '青海省西宁市城东区共和路 1 号' } as const
const boss = { kind: 'organisation', name: '青海某建筑公司' } as const

/** A filed application with a recipient and an opponent on file. */
async function withPeople(
  over: { region?: string; opponent?: string; matterCode?: string } = {},
): Promise<Matter & { recipient: string; opponent: string }> {
  const region = over.region ?? '630102'
  const draft = await w.open(cast.li, 'legal-aid', {}, { region })
  const [recipient, opponent] = await w.run(cast.li, async (tx) => {
    const ids = [await addPerson(tx, region, hai), await addPerson(tx, region, { ...boss, name: over.opponent ?? boss.name })] as const
    await addParty(tx, draft, ids[0], 'recipient')
    await addParty(tx, draft, ids[1], 'opponent')
    return ids
  })
  return {
    ...(await w.act(cast.li, draft, 'submit', { ...w.filing, recipient, matterCode: over.matterCode ?? 'M31-5' })),
    recipient,
    opponent,
  }
}

const look = (
  who: Actor,
  m: Matter,
  person: string,
  field: 'name' | 'idNumber' | 'phone' | 'address' = 'idNumber',
  reason = '核对身份信息',
) => w.run(who, (tx) => reveal(tx, m, { person, field, reason }))
const reveals = (m: Matter) =>
  w.run(cast.clockwork, async (tx) =>
    speltEntries(tx, await tx.db.selectFrom('audit').selectAll().where('matter', '=', m.id).where('kind', '=', 'reveal').execute(), ''),
  )

describe('people of a matter', () => {
  test('lists show them masked, to the officer and to the person alike (个人信息保护法 §51)', async () => {
    const m = await withPeople()
    for (const who of [cast.li, cast.wang])
      expect(await w.run(who, (tx) => listParties(tx, m))).toEqual([
        {
          person: m.recipient,
          role: 'recipient',
          kind: 'natural',
          isErased: false,
          isProved: false,
          name: '马×',
          idNumber: `63**************${idNumber.slice(-2)}`,
          phone: '199****0001',
          address: '青海省西宁市城东区***',
        },
        {
          person: m.opponent,
          role: 'opponent',
          kind: 'organisation',
          isErased: false,
          isProved: false,
          name: '青海某建筑公司',
          idNumber: null,
          phone: null,
          address: null,
        },
      ])
    expect(await w.run(cast.wang, (tx) => recipientNames(tx, [m]))).toEqual(new Map([[m.id, '马×']]))
    expect(await w.run(cast.sun, (tx) => listParties(tx, m))).toEqual([])
    expect(await w.run(cast.chen, (tx) => listParties(tx, m))).toEqual([])
  })
  test('naming the same person twice changes nothing', async () => {
    const m = await withPeople()
    await w.run(cast.li, (tx) => addParty(tx, m, m.recipient, 'recipient'))
    expect(await w.run(cast.li, (tx) => listParties(tx, m))).toHaveLength(2)
  })
  test('the row holds nothing of the number, the name or the telephone in clear', async () => {
    const m = await withPeople()
    const row = await w.on.database.owner((db) =>
      db.selectFrom('person').selectAll().where('id', '=', m.recipient).executeTakeFirstOrThrow(),
    )
    const text = JSON.stringify(row)
    for (const planted of [idNumber, idNumber.slice(6, 14), '马海梅', '19900000001', '共和路']) expect(text).not.toContain(planted)
  })
})

describe('looking at a full value', () => {
  test('an officer gives a reason and is recorded in the same transaction; the value is not', async () => {
    const m = await withPeople()
    expect(await look(cast.wang, m, m.recipient)).toBe(idNumber)
    const [row, ...more] = await reveals(m)
    expect(more).toEqual([])
    expect(row).toMatchObject({
      actor: cast.wang.id,
      region: '630102',
      detail: { person: m.recipient, field: 'idNumber', reason: '核对身份信息', relation: 'reviewer' },
    })
    expect(JSON.stringify(row)).not.toContain(idNumber)
  })
  test('a look that is rolled back leaves no record, because nothing was shown', async () => {
    const m = await withPeople()
    const cut = w.run(cast.wang, async (tx) => {
      await reveal(tx, m, { person: m.recipient, field: 'phone', reason: '电话通知补正' })
      throw new Error('power cut')
    })
    await expect(cut).rejects.toThrow('power cut')
    expect(await reveals(m)).toEqual([])
  })
  test('strangers, other counties, managers and auditors see nothing', async () => {
    const m = await withPeople()
    for (const who of [cast.chen, cast.sun, cast.zhao]) await expect(look(who, m, m.recipient)).rejects.toMatchObject({ code: 'not_found' })
    for (const who of [cast.he, cast.ding]) await expect(look(who, m, m.recipient)).rejects.toMatchObject({ code: 'not_permitted' })
    expect(await reveals(m)).toEqual([])
  })
  test('the applicant sees their own side in full; a proxy, and the other side’s data, stay closed', async () => {
    const m = await withPeople()
    expect(await look(cast.li, m, m.recipient, 'name')).toBe('马海梅')
    await expect(look(cast.li, m, m.opponent, 'name')).rejects.toMatchObject({ code: 'not_permitted' })
    await w.act(cast.li, m, 'appointProxy', { proxy: cast.ma.id, consents: true })
    await expect(look(cast.ma, m, m.recipient)).rejects.toMatchObject({ code: 'not_permitted' })
  })
  test('an officer who recused himself looks no more', async () => {
    const m = await withPeople()
    await w.act(cast.guo, m, 'recuse', { reason: '与申请人有亲属关系，依规回避' })
    await expect(look(cast.guo, m, m.recipient)).rejects.toMatchObject({ code: 'not_permitted' })
  })
  test('a reason of four characters is none; a value that is not known is not found', async () => {
    const m = await withPeople()
    await expect(look(cast.wang, m, m.recipient, 'phone', ' 看一下 ')).rejects.toMatchObject({ code: 'invalid' })
    await expect(look(cast.wang, m, m.opponent, 'phone')).rejects.toMatchObject({ code: 'not_found' })
    await expect(look(cast.wang, m, v7())).rejects.toMatchObject({ code: 'not_found' })
  })
  test('past the day’s cap nobody new may be looked up, until tomorrow (个人信息保护法 §51)', async () => {
    w.at('2026-04-01')
    const setting = { region: '630102', key: 'reveal.dailyPersons', valid_from: '2026-04-01', value: '2', decided_by: 'test' }
    await w.run(cast.clockwork, async (tx) => {
      await tx.db.insertInto('setting').values(setting).execute()
      await tx.on.settings.reload(tx.db)
    })
    const [a, b, c] = [await withPeople(), await withPeople(), await withPeople()]
    await look(cast.liu, a, a.recipient)
    await look(cast.liu, b, b.recipient)
    await expect(look(cast.liu, c, c.recipient)).rejects.toMatchObject({ code: 'too_many_tries' })
    expect(await look(cast.liu, a, a.recipient, 'phone')).toBe('19900000001')
    expect(await look(cast.guo, c, c.recipient)).toBe(idNumber)
    w.at('2026-04-02')
    expect(await look(cast.liu, c, c.recipient)).toBe(idNumber)
  })
  test('the person reads who looked a day later, in what role, on which day and why, and no name (个人信息保护法 §44)', async () => {
    w.at('2026-03-05')
    const m = await withPeople()
    await look(cast.wang, m, m.recipient, 'phone', '电话通知补正')
    await look(cast.li, m, m.recipient, 'name', '看看我自己的')
    const at = w.now()
    expect(await w.run(cast.li, (tx) => readingsIn(tx, m))).toEqual([])
    w.at('2026-03-06')
    expect(await w.run(cast.li, (tx) => readingsIn(tx, m))).toEqual([
      { matter: m.id, relation: 'reviewer', day: '2026-03-05', kind: 'reveal', purpose: '电话通知补正', at, times: 1 },
    ])
    expect(await w.run(cast.chen, (tx) => readingsIn(tx, m))).toEqual([])
  })
})

describe('finding the same person', () => {
  test('the index of a number is the same in a province and another one elsewhere', () => {
    const ring = w.on.keyring
    expect(idNumberIndex(ring, '630102', idNumber)).toBe(idNumberIndex(ring, '632621', ` ${idNumber.toLowerCase()} `))
    expect(idNumberIndex(ring, '630102', idNumber)).not.toBe(idNumberIndex(ring, '210102', idNumber))
  })
  test('a second application for the same person, matter and opponent is found; another opponent’s, matter’s or province’s is not (法律援助法 §38)', async () => {
    await using fresh = await world()
    const outer = w
    w = fresh
    const first = await withPeople()
    const second = await withPeople({ opponent: '青海 某建筑公司' })
    await withPeople({ opponent: '另一家公司' })
    await withPeople({ matterCode: 'M31-7' })
    await withPeople({ region: '210102' })
    expect((await w.run(cast.wang, (tx) => duplicatesOf(tx, first))).map(({ id }) => id)).toEqual([second.id])
    expect((await w.run(cast.wang, (tx) => duplicatesOf(tx, second))).map(({ id }) => id)).toEqual([first.id])
    w = outer
  })
})

describe('erasure and key rotation', () => {
  test('an erased person leaves a row without values, and cannot be found (个人信息保护法 §47)', async () => {
    const m = await withPeople()
    await w.run(cast.wang, (tx) => erase(tx, m.region, m.recipient))
    expect((await w.run(cast.wang, (tx) => listParties(tx, m)))[0]).toMatchObject({
      isErased: true,
      name: null,
      idNumber: null,
      phone: null,
      address: null,
    })
    const [row] = await w.run(cast.wang, (tx) => partyRows(tx, [m]))
    expect(row).toMatchObject({ id_number_index: null, phone_index: null })
    expect(await w.read(m)).toMatchObject({ state: 'submitted' })
  })
  test('after a rotation every value is under the new key, in batches, and the old key may go', async () => {
    await using fresh = await world()
    const outer = w
    w = fresh
    const m = await withPeople()
    await withPeople()
    await w.run(cast.li, (tx) => saveAnswer(tx, m, 'story', { story: '干了活不给钱' }, 'web'))
    const citizen = await w.run(cast.clockwork, (tx) => findOrAddCitizenByPhone(tx, '19900000002'))
    const old = w.on.keyring.current
    await rotate(w.dir)
    const keyring = await openKeyring(w.dir, 'aes256gcm')
    expect(await as({ ...w.on, keyring }, cast.li, w.now(), (tx) => listParties(tx, m))).toHaveLength(2)
    expect(await resealAll({ ...w.on, keyring }, w.now(), 2)).toEqual({ rows: 6, files: 0 })
    expect(await resealAll({ ...w.on, keyring }, w.now(), 2)).toEqual({ rows: 0, files: 0 })
    const without = { ...keyring, keys: new Map([...keyring.keys].filter(([kid]) => kid !== old)), learn: () => undefined }
    const row = await w.on.database.owner((db) =>
      db.selectFrom('person').selectAll().where('id', '=', m.recipient).executeTakeFirstOrThrow(),
    )
    const readable = (sealed: unknown, field: 'name' | 'idNumber' | 'phone' | 'address') =>
      unseal(without, String(sealed), personPlace(m.region, m.recipient, field))
    expect([
      readable(row.name, 'name'),
      readable(row.id_number, 'idNumber'),
      readable(row.phone, 'phone'),
      readable(row.address, 'address'),
    ]).toEqual([hai.name, idNumber, hai.phone, hai.address])
    expect(await as({ ...w.on, keyring: without }, cast.clockwork, w.now(), (tx) => findOrAddCitizenByPhone(tx, '19900000002'))).toBe(
      citizen,
    )
    expect(accountPhoneIndex(without, '199 0000 0002')).toBe(accountPhoneIndex(keyring, '19900000002'))
    expect(await readFile(`${w.dir}/keys/current`, 'utf8')).toContain(keyring.current)
    w = outer
  })
})
