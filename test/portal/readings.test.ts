import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { listParties } from '#records/people/people.ts'
import { reveal } from '#records/privacy/reveal.ts'
import { planted, plantedCase, putInto } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let matters: readonly Matter[]
beforeAll(async () => {
  w = await world('2026-04-01T10:00:00+08:00')
  app = await site(w)
  matters = [await plantedCase(w), await plantedCase(w)]
  for (const m of matters) await look(m, '电话通知补正')
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

async function look(m: Matter, reason: string): Promise<void> {
  const person = (await w.run(cast.wang, (tx) => listParties(tx, m))).find(({ role }) => role === 'recipient')?.person ?? ''
  await w.run(cast.wang, (tx) => reveal(tx, m, { person, field: 'phone', reason }))
}

const pageOn = async (day: string): Promise<{ li: Browser; html: string }> => {
  w.at(day)
  const li = await signedIn(w, app, cast.li)
  return { li, html: (await li.get('/readings')).body }
}

describe('who looked at my information (个人信息保护法 §44, TRUST §3.6)', () => {
  test('is told for all my matters a day later: when, in what role, which matter, what for', async () => {
    expect((await pageOn('2026-04-01T23:59')).html).not.toContain('电话通知补正')
    const { html } = await pageOn('2026-04-02T10:01')
    expect(html.match(/电话通知补正/g)?.length).toBeGreaterThanOrEqual(2)
    expect(html).toContain('审查人员')
    for (const { code } of matters) expect(html).toContain(`/m/${code}`)
  })

  test('“this is not right” opens a request that says already which day is meant', async () => {
    const { li, html } = await pageOn('2026-04-02T10:02')
    const href = /href="(\/start\/data-request[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const about = new URL(href, 'https://fahui.invalid').searchParams.get('about') ?? ''
    const begun = await li.post(href, { about })
    const code = String(begun.headers.location).split('/')[2]
    expect((await li.get(`/m/${code}/q/explanation`)).body).toContain('2026-04-01 有人看过我的信息')
  })

  test('of a matter of violence, and of a child, tells the role alone', async () => {
    for (const [data, isTold] of [
      [{}, true],
      [{ isPrivate: true }, false],
      [{ isUnder14: true }, false],
    ] as const) {
      for (const m of matters) await putInto(w, m, { data })
      expect((await pageOn('2026-04-02T10:03')).html.includes('电话通知补正')).toBe(isTold)
    }
  })

  test('is nobody else’s to read, and a fact shown beside it leads to its correction', async () => {
    w.at('2026-04-02T10:04')
    const [m] = matters
    expect((await (await signedIn(w, app, cast.chen)).get('/readings')).body).not.toContain('电话通知补正')
    const track = (await (await signedIn(w, app, cast.li)).get(`/m/${m?.code}`)).body
    expect(track).toContain('wants=correct&amp;fact=story.story')
    expect(track).toContain('wants=delete')
    expect(track).toContain(planted.name)
    expect(track).not.toContain(planted.idNumber)
  })
})
