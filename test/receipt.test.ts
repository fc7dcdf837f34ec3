import type { FastifyInstance } from 'fastify'
import { encode } from 'uqr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plantedCase } from './planted.ts'
import { signedIn, site } from './site.ts'
import { cast, world, type World } from './world.ts'

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

test('the QR on the receipt opens the return page with the code and without the secret', async () => {
  const li = await signedIn(w, app, cast.li)
  const { code } = await plantedCase(w)
  li.jar.set('__Host-fahui-secret', `${code}.ABCDEFGH`)
  const { body } = await li.get(`/m/${code}/receipt`)
  expect(body).toContain('ABCDEFGH')
  expect(squares(body)).toEqual(encode(`http://localhost/return?code=${code}`, { ecc: 'M', border: 4 }).data)
  const opened = await app.inject({ url: `/return?code=${code}` })
  expect(opened.body).toMatch(new RegExp(`<input id="f-code"[^>]*value="${code}"`))
  expect(opened.body).toMatch(/<input id="f-secret"[^>]*value=""/)
})
