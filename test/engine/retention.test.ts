import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays } from '#kernel/calendar/calendar.ts'
import type { Matter } from '#kernel/matter.ts'
import { openSession } from '#platform/doors/sessions.ts'
import { verifyAll } from '#engine/verify.ts'
import { answersOf, saveAnswer } from '#records/people/answers.ts'
import { addAnonymousCitizen } from '#records/accounts/accounts.ts'
import { countOverdue, releaseAbove, retain, type Release } from '#records/privacy/retain.ts'
import { plantedCase, plantedDraft } from '#test/planted.ts'
import { browser, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
beforeEach(() => w.at('2026-04-01'))
afterAll(() => w[Symbol.asyncDispose]())

const later = (days: number) => w.at(addDays('2026-04-01', days))
const saidIn = async (m: Matter) => (await w.run(cast.clockwork, (tx) => answersOf(tx, m))).size
const foundOf = async (key: string) => (await countOverdue(w.on, w.now())).find((row) => row.class === key)?.found
const count = async (table: string) =>
  Number((await w.run(cast.clockwork, (tx) => sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx.db))).rows[0]?.n)

describe('what is kept no longer than it is needed (个人信息保护法 §19, §47)', () => {
  test('a draft never sent is erased ninety days after the last word, not before, and only once', async () => {
    const draft = await plantedDraft(w)
    later(60)
    await w.run(cast.li, (tx) => saveAnswer(tx, draft, 'place', { living: '西宁市城中区' }, 'web'))
    later(149)
    await retain(w.on, w.now())
    expect(await saidIn(draft)).toBeGreaterThan(0)
    later(151)
    expect((await retain(w.on, w.now())).find((row) => row.class === 'draft')).toEqual({ class: 'draft', found: 1, done: 1, waits: false })
    expect(await saidIn(draft)).toBe(0)
    expect(await foundOf('draft')).toBe(0)
  })

  test('what was withdrawn before a decision goes after its time; a case file stays, however old', async () => {
    const [ended, file] = [await plantedCase(w), await plantedCase(w)]
    await w.act(cast.li, ended, 'withdraw')
    later(1100)
    await retain(w.on, w.now())
    expect(await saidIn(ended)).toBe(0)
    expect(await saidIn(file)).toBeGreaterThan(0)
  })

  test('what was erased is still what its log says: a draft and a withdrawn application verify', async () => {
    const [draft, ended] = [await plantedDraft(w), await plantedCase(w)]
    await w.act(cast.li, ended, 'withdraw')
    later(1100)
    await retain(w.on, w.now())
    expect([await saidIn(draft), await saidIn(ended)]).toEqual([0, 0])
    expect(await verifyAll(w.on, w.now())).toMatchObject({ ok: true, wrong: [] })
  })

  test('a dry run counts and changes nothing', async () => {
    const draft = await plantedDraft(w)
    later(200)
    const [before, audits] = [await saidIn(draft), await count('audit')]
    expect(await foundOf('draft')).toBe(1)
    expect([await saidIn(draft), await count('audit')]).toEqual([before, audits])
  })

  test('the period is a setting, by county and day', async () => {
    const draft = await plantedDraft(w)
    later(31)
    expect(await foundOf('draft')).toBe(0)
    const setting = { region: county, key: 'retention.draftDays', valid_from: '2026-04-01', value: '30', decided_by: 'test' }
    await w.run(cast.clockwork, async (tx) => {
      await tx.db.insertInto('setting').values(setting).execute()
      await tx.on.settings.reload(tx.db)
    })
    expect(await foundOf('draft')).toBeGreaterThan(0)
    await retain(w.on, w.now())
    expect(await saidIn(draft)).toBe(0)
  })

  test('sessions and marks against sending twice end, and the log and the audit are never shortened', async () => {
    await w.run(cast.clockwork, async (tx) => openSession(tx, await addAnonymousCitizen(tx)))
    await w.act(cast.li, await plantedCase(w), 'withdraw', {}, { key: v7() })
    const [events, audits] = [await count('event'), await count('audit')]
    expect([(await count('session')) > 0, (await count('idempotency')) > 0]).toEqual([true, true])
    later(40)
    await retain(w.on, w.now())
    expect([await count('session'), await count('idempotency')]).toEqual([0, 0])
    expect(await count('event')).toBe(events)
    expect(await count('audit')).toBeGreaterThan(audits)
  })

  test('more than a thousand at once wait for a second person, who is named in the audit', async () => {
    await w.run(cast.clockwork, (tx) =>
      sql`insert into idempotency (region, key, matter, seq, intent, actor, seen)
        select ${county}, gen_random_uuid(), gen_random_uuid(), 0, 'x', 'x', ${tx.now} from generate_series(1, ${releaseAbove + 1})`.execute(
        tx.db,
      ),
    )
    later(400)
    const of = (report: Awaited<ReturnType<typeof retain>>) => report.find((row) => row.class === 'idempotency')
    expect(of(await retain(w.on, w.now()))).toMatchObject({ done: 0, waits: true })
    expect(await count('idempotency')).toBeGreaterThan(releaseAbove)
    const release: Release = { class: 'idempotency', by: cast.he.id, second: cast.ding.id }
    expect(of(await retain(w.on, w.now(), release))).toMatchObject({ waits: false })
    expect(await count('idempotency')).toBe(0)
    const { rows } = await w.run(cast.clockwork, (tx) =>
      sql<{ release: Release }>`select detail -> 'release' as release from audit where kind = 'retained' order by no desc limit 1`.execute(
        tx.db,
      ),
    )
    expect(rows[0]?.release).toEqual(release)
  })

  test('the privacy page prints the table the job carries out', async () => {
    const app = await site(w)
    const { body } = await browser(app).get('/privacy')
    expect(body).toContain('没交上去的草稿')
    expect(body).toContain('保存 90 天，到期删除')
    expect(body).toContain('防止重复提交的标记')
    await app.close()
  })
})
