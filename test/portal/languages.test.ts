import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages, type Language, type Tongue } from '#platform/messages/languages.ts'
import { formatDay, formatYuan, pick, say } from '#platform/messages/messages.ts'
import { markChinese } from '#portal/frame/mark-chinese.ts'
import { plantedCase, plantedDraft } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

/** Esperanto, begun and not finished: a row and a few words, as any language starts. */
const begun: Tongue = {
  name: 'Esperanto',
  tag: 'eo',
  messages: { 'home.hello': 'Ĉu vi bezonas helpon?', 'question.left': '{n, plural, =1 {La lasta demando} other {Ankoraŭ # demandoj}}' },
  texts: { '发生了什么事？': 'Kio okazis?' },
}
const esperanto = 'eo' as Language // registered for this file alone

let w: World
let app: FastifyInstance
let li: Browser
beforeAll(async () => {
  Object.assign(languages, { eo: begun })
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  li = await signedIn(w, app, cast.li)
  await li.get('/set?language=eo')
})
afterAll(async () => {
  Reflect.deleteProperty(languages, 'eo')
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** What stands in Chinese on a page without saying so. */
const unmarked = (html: string): string[] =>
  [...html.matchAll(/<([a-z0-9]+)\b([^>]*)>([^<]*\p{Script=Han}[^<]*)/gu)]
    .filter(([, tag, attributes]) => !['title', 'style'].includes(tag ?? '') && !attributes?.includes('lang="zh'))
    .map(([, , , text = '']) => text)

describe('a language is a row and a file of messages', () => {
  test('the switcher shows every language but the reader’s own', async () => {
    const own = (await li.get('/')).body
    const other = (await app.inject({ url: '/' })).body
    expect([own.includes('>中文<'), own.includes('>English<'), own.includes('>Esperanto<')]).toEqual([true, true, false])
    expect([other.includes('>中文<'), other.includes('lang="eo">Esperanto<')]).toEqual([false, true])
  })

  test('the home page says what is translated, the lines’ own words among it, and the rest in Chinese, marked as such', async () => {
    const { body, statusCode } = await li.get('/?county=630102')
    expect([statusCode, /<html lang="([^"]+)"/.exec(body)?.[1]]).toEqual([200, 'eo'])
    expect(body).toContain('Ĉu vi bezonas helpon?')
    expect(body).toContain('Kio okazis?')
    expect(body).toContain('<span lang="zh-CN">不用注册。随时可以停，回来接着写。</span>')
    expect(unmarked(body)).toEqual([])
  })

  test.each(['q/kind', 'q/amount', 'check'])('a question of an application can be read (%s)', async (page) => {
    const { code } = await plantedDraft(w)
    const { body, statusCode } = await li.get(`/m/${code}/${page}`)
    expect([statusCode, unmarked(body)]).toEqual([200, []])
  })

  test('the story of a matter can be read, and a form of it refused', async () => {
    const { code } = await plantedCase(w)
    const { body, statusCode } = await li.get(`/m/${code}`)
    expect([statusCode, unmarked(body)]).toEqual([200, []])
    expect(body).toContain('lang="zh-CN"')
    const refused = await li.post(`/m/${code}/do/withdraw`, { version: '1' })
    expect([refused.statusCode < 500, unmarked(refused.body)]).toEqual([true, []])
  })

  test('plurals are its own, and what is missing is filled in as Chinese', () => {
    expect(say(esperanto, 'question.left', { n: 3 })).toBe('Ankoraŭ 3 demandoj')
    expect(say(esperanto, 'form.errors', { n: 3 })).toBe('有 3 处要改')
    expect([formatYuan(150, esperanto), formatDay('2026-03-09', esperanto).includes('2026')]).toEqual(['1.50 元', true])
    expect(pick({ zh: '没有译文', en: 'No translation' }, esperanto)).toBe('没有译文')
  })

  test('a language nobody has is no language', async () => {
    const someone = await signedIn(w, app, cast.chen)
    for (const language of ['xx', 'toString', '__proto__', '']) await someone.get(`/set?language=${language}`)
    someone.jar.set('language', 'constructor')
    expect((await someone.get('/')).body).toContain('<html lang="zh-CN">')
  })
})

describe('Chinese on a page in another language', () => {
  test('is marked with what belongs to it, and nothing else is', () => {
    expect(markChinese('<p>Call 城东区法律援助中心 or 12348.</p>')).toBe(
      '<p>Call <span lang="zh-CN">城东区法律援助中心</span> or 12348.</p>',
    )
    expect(markChinese('<p>《法律援助法》第43条（一）。</p>')).toBe('<p>《<span lang="zh-CN">法律援助法》第43条（一）。</span></p>')
    expect(markChinese('<a lang="zh-CN">中文</a>')).toBe('<a lang="zh-CN">中文</a>')
  })

  test('is marked on the element where no element may stand within', () => {
    expect(markChinese('<option value="1">城东区</option><option value="">Choose</option>')).toBe(
      '<option lang="zh-CN" value="1">城东区</option><option value="">Choose</option>',
    )
    expect(markChinese('<title>法惠</title><textarea id="a">老板</textarea>')).toBe(
      '<title>法惠</title><textarea lang="zh-CN" id="a">老板</textarea>',
    )
  })
})
