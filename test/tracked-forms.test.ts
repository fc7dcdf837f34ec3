import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { engaged, refused } from './scenarios/scene.ts'
import { signedIn, site, type Browser } from './site.ts'
import { cast, world, type World } from './world.ts'

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

const take = (m: Matter, action: string, form: Record<string, string> = {}) =>
  li.post(`/m/${m.code}/do/${action}`, { key: v7(), version: String(m.version), ...form })
const tooLong = '药'.repeat(2001)

describe('a page on which something was refused', () => {
  test('is left for another look by way of the matter’s own page, whose address can be opened', async () => {
    const m = await engaged(w)
    const { body } = await take(m, 'requestReplacement', { reason: tooLong })
    expect(body).toContain(`back=%2Fm%2F${m.code}"`)
    expect(body).not.toContain('%2Fdo%2F')
  })

  test.each(['do/requestReplacement', 'object'])('opened again at …/%s, is the page of its matter', async (way) => {
    const { code } = way === 'object' ? await refused(w) : await engaged(w)
    const { statusCode, headers } = await li.get(`/m/${code}/${way}`)
    expect([statusCode, headers.location]).toEqual([303, `/m/${code}`])
  })

  test('is nothing to a stranger (个人信息保护法 §9)', async () => {
    const { code } = await engaged(w)
    const chen = await signedIn(w, app, cast.chen)
    expect((await chen.get(`/m/${code}/do/requestReplacement`)).statusCode).toBe(404)
  })
})
