import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashPassword, newTotpSecret } from '#platform/doors/credentials.ts'
import { addStaff, disableAccount, type NewStaff } from '#records/accounts/accounts.ts'
import { cast, world, type World } from '#test/world.ts'
import { demoAccounts, demoPassword, demoTotpSecret } from '../../../seed/demo-accounts.ts'
import { refuseDemoAccounts } from './demo-refusal.ts'

let w: World
beforeEach(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
})
afterEach(() => w[Symbol.asyncDispose]())

const demo = demoAccounts[0]!
const start = () => refuseDemoAccounts(w.on, w.now())

async function add(its: Partial<NewStaff>): Promise<string> {
  const passwordHash = its.passwordHash ?? (await hashPassword('我今天在山路上看见一匹马'))
  return w.run(cast.clockwork, (tx) =>
    addStaff(tx, { kind: 'staff', login: 'own.login', name: '某某', totpSecret: newTotpSecret(), ...its, passwordHash }),
  )
}

test('a production service starts among people of its own', async () => {
  await add({})
  await expect(start()).resolves.toBeUndefined()
})

test.each([
  ['id', { id: demo.id }],
  ['login', { login: demo.login }],
  ['authenticator secret', { totpSecret: demoTotpSecret }],
] as const)('it does not start beside an account that has the %s of a demo account', async (_, its) => {
  await add(its)
  await expect(start()).rejects.toThrow(/Demo accounts can sign in here/)
})

test('it does not start beside accounts under other names that share the password the demo prints', async () => {
  const passwordHash = await hashPassword(demoPassword)
  await add({ login: 'one', passwordHash })
  await add({ login: 'two', passwordHash })
  await expect(start()).rejects.toThrow('one, two')
})

test('it starts once they are shut', async () => {
  const id = await add({ login: demo.login })
  await w.run(cast.clockwork, (tx) => disableAccount(tx, id, 'left'))
  await expect(start()).resolves.toBeUndefined()
})
