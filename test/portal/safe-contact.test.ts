import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { workingSeat } from '#kernel/seat.ts'
import { deliver } from '#records/letters/deliver.ts'
import { lines, serviceOf, services } from '#lines/services.ts'
import { seal } from '#platform/keys/crypto.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { newest } from '#platform/platform.ts'
import { cast, world, type World } from '#test/world.ts'
import { seat } from '#test/seating.ts'
import { accountKind } from '#test/site.ts'

const phones = new Map([
  [cast.li, '13800138001'],
  [cast.ma, '13800138002'],
  [cast.zhao, '13800138003'],
])
const lettersOf = (line: string) => Object.entries(serviceOf(line)?.letters ?? {})
const letters = new Map(services.flatMap(({ line }) => lettersOf(line.key)))
const toPerson = lettersOf('legal-aid').filter(([, { to }]) => to === 'applicant')

let w: World
beforeAll(async () => {
  w = await world()
  for (const [who, phone] of phones)
    await w.run(cast.clockwork, (tx) => tx.db.insertInto('account').values(withPhone(who, phone)).execute())
})
beforeEach(() => {
  w.at('2026-04-01')
  w.gateway.sent.length = 0
})
afterAll(() => w[Symbol.asyncDispose]())

const withPhone = (who: Actor, phone: string) => ({
  id: who.id,
  kind: accountKind(who),
  phone: seal(w.on.keyring, phone, { table: 'account', column: 'phone', row: who.id, region: '' }),
  created_at: w.now(),
  confirmed_at: w.now(),
})

/** A matter of each line, entrusted to Ma or against them, and given to Zhao, as far as a line may be. */
const standing = async (m: Matter, data: Record<string, unknown>) => {
  const worker = workingSeat(newest(w.on, m.line)!) // of a line of the list
  await seat(w, m, { proxy: cast.ma.id, respondent: cast.ma.id, [worker]: cast.zhao.id })
  await w.run(cast.clockwork, (tx) =>
    tx.db
      .updateTable('matter')
      .set({ data: JSON.stringify(data) })
      .where('id', '=', m.id)
      .execute(),
  )
}
async function matterOf(line: string, data: Record<string, unknown> = {}, who: Actor = cast.li): Promise<Matter> {
  const opener = newest(w.on, line)?.openedBy.includes('citizen') ? who : cast.wang
  const m = await w.open(opener, line)
  await seat(w, m, { applicant: who.id })
  await standing(m, data)
  return m
}
const says = (m: Matter, contact: Record<string, string>, who: Actor = cast.li) =>
  w.run(who, (tx) => saveAnswer(tx, m, 'contact', contact, 'web'))

let seq = 1
const sendAll = async (m: Matter) => {
  for (const [key, letter] of lettersOf(m.line))
    await w.run(cast.clockwork, (tx) => deliver(tx, letter, key, { effect: key, region: m.region, id: m.id, seq: seq++ }))
  await w.settle()
}
const textsTo = (who: Actor) => w.gateway.sent.filter(({ to }) => to === phones.get(who)).length

describe('whoever said “no messages” gets none (反家庭暴力法 §5, 个人信息保护法 §6)', () => {
  test.each(lines.map(({ key }) => key))(
    'from any letter of %s: neither they nor the one who acts for them, nor the other side',
    async (line) => {
      const m = await matterOf(line, { contact: 'sms' })
      await says(m, { safe: 'none' })
      await sendAll(m)
      expect([textsTo(cast.li), textsTo(cast.ma)]).toEqual([0, 0])
      expect(textsTo(cast.zhao)).toBe(lettersOf(line).filter(([, { to }]) => to === 'assignee').length)
      await w.run(cast.clockwork, (tx) => tx.db.updateTable('matter').set({ erased_at: w.now() }).where('id', '=', m.id).execute())
    },
  )

  test('and whoever allowed it gets every letter to them once: the silence above is not for nothing', async () => {
    const m = await matterOf('legal-aid', { contact: 'sms' })
    await says(m, { safe: 'both', phone: phones.get(cast.li) ?? '' })
    await sendAll(m)
    expect(textsTo(cast.li)).toBe(toPerson.length)
    expect(textsTo(cast.ma)).toBe(0)
  })

  test('from the moment they say so, though filing recorded a yes; and again once they take it back', async () => {
    const m = await matterOf('legal-aid', { contact: 'sms' })
    w.at('2026-04-02')
    await says(m, { safe: 'none' })
    await sendAll(m)
    expect(textsTo(cast.li)).toBe(0)
    w.at('2026-04-03')
    await says(m, { safe: 'smsOnly', phone: phones.get(cast.li) ?? '' })
    await sendAll(m)
    expect(textsTo(cast.li)).toBe(toPerson.length)
  })

  test('about any of their matters, once they said no in a later one', async () => {
    const m = await matterOf('legal-aid', { contact: 'sms' })
    await says(m, { safe: 'both', phone: phones.get(cast.li) ?? '' })
    w.at('2026-04-04')
    const later = await matterOf('legal-aid')
    await says(later, { safe: 'callOnly', phone: phones.get(cast.li) ?? '' })
    await sendAll(m)
    expect(textsTo(cast.li)).toBe(0)
    await w.run(cast.clockwork, (tx) => tx.db.updateTable('matter').set({ erased_at: w.now() }).where('id', '=', later.id).execute())
  })

  test('about any of their matters, ever, once they said no in one of violence at home', async () => {
    const hidden = await matterOf('legal-aid', { isPrivate: true })
    await says(hidden, { safe: 'none' })
    w.at('2026-04-05')
    const m = await matterOf('legal-aid', { contact: 'sms' })
    await says(m, { safe: 'both', phone: phones.get(cast.li) ?? '' })
    await sendAll(m)
    expect(textsTo(cast.li)).toBe(0)
    await w.run(cast.clockwork, (tx) => tx.db.updateTable('matter').set({ erased_at: w.now() }).where('id', '=', hidden.id).execute())
  })

  test('at a number other than the one they named', async () => {
    w.at('2026-04-06')
    const m = await matterOf('legal-aid', { contact: 'sms' })
    await says(m, { safe: 'both', phone: '13900000000' })
    await sendAll(m)
    expect(textsTo(cast.li)).toBe(0)
  })
})

test.each([...letters].filter(([, { to }]) => to !== 'agency' && to !== 'supervisor'))(
  'the letter %s names no matter, no person and no amount, in either language (STYLE 51)',
  (_, { text: { zh, en } }) => {
    const named = lines.flatMap(({ title }) => [title.zh, title.en])
    expect(named.filter((name) => zh.includes(name) || en.toLowerCase().includes(name.toLowerCase()))).toEqual([])
    expect(zh + en).not.toMatch(/元|¥|yuan|先生|女士|离婚|工资|家暴|violence|divorce|wage/i)
    expect(
      [...`${zh}${en}`.matchAll(/\{(\w+)/g)].map(([, name]) => name).filter((name) => !['code', 'until'].includes(name ?? '')),
    ).toEqual([])
  },
)
