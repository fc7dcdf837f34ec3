import type { FastifyInstance } from 'fastify'
import { encode } from 'uqr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealCookie } from '#platform/keys/note.ts'
import { plantedCase } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
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

/** The dark squares of the code as a camera sees them, row by row. */
function squares(html: string): boolean[][] {
  const [, size = '0', path = ''] = /<svg class="qr"[^>]*viewBox="0 0 (\d+) \d+".*?<path d="([^"]+)"><\/path><\/svg>/s.exec(html) ?? []
  const seen = Array.from({ length: Number(size) }, () => Array.from({ length: Number(size) }, () => false))
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) seen[Number(y)]?.fill(true, Number(x), Number(x) + Number(length))
  return seen
}

const begin = async (who: Browser, story: string) =>
  String((await who.post('/', { story, county })).headers.location)
    .replace('/m/', '')
    .replace('/next', '')
const secretShown = (html: string) => /口令<\/dt><dd>([0-9A-Z]+)</.exec(html)?.[1]

test('of two drafts in one browser each keeps its own secret in sight, and both open elsewhere (法律援助法 §38)', async () => {
  const he = browser(app)
  const [first, second] = [await begin(he, '洗了半年碗，没拿到工钱。'), await begin(he, '骑车上班被货车撞了。')]
  const shown = async (code: string, who = he) => secretShown((await who.get(`/m/${code}/q/notice`)).body)
  const secret = await shown(first)
  expect([secret, await shown(second), secret === (await shown(second))]).toEqual([expect.any(String), expect.any(String), false])
  const elsewhere = browser(app)
  await elsewhere.post('/return', { code: first, secret: ` ${secret?.toLowerCase()} ` })
  expect(await shown(first, elsewhere)).toBe(secret)
})

test('a browser remembers the secrets of the last five matters, and none after signing out', async () => {
  const he = browser(app)
  const codes = []
  for (const n of [1, 2, 3, 4, 5, 6]) codes.push(await begin(he, `第${n}件事，说来话长。`))
  const seen = await Promise.all(codes.map(async (code) => secretShown((await he.get(`/m/${code}/q/notice`)).body) !== undefined))
  expect(seen).toEqual([false, true, true, true, true, true])
  await he.post('/sign-out', {})
  expect(he.jar.has('__Host-fahui-secret')).toBe(false)
})

test('a receipt without the secret says where it is, and none says that it is shown only once', async () => {
  const li = await signedIn(w, app, cast.li)
  const { code } = await plantedCase(w)
  const { body } = await li.get(`/m/${code}/receipt`)
  expect([body.includes('口令是您开始写的时候给的'), body.includes('只显示这一次')]).toEqual([true, false])
})

describe('where somebody may be reading along (反家庭暴力法 §5)', () => {
  const receipt = async (isPrivate: boolean) => {
    const li = await signedIn(w, app, cast.li)
    const { code } = await w.filed({ matterCode: 'N32-4', topic: 'violence', route: 'noMeansTest', isPrivate })
    li.jar.set('__Host-fahui-secret', sealCookie(w.on.keyring, 'secret', `${code}.ABCDEFGH`))
    const { body } = await li.get(`/m/${code}/receipt`)
    return { sheet: /<div class="sheet">.*?class="note">.*?<\/p>/s.exec(body)?.[0] ?? '', body }
  }

  test('the receipt asks for no photograph and does not say what it is about', async () => {
    const { sheet } = await receipt(true)
    expect(sheet).toContain('别留在会被别人看到的手机里')
    expect([sheet.includes('<p>法律援助</p>'), sheet.includes('打骂'), sheet.includes('拍照')]).toEqual([true, false, false])
    expect((await receipt(false)).sheet).toMatch(/打骂.*拍照/s)
  })

  test('the police and the women’s line stand there to ring', async () => {
    const urgent = (body: string) => /<section class="urgent".*?<\/section>/s.exec(body)?.[0] ?? ''
    const lines = (body: string) => [...urgent(body).matchAll(/href="tel:(\d+)"/g)].map(([, number]) => number)
    expect([lines((await receipt(true)).body), lines((await receipt(false)).body)]).toEqual([['110', '12338'], []])
  })
})

test('the QR on the receipt opens the return page with the code and without the secret', async () => {
  const li = await signedIn(w, app, cast.li)
  const { code } = await plantedCase(w)
  li.jar.set('__Host-fahui-secret', sealCookie(w.on.keyring, 'secret', `${code}.ABCDEFGH`))
  const { body } = await li.get(`/m/${code}/receipt`)
  expect(body).toContain('ABCDEFGH')
  expect(squares(body)).toEqual(encode(`http://localhost/return?code=${code}`, { ecc: 'M', border: 4 }).data)
  const opened = await app.inject({ url: `/return?code=${code}` })
  expect(opened.body).toMatch(new RegExp(`<input id="f-code"[^>]*value="${code}"`))
  expect(opened.body).toMatch(/<input id="f-secret"[^>]*value=""/)
})

test('a secret that opens nothing any more is not shown: who signed in by phone comes back by phone', async () => {
  const he = browser(app)
  const code = await begin(he, '洗了半年碗，没拿到工钱。')
  const asked = async () => (await he.get(`/m/${code}/q/notice`)).body
  expect(secretShown(await asked())).toBeDefined()
  await he.post('/sign-in', { phone: '13722220001' })
  const digits = /\d{6}/.exec(w.gateway.sent.at(-1)?.text ?? '')?.[0] ?? ''
  await he.post('/sign-in/code', { phone: '13722220001', code: digits })
  const body = await asked()
  expect([secretShown(body), body.includes('照这次的办法登录'), body.includes('口令')]).toEqual([undefined, true, false])
})
