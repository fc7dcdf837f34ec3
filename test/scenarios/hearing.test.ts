import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { blindIndex, nationwide, seal } from '#platform/keys/crypto.ts'
import { flawOf } from '#engine/verify.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { actionsOf, engaged, isRunning, lettersOf, notified, refusalOf } from './scene.ts'

let w: World
let app: Awaited<ReturnType<typeof site>>
beforeAll(async () => {
  w = await world()
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const court = { forum: 'court', court: '城东区人民法院', room: '第三法庭' }
const on = (day: string, time = '09:30') => ({ ...court, at: `${day}T${time}:00+08:00` })

/** Zhao's case on 2 March, its hearing set for the 20th. */
async function summoned(): Promise<Matter> {
  w.at('2026-03-02')
  return w.act(cast.zhao, await engaged(w), 'scheduleHearing', on('2026-03-20'))
}
/** The page as its person finds it now, signed in anew. */
async function pageOf(m: Matter): Promise<string> {
  const { statusCode, body } = await (await signedIn(w, app, cast.li)).get(`/m/${m.code}`)
  expect(statusCode).toBe(200)
  return body
}
const letters = async (m: Matter, template: string) => (await lettersOf(w, m)).filter((one) => one.template === template)

describe('a hearing is told to the person it is about (法律援助法 §46)', () => {
  test('its day, hour, court and room stand on their page', async () => {
    const page = await pageOf(await summoned())
    expect(page).toContain('3月20日（周五）09:30')
    expect(page).toContain('法院 · 城东区人民法院 第三法庭')
  })

  test('moved, the page says the new day and no longer the old', async () => {
    const m = await summoned()
    await w.act(cast.zhao, m, 'scheduleHearing', { ...on('2026-04-02', '14:30'), forum: 'online' })
    const [now] = /<section class="now">.*?<\/section>/s.exec(await pageOf(m)) ?? []
    expect([now?.includes('4月2日（周四）14:30'), now?.includes('3月20日'), now?.includes('网上开庭')]).toEqual([true, false, true])
  })

  test('taken off, the page says nothing of it, and they are told that something changed', async () => {
    const m = await summoned()
    await w.act(cast.zhao, m, 'cancelHearing', { because: 'postponed' })
    await w.settle()
    expect(await pageOf(m)).not.toContain('开庭：')
    expect(await letters(m, 'tellHearing')).toHaveLength(2)
  })

  test('once it is over, the page looks forward to it no more', async () => {
    const m = await summoned()
    w.at('2026-03-20T09:31')
    expect(await pageOf(m)).not.toContain('开庭：')
  })
})

describe('the day before, both are reminded, once', () => {
  test('not before nine in the morning of that day; then the person and the provider, and the log shows it', async () => {
    const m = await summoned()
    w.at('2026-03-19T08:59')
    await w.sweep()
    expect(await actionsOf(w, m)).not.toContain('remindHearing')
    w.at('2026-03-19T09:00')
    await w.sweep()
    await w.sweep()
    await w.settle()
    expect((await actionsOf(w, m)).filter((action) => action === 'remindHearing')).toHaveLength(1)
    expect((await letters(m, 'remindOfHearing')).map(({ account }) => account)).toEqual([cast.li.id])
    expect((await letters(m, 'remindProvider')).map(({ account }) => account)).toEqual([cast.zhao.id])
  })

  test.each([
    ['moved to another week', (m: Matter) => w.act(cast.zhao, m, 'scheduleHearing', on('2026-04-02'))],
    ['taken off', (m: Matter) => w.act(cast.zhao, m, 'cancelHearing', { because: 'settled' })],
  ])('nobody is reminded of a day that was %s', async (_, change) => {
    const m = await summoned()
    await change(m)
    w.at('2026-03-19T10:00')
    await w.sweep()
    expect(await actionsOf(w, m)).not.toContain('remindHearing')
  })

  test('set for tomorrow, or moved to today, the news itself is the reminder', async () => {
    w.at('2026-03-18T10:00')
    const m = await w.act(cast.zhao, await engaged(w), 'scheduleHearing', on('2026-03-19'))
    await w.sweep()
    const moved = await summoned()
    w.at('2026-03-19T08:00')
    await w.act(cast.zhao, moved, 'scheduleHearing', on('2026-03-19', '15:00'))
    w.at('2026-03-19T09:00')
    await w.sweep()
    expect([...(await actionsOf(w, m)), ...(await actionsOf(w, moved))]).not.toContain('remindHearing')
  })

  test('a service that was down until it had passed reminds nobody, and does not try for ever', async () => {
    const m = await summoned()
    w.at('2026-03-21T10:00')
    await w.sweep()
    await w.sweep()
    expect(await actionsOf(w, m)).not.toContain('remindHearing')
  })

  test('the text to a phone goes only where the person said it is safe, and names no matter, person or court', async () => {
    const phone = '13900001234'
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .updateTable('account')
        .set({
          phone: seal(w.on.keyring, phone, { table: 'account', column: 'phone', row: cast.li.id, region: '' }),
          phone_index: blindIndex(w.on.keyring, 'phone', nationwide, phone),
        })
        .where('id', '=', cast.li.id)
        .execute(),
    )
    const reminded = async (contact: string) => {
      const m = await summoned()
      await w.run(cast.clockwork, (tx) =>
        tx.db
          .updateTable('matter')
          .set({ data: JSON.stringify({ ...m.data, contact }) })
          .where('id', '=', m.id)
          .execute(),
      )
      w.at('2026-03-19T10:00')
      await w.sweep()
      const before = w.gateway.sent.length
      await w.settle()
      return w.gateway.sent.slice(before).filter(({ text }) => text.includes(m.code) && text.includes('明天'))
    }
    expect(await reminded('page')).toEqual([])
    const [sent, ...more] = await reminded('sms')
    expect(more).toEqual([])
    expect(sent?.text).not.toMatch(/法院|法庭|开庭|工资/)
  })
})

describe('what the log may hold of a hearing', () => {
  test.each([
    ['a person’s name', { court: '张三' }],
    ['a story', { court: '张三诉李四追索工资一案城东区人民法院 3 楼' }],
    ['a room that is none', { court: '城东区人民法院', room: '找李法官' }],
  ])('%s is refused at its field', async (_, typed) => {
    const m = await engaged(w)
    const { room: _room, ...plain } = on('2026-12-01')
    expect(await refusalOf(w.act(cast.zhao, m, 'scheduleHearing', { ...plain, ...typed }))).toBe('invalid')
  })

  test.each(['2026-03-02T09:59:00+08:00', '2036-03-20T09:30:00+08:00'])('a time that is past or years away is refused: %s', async (at) => {
    w.at('2026-03-02')
    expect(await refusalOf(w.act(cast.zhao, await engaged(w), 'scheduleHearing', { ...court, at }))).toBe('invalid')
  })

  test('the log rebuilds the row and its clocks, hearings and reminders with them', async () => {
    const m = await summoned()
    w.at('2026-03-19T10:00')
    await w.sweep()
    expect(await w.run(cast.clockwork, (tx) => flawOf(tx, m))).toBeNull()
  })
})

test('concluded, there is no hearing left to attend', async () => {
  const m = await summoned()
  await w.act(cast.zhao, m, 'conclude', {
    result: 'settled',
    concludedOn: '2026-03-02',
    claimedFen: 1,
    recoveredFen: 1,
    hearings: 0,
    meetings: 1,
  })
  expect([await isRunning(w, m, 'hearing'), await isRunning(w, m, 'hearingReminder')]).toEqual([false, false])
})

test('a lawyer defending on notice sets the hearing too; only the lawyer is reminded', async () => {
  w.at('2026-03-02')
  const m = await notified(w)
  await w.assigned(m)
  await w.act(cast.liu, m, 'informOrgan')
  await w.act(cast.zhao, m, 'scheduleHearing', on('2026-03-20'))
  w.at('2026-03-19T10:00')
  await w.sweep()
  await w.settle()
  expect((await lettersOf(w, m)).filter(({ template }) => template.startsWith('remind')).map(({ template }) => template)).toEqual([
    'remindProvider',
  ])
})

test('for a provider who was not sent, and for a stranger, there is no such matter and no such hearing', async () => {
  const m = await summoned()
  expect(await refusalOf(w.act(cast.qian, m, 'scheduleHearing', on('2026-04-01')))).toBe('not_found')
  expect((await (await signedIn(w, app, cast.chen)).get(`/m/${m.code}`)).statusCode).toBe(404)
})
