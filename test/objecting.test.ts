import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { matterByCode } from '#api/portal/visiting.ts'
import type { Matter } from '#kernel/matter.ts'
import { refused, why } from './scenarios/scene.ts'
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

let m: Matter
beforeEach(async () => {
  w.at('2026-04-17')
  m = await refused(w)
  await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
})

const object = async (more: Record<string, string> = {}) => li.post(`/m/${m.code}/object`, { key: v7(), ...more })
const codeOf = async (asked: ReturnType<typeof object>) => String((await asked).headers.location).slice('/m/'.length)
const read = async (code: string) => (await li.get(`/m/${code}`)).body
const byCode = (code: string) => w.run(cast.li, (tx) => matterByCode(tx, code))

describe('a refusal that was objected to', () => {
  test('is not offered to be objected to again: the objection stands in its place (法律援助法 §49(1))', async () => {
    expect(await read(m.code)).toContain(`action="/m/${m.code}/object"`)
    const objection = await codeOf(object())
    const html = await read(m.code)
    expect(html).not.toContain('/object"')
    expect(html).not.toContain('如果不服，可以在上面写明的期限内')
    expect(html).toMatch(new RegExp(`href="/m/${objection}">您已经提出异议（司法局审查中）`))
  })

  test('is objected to once, even after the bureau has answered (法律援助法 §49(3))', async () => {
    const objection = await codeOf(object())
    await w.act(cast.bai, await byCode(objection), 'uphold', { reason: why, servedOn: '2026-04-17' })
    expect((await object()).statusCode).toBe(409)
    expect(await read(m.code)).toMatch(new RegExp(`href="/m/${objection}">您已经提出异议（维持原决定）`))
  })

  test('may be objected to anew once the objection was withdrawn', async () => {
    const objection = await codeOf(object())
    await li.post(`/m/${objection}/do/withdraw`, { key: v7(), version: '0' })
    expect(await read(m.code)).toContain(`action="/m/${m.code}/object"`)
    expect((await object()).statusCode).toBe(303)
  })
})
