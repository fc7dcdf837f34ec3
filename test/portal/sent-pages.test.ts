import { gunzipSync, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { entrances } from '#lines/services.ts'
import { demoController } from '#platform/config.ts'
import { script, scriptHref, style } from '#portal/frame/assets.ts'
import { plantedCase } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

describe('what a page is sent with', () => {
  test('its style stands in the first answer, which is sent small to a browser that can read it so', async () => {
    const { rawPayload, headers } = await app.inject({ url: '/', headers: { 'accept-encoding': 'gzip, br' } })
    expect([headers['content-encoding'], headers['vary']]).toEqual(['gzip', 'accept-encoding'])
    expect(gunzipSync(rawPayload).toString()).toContain(`<style>${style}</style>`)
  })

  test('the script lives where pages say, may be kept for ever, weighs at most 3 kB and writes no markup', async () => {
    const { body, headers } = await app.inject({ url: scriptHref })
    expect([body === script, headers['cache-control']]).toEqual([true, 'public, max-age=31536000, immutable'])
    expect(gzipSync(script).length).toBeLessThanOrEqual(3 * 1024)
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/)
  })
})

describe('what search engines may list', () => {
  const isListed = (html: string) => !html.includes('name="robots" content="noindex"') && html.includes('name="description"')

  test.each(['/', '/places', '/places?county=630102', '/privacy', '/return', '/sign-in'])(
    '%s, which is the same for everybody',
    async (url) => {
      expect(isListed((await app.inject({ url })).body)).toBe(true)
    },
  )

  test('nothing else: not a matter, not one’s list, not a front door somebody may be watched at', async () => {
    const { code } = await plantedCase(w)
    for (const url of [`/m/${code}`, `/m/${code}/receipt`, '/mine', '/?kind=violence', '/nowhere'])
      expect([url, isListed((await li.get(url)).body)]).toEqual([url, false])
  })
})

test('the privacy page names who answers for the data as the service was set up, and whom to ask (个人信息保护法 §17)', async () => {
  const { body } = await app.inject({ url: '/privacy' })
  for (const words of Object.values(demoController)) expect(body).toContain(words)
})

describe('how pages look', () => {
  test('large text and high contrast are remembered, together, on pages of refusal too', async () => {
    await li.get('/set?text=large&back=/')
    await li.get('/set?contrast=high&back=/')
    for (const url of ['/', '/nowhere']) expect((await li.get(url)).body).toContain('<html lang="zh-CN" class="large contrast">')
    const back = await li.get('/set?contrast=normal&back=/places')
    expect([back.headers.location, (await li.get('/')).body.includes('class="large"')]).toEqual(['/places', true])
  })
})

describe('the places page', () => {
  beforeAll(() =>
    w.run(cast.clockwork, (tx) =>
      tx.db
        .insertInto('office')
        .values(
          [
            { name: '法律援助中心（演示）', hours: '周一至周五 9:00—12:00，13:30—17:30' },
            { name: '演示工作站', hours: '看门上的通知' },
          ].map((one, i) => ({
            ...one,
            region: county,
            id: `0190a000-0000-7000-8000-00000000000${i}`,
            kind: 'legalAidAgency',
            short: '演示',
            valid_from: '2020-01-01',
          })),
        )
        .execute(),
    ),
  )
  const shown = async () => (await li.get(`/places?county=${county}`)).body

  test.each([
    ['2026-04-01T10:00', '现在开着，12:00 关门'],
    ['2026-04-01T12:30', '现在没开门，13:30 开门'],
    ['2026-04-01T18:00', '现在没开门，明天 09:00 开门'],
    ['2026-10-01T10:00', '现在没开门，10月8日（周四）09:00 开门'],
  ])('at %s says %s, and of hours it cannot read nothing', async (moment, words) => {
    w.at(moment)
    li = await signedIn(w, app, cast.li)
    const body = await shown()
    expect([body.includes(words), body.match(/现在(?:开着|没开门)/g)?.length, body.includes('看门上的通知')]).toEqual([true, 1, true])
  })

  test('offices of another county come after the county’s and the city’s own, under a heading that says so, each with its county', async () => {
    const office = { kind: 'legalAidAgency', short: '演示', valid_from: '2020-01-01' }
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .insertInto('office')
        .values([
          { ...office, id: v7(), region: '6301', name: '全市的中心' },
          { ...office, id: v7(), region: '630105001', kind: 'serviceStation', name: '邻区的站' },
        ])
        .execute(),
    )
    const body = await shown()
    const [own = '', others = ''] = body.split('别的县、区离得近的是')
    expect([own.includes('全市的中心'), own.includes('邻区的站')]).toEqual([true, false])
    expect(others).toMatch(/邻区的站<\/h3><p class="soft">青海省西宁市城北区</)
    expect((await li.get('/places?county=630105')).body).toMatch(/邻区的站<\/h3>(?!<p class="soft">青海省)/)
  })
})

describe('the first page', () => {
  beforeEach(() => w.at('2026-04-01T10:00'))

  test('lists what people come with over every line that declares it, each leading to its own door', async () => {
    const { body } = await app.inject({ url: '/' })
    const declared = entrances.flatMap(({ problems = [] }) => problems)
    expect(declared.length).toBeGreaterThan(0)
    for (const { title } of declared) expect(body).toContain(title.zh)
    expect(body).toContain('href="/?kind=wages#f-story"')
  })

  test('groups counties by province and city, with the one last chosen chosen again, here and at other doors', async () => {
    const someone = await signedIn(w, app, cast.wang)
    const groups = [...(await someone.get('/')).body.matchAll(/<optgroup label="([^"]+)"/g)].map(([, label]) => label)
    expect(groups).toEqual(expect.arrayContaining(['青海省西宁市', '辽宁省沈阳市']))
    await someone.post('/', { story: '工地上干了三个月没有拿到工钱', county: '630102' })
    const chosen = '<option value="630102" selected="">城东区</option>'
    for (const url of ['/', '/start/legal-aid', '/places'])
      expect([url, (await someone.get(url)).body.includes(chosen)]).toEqual([url, true])
    const other = '<option value="630103" selected="">'
    expect((await someone.get('/start/legal-aid?county=630103')).body).toContain(other)
  })

  test('asks whoever has not said where they live for their county alone, and sends nothing else along', async () => {
    const form = /<form [^>]*action="\/places"[^>]*>.*?<\/form>/s.exec((await app.inject({ url: '/' })).body)?.[0] ?? ''
    expect([form.match(/ name="[^"]+"/g), form.includes('method="get"')]).toEqual([[' name="county"'], true])
  })

  test('weighs at most 14 kB with every county of the provinces served', async () => {
    const { body } = await app.inject({ url: '/' })
    expect(gzipSync(body).length + gzipSync(script).length).toBeLessThanOrEqual(14 * 1024)
  })

  test('leads a story to the kinds it is likeliest about, first and as a guess, with none chosen for the person', async () => {
    const someone = browser(app)
    const started = await someone.post('/', { story: '朋友借了我三万，有欠条，到期不还。', county })
    const { body } = await someone.get(String(started.headers.location).replace('/next', '/q/kind'))
    expect(body).toMatch(/看您写的，像是这几种.*value="debt".*不是的话，看看这些.*value="wages"/s)
    expect(body).not.toContain('checked=')
    expect((await someone.post(String(started.headers.location).replace('/next', '/q/kind'), { kind: 'debt' })).statusCode).toBe(303)
  })

  test('names the nearest open place to whoever said where they live, and to others none', async () => {
    const someone = await signedIn(w, app, cast.chen)
    expect((await someone.get('/')).body).not.toContain('离您近的地方')
    await someone.get(`/places?county=${county}`)
    expect((await someone.get('/')).body).toMatch(/离您近的地方.*法律援助中心（演示）/s)
  })

  test('leads back to what was begun and not sent', async () => {
    const someone = await signedIn(w, app, cast.ma)
    expect((await someone.get('/')).body).not.toContain('没写完')
    const started = await someone.post('/', { story: '工地上干了三个月没有拿到工钱', county })
    expect((await someone.get('/')).body).toContain(`href="${started.headers.location}"`)
  })
})
