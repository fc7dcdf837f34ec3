import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { over, type Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { act, open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { sweepFloods } from '#platform/doors/flood.ts'
import { senderAt } from '#platform/http/sender.ts'
import { account } from '#kernel/seat.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let next: number
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  app = await site(w)
  next = 0
})
/** Each scene on a day of its own: what came an hour before is of no flood. */
beforeEach(() => w.at(`2026-03-${String(2 + next++).padStart(2, '0')}T09:00`))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** An application of Li's that comes from an address. */
async function filedFrom(ip: string, region = county): Promise<Matter> {
  const source = { ip, sender: senderAt(ip) }
  const seats = { applicant: [account(cast.li.id)] }
  const draft = await w.run(cast.li, (tx) =>
    open(tx, 'legal-aid', { region, id: v7() }, { code: newMatterCode(), seats, parent: null, data: {} }),
  )
  return w.run(cast.li, (tx) => act({ ...tx, source }, draft, 'submit', { ...w.filing, recipient: v7() }))
}
const flood = (many: number, network = '203.0.113') => Promise.all(Array.from({ length: many }, (_, n) => filedFrom(`${network}.${n + 1}`)))
type Row = { id: string; isFlood: boolean; due: { limit: string } | null }
const queue = async (its: Browser, more = '') =>
  (await its.json('GET', `/api/queue?purpose=all&limit=100${more}`)).json<{ rows: Row[]; found: number | null }>()
const told = async (who: Actor) => (await (await signedIn(w, app, who)).json('GET', '/api/floods')).json<{ flood: unknown }>().flood
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).toSorted()

describe('a flood of filings is seen at the desk (S-M2)', () => {
  test('ten within an hour from one network are each marked, whichever address and however at once they came; others are not', async () => {
    const other = await filedFrom('198.51.100.1')
    const came = await flood(10)
    const { rows } = await queue(await signedIn(w, app, cast.wang))
    expect(ids(rows.filter(({ isFlood }) => isFlood))).toEqual(ids(came))
    expect(rows.find(({ id }) => id === other.id)?.isFlood).toBe(false)
  })

  test('nine are none, and nine of an hour ago are not counted with those of now', async () => {
    await flood(9)
    expect(await told(cast.wang)).toBe(null)
    w.at(`2026-03-${String(1 + next).padStart(2, '0')}T10:01`)
    await flood(9)
    expect(await told(cast.wang)).toBe(null)
  })

  test('the queue is narrowed to them, or to the others', async () => {
    const other = await filedFrom('198.51.100.1')
    const came = await flood(10)
    const wang = await signedIn(w, app, cast.wang)
    const [only, without] = [await queue(wang, '&flood=only'), await queue(wang, '&flood=without')]
    expect(ids(came).every((id) => ids(only.rows).includes(id))).toBe(true)
    expect([only.rows.every(({ isFlood }) => isFlood), without.rows.some(({ isFlood }) => isFlood)]).toEqual([true, false])
    expect(ids(without.rows)).toContain(other.id)
  })

  test('each is filed as any other: it has its number, and the seven days run (法律援助法 §43)', async () => {
    for (const matter of await flood(12)) {
      expect([matter.state, matter.number !== null]).toEqual(['submitted', true])
      expect(await w.clock(matter, 'review')).toMatchObject({ stoppedAt: null })
    }
  })
})

describe('that a flood runs is told for an hour', () => {
  test('to whoever works there, above it, and to who manages its accounts; not to the next city, nor to a lawyer', async () => {
    await flood(11)
    const keeper: Actor = { id: v7(), kind: 'staff', grants: over('6301', 'administrator') }
    for (const who of [cast.wang, cast.bai, cast.he, cast.ding, keeper]) expect(await told(who)).toEqual({ filings: 11, counties: 1 })
    expect(await told(cast.sun)).toBe(null)
    expect((await (await signedIn(w, app, cast.zhao)).json('GET', '/api/floods')).statusCode).toBe(404)
  })

  test('with how many counties it reaches', async () => {
    await Promise.all([flood(6), ...Array.from({ length: 6 }, (_, n) => filedFrom(`203.0.113.${n + 100}`, '630103'))])
    expect(await told(cast.he)).toEqual({ filings: 12, counties: 2 })
    expect(await told(cast.wang)).toEqual({ filings: 6, counties: 1 })
  })

  test('and no longer', async () => {
    await flood(10)
    w.at(`2026-03-${String(1 + next).padStart(2, '0')}T10:01`)
    expect(await told(cast.wang)).toBe(null)
  })
})

test('what an officer takes down at a window is of no flood, nor what comes from this machine', async () => {
  await Promise.all(Array.from({ length: 12 }, () => filedFrom('127.0.0.1')))
  expect(await told(cast.wang)).toBe(null)
})

test('a person is told nothing of it', async () => {
  const [matter] = await flood(10)
  const body = (await (await signedIn(w, app, cast.li)).get(`/m/${matter?.code}`)).body
  expect(body).not.toMatch(/批量|同一网络/)
})

test('from which network it came is forgotten after a week, and the mark stays', async () => {
  await flood(10)
  await filedFrom('198.51.100.1')
  const rows = () => w.run(cast.clockwork, (tx) => tx.db.selectFrom('filing_source').select(['network', 'is_flood']).execute())
  expect(JSON.stringify(await rows())).not.toMatch(/203\.0|198\.51/)
  await sweepFloods(w.on, new Date(w.now().getTime() + 8 * 86_400_000))
  const left = await rows()
  expect([left.length > 0, left.every((row) => row.is_flood && row.network === null)]).toEqual([true, true])
})
