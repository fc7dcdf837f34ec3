import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { errorsOf } from '#api/portal/flaws.ts'
import { choice, choices, day, fen, ownWords, reason } from '#kernel/form.ts'
import type { Matter } from '#kernel/matter.ts'
import { issuesOf } from '#kernel/refusal.ts'
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

describe('asking for another lawyer (法律援助法 §55)', () => {
  test('takes a reason in a few words', async () => {
    expect((await take(await engaged(w), 'requestReplacement', { reason: '他一直不接电话。' })).statusCode).toBe(303)
  })

  test('says at the field that it was left empty', async () => {
    const { body } = await take(await engaged(w), 'requestReplacement', { reason: ' ' })
    expect(body).toMatch(/id="requestReplacement-reason-error">这里请写一点，不能空着</)
  })

  test('says at the field that it is too long, and keeps what was typed', async () => {
    const { body } = await take(await engaged(w), 'requestReplacement', { reason: tooLong })
    expect(body).toMatch(/id="requestReplacement-reason-error">写得太长了，请挑要紧的写</)
    expect(body).toContain(tooLong)
  })
})

const [it, one] = [{ zh: '这一项', en: 'This' }, { one: { zh: '一', en: 'One' } }]
const fields = {
  own: ownWords(it),
  reason: reason(it),
  choice: choice(it, one),
  choices: choices(it, one),
  day: day(it),
  fen: fen(it),
}

test.each<[keyof typeof fields, unknown, { message: string; params?: object }]>([
  ['own', undefined, { message: 'answer.required' }],
  ['own', ' ', { message: 'answer.required' }],
  ['reason', '短', { message: 'answer.atLeast', params: { n: 10 } }],
  ['reason', tooLong, { message: 'answer.tooLong' }],
  ['choice', undefined, { message: 'answer.choose' }],
  ['choice', 'two', { message: 'answer.choose' }],
  ['choices', undefined, { message: 'answer.choose' }],
  ['choices', [], { message: 'answer.choose' }],
  ['day', undefined, { message: 'answer.required' }],
  ['day', '2026-02-30', { message: 'answer.invalid' }],
  ['fen', undefined, { message: 'answer.required' }],
  ['fen', '很多', { message: 'answer.number' }],
  ['fen', -1, { message: 'answer.invalid' }],
])('a form of a matter says what is wrong with %s, given %j', (field, value, says) => {
  const { error } = z.object({ [field]: fields[field] }).safeParse({ [field]: value })
  expect(errorsOf({ issues: issuesOf(error?.issues ?? []) }, { [field]: value })).toEqual([{ field, ...says }])
})
