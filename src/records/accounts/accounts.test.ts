import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { over } from '#kernel/actor.ts'
import { hashPassword } from '#platform/doors/credentials.ts'
import { unseal } from '#platform/keys/crypto.ts'
import { openSession } from '#platform/doors/sessions.ts'
import { cast, world, type World } from '#test/world.ts'
import { accountPlace, addAnonymousCitizen, addStaff, disableAccount, findAccountByLogin, findOrAddCitizenByPhone } from './accounts.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const staff = async (login: string, region = '630102') =>
  w.run(cast.clockwork, async (tx) =>
    addStaff(tx, {
      kind: 'staff',
      login,
      name: '王审',
      grants: over(region, 'reviewer'),
      passwordHash: await hashPassword('a long enough one'),
      totpSecret: 'JBSWY3DPEHPK3PXP',
      phone: '19900000003',
    }),
  )

describe('accounts and their doors', () => {
  test('a citizen is found again by the number they typed, in whatever width', async () => {
    const first = await w.run(cast.clockwork, (tx) => findOrAddCitizenByPhone(tx, '19900000001'))
    expect(await w.run(cast.clockwork, (tx) => findOrAddCitizenByPhone(tx, '１９９ 0000 0001'))).toBe(first)
    expect(await w.run(cast.clockwork, (tx) => findOrAddCitizenByPhone(tx, '19900000009'))).not.toBe(first)
    expect(await w.run(cast.clockwork, addAnonymousCitizen)).not.toBe(first)
  })
  test('telephone and authenticator secret are sealed in their own column', async () => {
    const id = await staff('one')
    const row = await w.run(cast.clockwork, (tx) => findAccountByLogin(tx, 'one'))
    expect(JSON.stringify(row)).not.toMatch(/19900000003|JBSWY3DPEHPK3PXP/)
    expect(unseal(w.on.keyring, String(row?.totp_secret), accountPlace(id, 'totp_secret'))).toBe('JBSWY3DPEHPK3PXP')
    expect(() => unseal(w.on.keyring, String(row?.phone), accountPlace(id, 'totp_secret'))).toThrow(/copied from another/)
  })
  test('a login is given once', async () => {
    await staff('two')
    await expect(staff('two')).rejects.toMatchObject({ code: 'invalid', detail: { issues: [{ path: 'login', code: 'taken' }] } })
  })
  test('accounts exist for nobody but the door itself', async () => {
    await staff('three')
    expect(await w.run(cast.he, (tx) => findAccountByLogin(tx, 'three'))).toBeUndefined()
    await expect(w.run(cast.he, addAnonymousCitizen)).rejects.toThrow(/row-level security/)
  })
  test('a shut account is out at once and its sessions end', async () => {
    const id = await staff('four', '632621')
    await w.run(cast.clockwork, (tx) => openSession(tx, id))
    await w.run(cast.clockwork, (tx) => disableAccount(tx, id, cast.he.id))
    expect(await w.run(cast.clockwork, (tx) => findAccountByLogin(tx, 'four'))).toBeUndefined()
    expect(await w.run(cast.clockwork, (tx) => tx.db.selectFrom('session').selectAll().where('account', '=', id).execute())).toEqual([])
  })
})
