import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eraseMatter } from '#records/privacy/erasure.ts'
import { loadRegions } from '#records/register/regions.ts'
import { plantedCase, plantedDraft } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
})
beforeEach(async () => {
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const offered = async () => /\/m\/[0-9A-Z]{10}\/next/.exec((await li.get('/')).body)?.[0]

describe('the front door offers to go on', () => {
  test('with what was begun and not sent, behind whatever was sent since', async () => {
    const draft = await plantedDraft(w)
    w.at('2026-04-01T09:10')
    await plantedCase(w)
    expect(await offered()).toBe(`/m/${draft.code}/next`)
    expect((await li.get(`/m/${draft.code}/next`)).statusCode).toBe(303)
    await w.run(cast.clockwork, (tx) => eraseMatter(tx, draft))
  })

  test('with nothing that was erased: its page is gone (个人信息保护法 §47)', async () => {
    const draft = await plantedDraft(w)
    await w.run(cast.clockwork, (tx) => eraseMatter(tx, draft))
    expect(await offered()).toBeUndefined()
  })
})
