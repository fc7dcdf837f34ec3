import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser, site } from '#test/site.ts'
import { world, type World } from '#test/world.ts'
import { readStaff, welcome } from './staff-command.ts'

let w: World
let app: Awaited<ReturnType<typeof site>>
beforeAll(async () => {
  w = await world()
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const asked = (login: string) => readStaff(['--login', login, '--name', '演示管理员', '--region', '63', '--duties', 'administrator'])
const welcomed = async (login: string) => (await welcome(w.on, asked(login), w.now())).code

async function enrol(code: string) {
  const its = browser(app)
  const { secret } = (await its.json('POST', '/api/enrol/open', { code })).json<{ secret?: string }>()
  const totp = secret ? new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: w.now().getTime() }) : '000000'
  const entered = await its.json('POST', '/api/enrol', { code, password: '山路上看见一匹白色的马走过', totp })
  return { its, status: entered.statusCode }
}

describe('the first administrator of a province (TRUST §3.1)', () => {
  test('sets password and authenticator in the browser by the code the command printed, and is at the accounts', async () => {
    const { its, status } = await enrol(await welcomed('first'))
    expect([status, (await its.json('GET', '/api/users')).statusCode]).toEqual([200, 200])
  })

  test('is given another code while theirs is unused, which makes the first void', async () => {
    const [old, fresh] = [await welcomed('second'), await welcomed('second')]
    expect((await enrol(old)).status).toBe(409)
    expect((await enrol(fresh)).status).toBe(200)
  })

  test('is given none by the command line once they sign in with keys of their own', async () => {
    await enrol(await welcomed('third'))
    await expect(welcomed('third')).rejects.toMatchObject({ code: 'invalid' })
  })

  test('the command takes no password, and says how it is used where something is missing', () => {
    expect(() => readStaff(['--login', 'x', '--name', '演示', '--region', '63', '--duties', 'king'])).toThrow(/fahui staff --login/)
    expect(() => readStaff(['--login', 'x', '--password', 'secret'])).toThrow(/--password/)
  })
})
