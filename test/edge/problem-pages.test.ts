import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plantedCase } from '#test/planted.ts'
import { browser, secretIn, signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
})
beforeEach(() => w.at('2026-04-01T09:00'))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const hurt = '我老公天天打我，手机也要查。'
const unpaid = '在饭店洗了半年碗，老板不给工钱。'
const tell = async (who: Browser, story: string, more = {}) =>
  String((await who.post('/', { story, county, ...more })).headers.location).replace('/next', '')
const hasExit = (html: string) => [html.includes('<a class="exit" href="/exit"'), /<title>([^<]*)/.exec(html)?.[1]]
const isPrivate = [true, '法惠']
/** Longer than a session lasts unused. */
const leaveItLying = () => w.at('2026-04-01T09:45')

describe('a story that tells of violence', () => {
  test('makes every page private at once, before anything is chosen (反家庭暴力法 §5)', async () => {
    const she = browser(app)
    const draft = await tell(she, hurt)
    for (const page of ['q/notice', 'q/story']) expect(hasExit((await she.get(`${draft}/${page}`)).body)).toEqual(isPrivate)
  })

  test('makes the first page private already where it comes back with an error', async () => {
    expect(hasExit((await browser(app).post('/', { story: hurt })).body)).toEqual(isPrivate)
  })

  test('stays private after another kind is chosen and sent off', async () => {
    const she = browser(app)
    const draft = await tell(she, hurt)
    await she.post(`${draft}/q/kind`, { kind: 'wages' })
    expect(hasExit((await she.get(`${draft}/q/notice`)).body)).toEqual(isPrivate)
  })

  test('leaves a story of unpaid wages with its titles and without an exit', async () => {
    const he = browser(app)
    const draft = await tell(he, unpaid)
    expect(hasExit((await he.get(`${draft}/q/notice`)).body)[0]).toBe(false)
  })
})

describe('a page of refusal', () => {
  test('on a private matter shows the way out over what was typed, also after the session ended', async () => {
    const she = browser(app)
    const draft = await tell(she, hurt)
    await she.get(`${draft}/q/story`)
    leaveItLying()
    const { body, statusCode } = await she.post(`${draft}/q/story`, { story: '他昨天又动手了。' })
    expect([statusCode, ...hasExit(body), body.includes('他昨天又动手了。')]).toEqual([401, ...isPrivate, true])
    expect(hasExit((await she.get('/return')).body)).toEqual(isPrivate)
    expect(hasExit((await she.get('/nowhere')).body)).toEqual(isPrivate)
  })

  test('is private even where nothing private was shown before: the words themselves are', async () => {
    const { body } = await browser(app).post('/m/0123456789/q/story', { story: hurt })
    expect(hasExit(body)).toEqual(isPrivate)
  })

  test('offers the next person’s turn on a shared tablet, and whoever comes next is on no private page', async () => {
    const tablet = browser(app)
    const draft = await tell(tablet, hurt, { via: 'villageRoom' })
    await tablet.get(`${draft}/q/story`)
    leaveItLying()
    expect((await tablet.post(`${draft}/q/story`, { story: unpaid })).body).toContain('换下一位')
    expect((await tablet.post('/sign-out', {})).headers.location).toBe('/?via=village-room')
    expect(hasExit((await tablet.get('/?via=village-room')).body)[0]).toBe(false)
    expect([...tablet.jar.keys()]).toEqual([])
  })

  test('no longer knows that the sitting was private once it is ended', async () => {
    const she = browser(app)
    await she.get(`${await tell(she, hurt)}/q/story`)
    await she.post('/sign-out', {})
    expect(hasExit((await she.get('/return')).body)[0]).toBe(false)
  })

  test('after the session ended leads to code and secret and to the phone, beside what was typed, which is sent from here afterwards', async () => {
    const he = browser(app)
    const draft = await tell(he, unpaid)
    leaveItLying()
    const { body } = await he.post(`${draft}/q/opponent`, { name: '演示饭店' })
    expect(body).toContain(`<a class="button" href="/return?code=${draft.slice(3)}" target="_blank"`)
    expect(body).toContain('href="/sign-in"')
    expect(body).toMatch(/您写的都在这里.*<textarea[^>]*name="name"[^>]*>演示饭店<.*再交一次/s)
  })

  test('where nothing is found gives back what was typed, alike for a matter of somebody else’s and for none (TRUST T9)', async () => {
    const he = browser(app)
    const [theirs, own] = [await tell(browser(app), unpaid), await tell(he, unpaid)]
    const send = async (address: string) => he.post(`${address}/q/opponent`, { name: '演示饭店' })
    const pages = [await send(theirs), await send('/m/0123456789')]
    expect(pages.map(({ statusCode }) => statusCode)).toEqual([404, 404])
    const plain = (html: string) =>
      html
        .replaceAll(/\/m\/[0-9A-Z]{10}|(?<=code=)[0-9A-Z]{10}/g, '')
        .replaceAll(/(?<=name="key" value=")[^"]+|(?<=编号：)\w+|[0-9a-f]{16}/g, '')
    const [one, two] = pages.map(({ body }) => plain(body))
    expect([one === two, pages[0]?.body.includes('您写的都在这里')]).toEqual([true, true])
    expect(pages[0]?.body).toMatch(/<textarea[^>]*name="name"[^>]*>演示饭店<.*再交一次/s)
    expect(pages[0]?.body).toContain(`<a class="button" href="/return?code=${theirs.slice(3)}" target="_blank"`)
    expect((await send(own)).statusCode).toBe(303)
  })

  test('at an address that takes no form gives none to send there again', async () => {
    const { body, statusCode } = await browser(app).post('/nowhere', { story: unpaid })
    expect([statusCode, body.includes('<form'), body.includes(unpaid)]).toEqual([404, false, false])
  })

  test('after the session ended sends a nameless draft on by code and secret, and says so before the phone', async () => {
    const he = browser(app)
    const draft = await tell(he, unpaid)
    const [, secret] = secretIn(w, he)
    leaveItLying()
    const { body } = await he.post(`${draft}/q/opponent`, { name: '演示饭店' })
    expect(body.indexOf('href="/return?code=')).toBeLessThan(body.indexOf('href="/sign-in"'))
    expect(body).toContain('办这件事时登录过的，用手机号登录')
    await he.post('/return', { code: draft.slice(3), secret })
    expect((await he.post(`${draft}/q/opponent`, { name: '演示饭店' })).statusCode).toBe(303)
  })

  test('says nothing was kept, and sends nothing again, where nothing was typed', async () => {
    const he = browser(app)
    const draft = await tell(he, unpaid)
    leaveItLying()
    const { body } = await he.post(`${draft}/check`, { key: '0190a000-0000-7000-8000-0000000000ab' })
    expect([body.includes('您写的都在这里'), body.includes('再交一次'), body.includes('href="/return?code=')]).toEqual([false, false, true])
  })

  test('for a form that came too late leads to the matter as it stands', async () => {
    const li = await signedIn(w, app, cast.li)
    const { code } = await plantedCase(w)
    const { body, statusCode } = await li.post(`/m/${code}/do/withdraw`, { version: '1', reason: '对方给钱了，不办了' })
    expect([statusCode, body.includes(`href="/m/${code}" target="_blank"`), body.includes('看看最新的情况')]).toEqual([409, true, true])
  })

  test.each([
    ['opponent', { name: 'Wang' }, '<textarea id="f-name" name="name" rows="2">Wang</textarea>'],
    ['forWhom', { who: 'self' }, '<input type="hidden" name="who" value="self"/>'],
    ['workProof', { proofs: ['contract', 'workCard'] }, '<input type="hidden" name="proofs" value="workCard"/>'],
  ])('on %s keeps what was typed in sight and carries what was chosen, as the question declares', async (question, form, shown) => {
    const he = browser(app)
    const draft = await tell(he, unpaid)
    leaveItLying()
    expect((await he.post(`${draft}/q/${question}`, form)).body).toContain(shown)
  })
})
