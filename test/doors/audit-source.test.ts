import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainOf, isWhole, sealAudit } from '#platform/keys/audit.ts'
import { retain } from '#records/privacy/retain.ts'
import { plantedCase } from '#test/planted.ts'
import { browser, signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Entry = { kind: string; actor: string; from: string | null }
const entries = async (kind: string) => (await (await signedIn(w, app, cast.ding)).json('GET', `/api/audit?kind=${kind}`)).json<Entry[]>()
const sources = () => w.run(cast.clockwork, (tx) => tx.db.selectFrom('audit_source').selectAll().execute())

describe('from where something was done (S-L8)', () => {
  test('is read by the auditors of the place, beside who did it', async () => {
    const { id } = await plantedCase(w)
    const wang = await signedIn(w, app, cast.wang)
    const from = browser(app, '203.0.113.7')
    for (const [name, value] of wang.jar) from.jar.set(name, value)
    expect((await from.json('GET', `/api/matters/${county}/${id}`)).statusCode).toBe(200)
    expect(await entries('viewMatter')).toMatchObject([{ actor: cast.wang.id, from: '203.0.113.7' }])
  })

  test('is noted of a try at the door too', async () => {
    await browser(app, '203.0.113.8').json('POST', '/api/sign-in', { login: 'nobody', password: 'x', totp: '000000' })
    expect(await sources()).toHaveLength(2)
  })

  test('lies sealed, and is seen by no officer, nor by the auditors of another province', async () => {
    expect(JSON.stringify(await sources())).not.toContain('203.0.113')
    for (const who of [cast.wang, cast.he, cast.li])
      expect(await w.run(who, (tx) => tx.db.selectFrom('audit_source').selectAll().execute())).toEqual([])
  })

  test('is forgotten after half a year, and the audit it stood beside is as whole as before (个人信息保护法 §19)', async () => {
    await sealAudit(w.on, w.now())
    w.at('2026-10-01')
    await retain(w.on, w.now())
    expect(await sources()).toEqual([])
    await sealAudit(w.on, w.now())
    expect(isWhole(await chainOf(w.on, w.now()))).toBe(true)
    expect(await entries('viewMatter')).toMatchObject([{ actor: cast.wang.id, from: null }])
  })

  test('is changed by nobody', async () => {
    await browser(app, '203.0.113.8').json('POST', '/api/sign-in', { login: 'nobody', password: 'x', totp: '000000' })
    const took = await w.run(cast.ding, (tx) => tx.db.deleteFrom('audit_source').returning('id').execute())
    expect(took).toEqual([])
  })
})
