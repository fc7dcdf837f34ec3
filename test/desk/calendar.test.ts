import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { kindOfDay } from '#kernel/calendar/day-kind.ts'
import type { Matter } from '#kernel/matter.ts'
import { nationalCalendar } from '#records/register/holidays.ts'
import { buildApp } from '#api/serve.ts'
import { demoController } from '#platform/config.ts'
import { readsPerHour } from '#records/accounts/feeds.ts'
import { readIcs } from './ics.ts'
import { engaged, granted } from '#test/scenarios/scene.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world()
  app = await site(w)
})
beforeEach(() => w.at('2026-03-02'))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Row = {
  id: string
  limit: string
  day: string
  target: string | null
  time: string | null
  place: string | null
  isLate: boolean
  number: string
}
type Seen = {
  today: string
  rows: Row[]
  more: boolean
  late: { rows: Row[] }
  days: { day: string; kind: string; festival: string | null; isProvisional: boolean }[]
}
const march = 'from=2026-03-01&to=2026-03-31'
const at = (who: Actor) => signedIn(w, app, who)
const seenBy = async (who: Actor, query = march): Promise<Seen> =>
  (await (await at(who)).json('GET', `/api/calendar?${query}`)).json<Seen>()
const about = (m: Matter, rows: readonly Row[]) => rows.filter(({ id }) => id === m.id).map(({ limit, day }) => [limit, day])
const hearing = { at: '2026-03-20T09:30:00+08:00', forum: 'court', court: '城东区人民法院', room: '第三法庭' }
const summoned = async () => w.act(cast.zhao, await engaged(w), 'scheduleHearing', hearing)

describe('the calendar shows what falls on each day', () => {
  test('a running limit stands on its last day; one that was met is gone (法律援助法 §43)', async () => {
    const m = await w.filed()
    expect(about(m, (await seenBy(cast.wang)).rows)).toEqual([['review', '2026-03-09']])
    await w.assessed(m)
    await w.act(cast.wang, m, 'grant')
    expect(about(m, (await seenBy(cast.wang)).rows)).toEqual([['assignment', '2026-03-05']])
  })

  test('a limit that rolls over a day off stands on the working day, with the day to aim for beside it (民法典 §203)', async () => {
    w.at('2026-03-07')
    const m = await w.filed()
    const row = (await seenBy(cast.wang)).rows.find(({ id }) => id === m.id)
    expect([row?.day, row?.target]).toEqual(['2026-03-16', '2026-03-14'])
  })

  test('a hearing stands on its day with hour and room, and its reminder nowhere', async () => {
    const m = await summoned()
    const rows = (await seenBy(cast.zhao)).rows.filter(({ id }) => id === m.id)
    expect(rows).toMatchObject([{ limit: 'hearing', day: '2026-03-20', time: '09:30', place: '城东区人民法院 第三法庭' }])
  })

  test('what is late comes first, from whenever, and a hearing that is over is not late', async () => {
    const [m, heard] = [await w.filed(), await summoned()]
    w.at('2026-03-25')
    const { late } = await seenBy(cast.wang, 'from=2026-03-25&to=2026-03-31')
    expect(about(m, late.rows)).toEqual([['review', '2026-03-09']])
    expect(about(heard, late.rows)).toEqual([])
  })
})

describe('everyone sees the days of their own', () => {
  test('an officer the county’s, a provider what was given to them, another county nothing', async () => {
    const [m, given] = [await granted(w), await summoned()]
    const sees = async (who: Actor) => {
      const { rows } = await seenBy(who)
      return [m, given].map(({ id }) => rows.some((row) => row.id === id))
    }
    expect(await sees(cast.wang)).toEqual([true, true])
    expect(await sees(cast.bai)).toEqual([true, true])
    expect(await sees(cast.zhao)).toEqual([false, true])
    expect(await sees(cast.qian)).toEqual([false, false])
    expect(await sees(cast.sun)).toEqual([false, false])
  })

  test('“only mine” leaves to the director what only a director settles, and to the window what the window does', async () => {
    const m = await granted(w)
    const mine = async (who: Actor) => about(m, (await seenBy(who, `${march}&mine=1`)).rows)
    expect(await mine(cast.guo)).toEqual([['assignment', '2026-03-05']])
    expect(await mine(cast.liu)).toEqual([])
  })

  test('a line can be looked at alone', async () => {
    const m = await w.filed()
    expect(about(m, (await seenBy(cast.wang, `${march}&line=objection`)).rows)).toEqual([])
    expect(about(m, (await seenBy(cast.wang, `${march}&line=legal-aid`)).rows)).toHaveLength(1)
  })

  test.each(['from=2026-03-01&to=2026-06-01', 'from=2026-03-02&to=2026-03-01', 'from=2026-02-30&to=2026-03-01'])(
    'a range that is too long, backwards or impossible is refused: %s',
    async (query) => {
      expect((await (await at(cast.wang)).json('GET', `/api/calendar?${query}`)).statusCode).toBe(422)
    },
  )
})

describe('each day is what the State Council’s notice makes it (全国年节及纪念日放假办法)', () => {
  test('National Day is off, and some weekend is worked for it; both say why', async () => {
    const { days } = await seenBy(cast.wang, 'from=2025-09-22&to=2025-10-12')
    const of = (day: string) => days.find((one) => one.day === day)
    expect(of('2025-10-01')).toMatchObject({ kind: 'holiday', festival: '国庆节', isProvisional: false })
    expect(of('2025-09-28')).toMatchObject({ kind: 'makeUpWorkday', festival: '国庆节' })
    expect(of('2025-10-12')).toMatchObject({ kind: 'weekend', festival: null })
    expect(of('2025-09-29')).toMatchObject({ kind: 'workday' })
  })

  test('a day of a year not announced yet is provisional', async () => {
    const next = nationalCalendar().lastYear + 1
    const { days } = await seenBy(cast.wang, `from=${next - 1}-12-31&to=${next}-01-01`)
    expect(days.map(({ isProvisional }) => isProvisional)).toEqual([false, true])
  })

  test('a region’s own day is a holiday there and a workday elsewhere (节假日办法 §4)', () => {
    const calendar = { ...nationalCalendar(), regional: [{ region: '6322', day: '2026-07-15', name: '那达慕' }] }
    expect([kindOfDay(calendar, '2026-07-15', '632221'), kindOfDay(calendar, '2026-07-15', '630102')]).toEqual(['holiday', 'workday'])
  })
})

const subscribe = async (its: Browser, scope = 'mine') =>
  (await its.json('POST', '/api/calendar/feeds', { scope })).json<{ path: string }>().path
const fetched = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })
/** What a feed holds, as a phone reads it: UID → day or moment. */
const eventsAt = async (url: string) => readIcs((await fetched(url)).body).events

describe('a phone may subscribe to it', () => {
  test('the feed holds what the page shows, on the same days and at the same hours', async () => {
    await w.filed()
    await summoned()
    const [events, { rows }] = [
      await eventsAt(await subscribe(await at(cast.wang), 'unit')),
      await seenBy(cast.wang, 'from=2026-02-01&to=2026-04-30'),
    ]
    const said = (start: { value: string; params: string } | undefined) =>
      start?.params === ';VALUE=DATE'
        ? start.value
        : new Date(start!.value.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')).toLocaleString('sv-SE', {
            timeZone: 'Asia/Shanghai',
          }) // every event starts
    expect(events.map(({ UID, DTSTART }) => [UID?.value, said(DTSTART)]).toSorted()).toEqual(
      rows
        .map((row) => [`630102.${row.id}.${row.limit}@fahui`, row.time ? `${row.day} ${row.time}:00` : row.day.replaceAll('-', '')])
        .toSorted(),
    )
  })

  test('its links lead where people reach the service, whatever host was asked (S-L11)', async () => {
    await w.filed()
    const url = await subscribe(await at(cast.wang), 'unit')
    const its = await buildApp(
      w.on,
      { origin: 'https://fahui.example.gov.cn', provinces: ['63'], controller: demoController, oidc: null, mode: 'trial' },
      w.now,
    )
    const { body } = await its.inject({ method: 'GET', url, headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } })
    expect([body.includes('evil.example'), body.includes('https://fahui.example.gov.cn/desk/matters/')]).toEqual([false, true])
    await its.close()
  })

  test('it names the limit, the file number and the desk, and nobody', async () => {
    const m = await summoned()
    const event = (await eventsAt(await subscribe(await at(cast.zhao)))).find(({ UID }) => UID?.value.includes(m.id))
    expect(event?.['SUMMARY']?.value).toBe(`开庭 ${m.number}`)
    expect(event?.['URL']?.value).toMatch(new RegExp(`/desk/matters/630102/${m.id}$`))
    expect(event?.['LOCATION']?.value).toBe('城东区人民法院 第三法庭')
    expect(Object.keys(event ?? {})).not.toContain('DESCRIPTION')
  })

  test('a hearing that moves keeps its name and moves; one taken off is gone', async () => {
    const m = await summoned()
    const path = await subscribe(await at(cast.zhao))
    const own = async () => (await eventsAt(path)).filter(({ UID }) => UID?.value.includes(m.id))
    const [before] = await own()
    await w.act(cast.zhao, m, 'scheduleHearing', { ...hearing, at: '2026-04-02T14:30:00+08:00' })
    const [after, ...more] = await own()
    expect([after?.['UID'], after?.['DTSTART']?.value, more]).toEqual([before?.['UID'], '20260402T063000Z', []])
    expect(Number(after?.['SEQUENCE']?.value)).toBeGreaterThan(Number(before?.['SEQUENCE']?.value))
    await w.act(cast.zhao, m, 'cancelHearing', { because: 'settled' })
    expect(await own()).toEqual([])
  })

  test('a provider’s feed holds their own matters, another county’s never', async () => {
    const [m, given] = [await w.filed(), await summoned()]
    const holds = async (who: Actor, scope: string) => {
      const { body } = await fetched(await subscribe(await at(who), scope))
      return [m, given].map(({ id }) => body.replaceAll(/\r\n /g, '').includes(id))
    }
    expect(await holds(cast.zhao, 'mine')).toEqual([false, true])
    expect(await holds(cast.zhao, 'unit')).toEqual([false, true])
    expect(await holds(cast.qian, 'unit')).toEqual([false, false])
    expect(await holds(cast.sun, 'unit')).toEqual([false, false])
    expect(await holds(cast.bai, 'unit')).toEqual([true, true])
  })

  test('what is taken away from its owner is gone from it at the next reading', async () => {
    const m = await summoned()
    const path = await subscribe(await at(cast.zhao))
    await w.act(cast.zhao, m, 'reportConflict', { cause: 'unable', reason: '根据现有材料，不能继续办理此案。' })
    await w.assigned(m, cast.qian, 'replace')
    expect((await eventsAt(path)).some(({ UID }) => UID?.value.includes(m.id))).toBe(false)
  })

  test('unchanged, it is answered with 304 and nothing more', async () => {
    const path = await subscribe(await at(cast.qian))
    const { headers } = await fetched(path)
    const again = await fetched(path, { 'if-none-match': String(headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })
})

describe('its address is a key, and can be taken back', () => {
  test('renewed, the old address opens nothing; ended, neither does the new', async () => {
    const its = await at(cast.wang)
    const old = await subscribe(its)
    const path = await subscribe(its)
    expect([(await fetched(old)).statusCode, (await fetched(path)).statusCode]).toEqual([404, 200])
    await its.json('POST', '/api/calendar/feeds/end', { scope: 'mine' })
    expect((await fetched(path)).statusCode).toBe(404)
  })

  test('only a hash of it is kept, and the list of subscriptions does not tell it again', async () => {
    const its = await at(cast.wang)
    const token = (await subscribe(its)).replace(/^.*\/|\.ics$/g, '')
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const kept = await w.run(cast.clockwork, (tx) => tx.db.selectFrom('feed').selectAll().execute())
    expect(JSON.stringify(kept)).not.toContain(token)
    expect((await its.json('GET', '/api/calendar/feeds')).body).not.toContain(token)
  })

  test('the account closed, it opens nothing', async () => {
    const path = await subscribe(await at(cast.liu))
    await w.run(cast.clockwork, (tx) => tx.db.updateTable('account').set({ disabled_at: w.now() }).where('id', '=', cast.liu.id).execute())
    expect((await fetched(path)).statusCode).toBe(404)
  })

  test('read too often, it rests until the hour is over', async () => {
    const path = await subscribe(await at(cast.ding))
    await w.run(cast.ding, (tx) => tx.db.updateTable('feed').set({ reads: readsPerHour }).where('account', '=', cast.ding.id).execute())
    expect((await fetched(path)).statusCode).toBe(429)
    w.at('2026-03-02T11:30')
    expect((await fetched(path)).statusCode).toBe(200)
  })

  test('nobody sees or ends another’s subscription', async () => {
    const path = await subscribe(await at(cast.wang), 'unit')
    const guo = await at(cast.guo)
    expect((await guo.json('GET', '/api/calendar/feeds')).json()).toEqual([])
    await guo.json('POST', '/api/calendar/feeds/end', { scope: 'unit' })
    expect((await fetched(path)).statusCode).toBe(200)
  })
})
