import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { errorsOf } from '#api/portal/flaws.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { choice, choices, day, fen, ownWords, reason } from '#kernel/form.ts'
import type { Matter } from '#kernel/matter.ts'
import { issuesOf } from '#kernel/refusal.ts'
import { engaged, refused } from '#test/scenarios/scene.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

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

describe('what the person says of the result (法律援助法 §59)', () => {
  const outcome = { result: 'won', claimedFen: 2_000_000, recoveredFen: 2_000_000, hearings: 1, meetings: 2 }
  const concluded = async () => w.act(cast.zhao, await engaged(w), 'conclude', { ...outcome, concludedOn: dayOf(w.now()) })
  const nowOf = async ({ code }: Matter) => /<section class="now">.*?<\/section>/s.exec((await li.get(`/m/${code}`)).body)?.[0]
  const told = async ({ code }: Matter) => /<ol class="story"><li>(.*?)<\/li>/s.exec((await li.get(`/m/${code}`)).body)?.[1]

  test('is asked for while it is only reported', async () => {
    expect(await nowOf(await concluded())).toContain('结果要您核实过，才算数。')
  })

  test.each([
    [{ agrees: 'yes' }, /属实吗？：属实</, '您核实过结果了'],
    [{ agrees: 'partly', receivedFen: '8000' }, /属实吗？：只有一部分\n实际收到：8,000 元</, '您说结果不对，法律援助机构会再去查。'],
    [{ agrees: 'no' }, /属实吗？：不属实</, '您说结果不对，法律援助机构会再去查。'],
  ])('is told back as they said it: %j', async (form, words, next) => {
    const m = await concluded()
    expect((await take(m, 'confirmOutcome', form)).statusCode).toBe(303)
    expect(await told(m)).toMatch(/您回复了结果是否属实。/)
    expect(await told(m)).toMatch(words)
    expect(await nowOf(m)).toContain(next)
  })

  test('only in part is asked for the amount, at the field', async () => {
    const { statusCode, body } = await take(await concluded(), 'confirmOutcome', { agrees: 'partly' })
    expect(statusCode).toBe(422)
    expect(body).toMatch(/id="confirm-receivedFen-error">只收到一部分的，请写一共收到多少</)
    expect(body).toMatch(/value="partly"[^>]*checked|checked[^>]*value="partly"/)
  })

  test('an amount that is no number, and no answer at all, are told at the field', async () => {
    const m = await concluded()
    expect((await take(m, 'confirmOutcome', { agrees: 'partly', receivedFen: '不记得' })).body).toMatch(
      /confirm-receivedFen-error">请写一个数/,
    )
    expect((await take(m, 'confirmOutcome')).body).toMatch(/confirm-agrees-error">请选一项</)
  })
})
