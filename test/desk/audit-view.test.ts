import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, enrolled, password, totpAt } from '#test/newcomers.ts'
import { officer } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

const start = '2026-04-01T09:00'
const [first, other] = [officer('63', 'administrator'), officer('63', 'administrator')]
let w: World
let app: FastifyInstance
let by: Browser
let second: Browser
beforeAll(async () => {
  w = await world(`${start}:00+08:00`)
  app = await site(w)
})
beforeEach(async () => {
  w.at(start)
  by = await signedIn(w, app, first)
  second = await signedIn(w, app, other)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const colleague = () => enrolled({ w, app, by, second })

describe('the audit, to auditors', () => {
  test('what an administrator does stands there in the region’s name, with who and about whom', async () => {
    const auditor = await signedIn(w, app, officer('6301', 'auditor'))
    const { id } = await colleague()
    const rows = (await ask(auditor, `/api/audit?kind=accountChanged&actor=${first.id}`)).body as unknown as Record<string, unknown>[]
    expect(rows.find(({ detail }) => (detail as { account: string }).account === id)).toMatchObject({
      whoName: '演示人员',
      accountName: '演示新人',
      regionName: '青海省西宁市城东区',
    })
    expect(rows.every(({ kind, actor }) => kind === 'accountChanged' && actor === first.id)).toBe(true)
  })

  test('a sign-in is the doing of whoever signed in, and is found by their name', async () => {
    const auditor = await signedIn(w, app, officer('6301', 'auditor'))
    const { id, login, its, secret } = await colleague()
    w.at('2026-04-01T09:10')
    await ask(its, '/api/sign-in', { login, password: '不对的密码不对的密码', totp: '000000' })
    await ask(its, '/api/sign-in', { login, password, totp: totpAt(w, secret) })
    const people = (await ask(auditor, `/api/audit/people?q=${login}`)).body as unknown as { id: string }[]
    expect(people).toEqual([{ id, name: '演示新人', regionName: '青海省西宁市城东区' }])
    const lines = async (query: string) => (await ask(auditor, `/api/audit?${query}`)).body as unknown as Record<string, unknown>[]
    expect(await lines(`kind=signIn&actor=${people[0]?.id}`)).toMatchObject([
      { who: id, whoName: '演示新人', detail: { by: 'password' } },
      { who: id, whoName: '演示新人', detail: { by: 'enrolment' } },
    ])
    expect((await lines('kind=signInFailed'))[0]).toMatchObject({ actor: 'system', who: id, whoName: '演示新人' })
    expect((await ask(await signedIn(w, app, officer('21', 'auditor')), `/api/audit/people?q=${login}`)).body).toEqual([])
  })

  test('who opened a file is found by its number', async () => {
    const auditor = await signedIn(w, app, officer('6301', 'auditor'))
    const m = await w.filed()
    await ask(await signedIn(w, app, cast.wang), `/api/matters/${m.region}/${m.id}`)
    const found = async (number: string) => (await ask(auditor, `/api/audit?number=${encodeURIComponent(number)}`)).body
    expect(await found(m.number!)).toMatchObject([{ kind: 'viewMatter', number: m.number, matter: m.id, who: cast.wang.id }]) // it was filed
    expect(await found('（2026）没有的案号')).toEqual([])
  })

  test('a page goes on where the last ended, and the days bound it', async () => {
    const auditor = await signedIn(w, app, officer('63', 'auditor'))
    await colleague()
    const page = async (query: string) => (await ask(auditor, `/api/audit?${query}`)).body as unknown as { no: number }[]
    const all = (await page('limit=4')).map(({ no }) => no)
    const next = (await page(`limit=2&before=${all[1]}`)).map(({ no }) => no)
    expect([next, await page('to=2026-03-31'), (await page('from=2026-04-01&to=2026-04-01')).length > 0]).toEqual([all.slice(2), [], true])
  })
})
