import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { over, type Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { seal } from '#platform/keys/crypto.ts'
import { confine, openAgain } from '#records/privacy/confinement.ts'
import { eraseMatter } from '#records/privacy/erasure.ts'
import { approve, askUrgently, decline, end, urgentAccesses } from '#records/privacy/urgent-access.ts'
import { addGrants } from '#records/accounts/grants.ts'
import { granted, officer, planted, plantedCase, putInto } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const { li, wang, guo, liu, bai, he, ding, sun, clockwork } = cast
const asks = { because: 'safety', reason: '家属来电说她可能有危险，要马上找到经手的人。' } as const

let w: World
let app: FastifyInstance
let m: Matter
const browsers = new Map<Actor, Browser>()
beforeAll(async () => {
  w = await world('2026-04-01T10:00:00+08:00')
  app = await site(w)
  for (const who of [li, wang, guo, liu, bai, he, ding, sun]) browsers.set(who, await signedIn(w, app, who))
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})
beforeEach(async () => {
  m = await plantedCase(w)
  await w.run(guo, (tx) => confine(tx, m, { accounts: [wang.id], because: 'danger', reason: '对方在找她。' }))
})

const ask = (who: Actor, code = m.code) => w.run(who, (tx) => askUrgently(tx, { code, ...asks }))
const askedBy = async (who: Actor) => (await w.run(who, urgentAccesses)).find(({ matter, asker }) => matter === m.id && asker === who.id)!
/** Asked for by the one, and approved by the other. */
async function opened(asker: Actor, approver: Actor) {
  await ask(asker)
  const access = await askedBy(asker)
  await w.run(approver, (tx) => approve(tx, access))
  return access
}
const reads = (who: Actor) =>
  w.run(
    who,
    async (tx) =>
      (await sql<{ n: number }>`select count(*)::int as n from answer where region = ${m.region} and matter = ${m.id}`.execute(tx.db))
        .rows[0]!.n > 0,
  )
const pageOf = (who: Actor) => browsers.get(who)!.get(`/api/matters/${m.region}/${m.id}`) // signed in above

describe('what is closed to somebody is opened to them on a second person’s word, for some hours (个人信息保护法 §51)', () => {
  test.each([
    ['a clerk of the county', liu, guo],
    ['the supervisor of the city', bai, he],
    ['the manager, whose duty opens no story', he, bai],
  ] as const)('%s reads it once approved, and not before', async (_, asker, approver) => {
    await ask(asker)
    expect([await reads(asker), (await pageOf(asker)).statusCode]).toEqual([false, 404])
    await w.run(approver, async (tx) =>
      approve(tx, await (async () => (await urgentAccesses(tx)).find(({ matter }) => matter === m.id)!)()),
    )
    expect(await reads(asker)).toBe(true)
    const page = (await pageOf(asker)).json<{ mayRead: boolean; facts: unknown[] }>()
    expect([page.mayRead, page.facts.length > 0]).toEqual([true, true])
  })

  test('a manager sees every open matter, and reads one only so', async () => {
    const open = await plantedCase(w)
    const factsFor = async () =>
      (await browsers.get(he)!.get(`/api/matters/${open.region}/${open.id}`)).json<{ facts: unknown[] }>().facts.length // signed in above
    expect(await factsFor()).toBe(0)
    await ask(he, open.code)
    const access = (await w.run(he, urgentAccesses)).find(({ matter }) => matter === open.id)
    await w.run(guo, (tx) => approve(tx, access!)) // just asked
    expect(await factsFor()).toBeGreaterThan(0)
  })

  test('it ends by itself', async () => {
    const { region, id } = await opened(liu, guo)
    expect(await reads(liu)).toBe(true)
    // The database's own clock decides, which no test holds.
    await w.on.database.owner((db) =>
      sql`update urgent_access set until = clock_timestamp() - interval '1 second' where region = ${region} and id = ${id}`.execute(db),
    )
    expect([await reads(liu), (await pageOf(liu)).statusCode]).toEqual([false, 404])
    expect((await askedBy(liu)).isOpen).toBe(false)
  })

  test('it lasts the four hours that are set', async () => {
    const began = Date.now()
    await opened(liu, guo)
    const { until } = await askedBy(liu)
    expect(Math.round((until!.getTime() - began) / 60_000)).toBe(240) // approved: it has an end
  })

  test.each([
    ['whoever asked', liu],
    ['whoever approved', guo],
    ['another who may decide', bai],
  ] as const)('%s ends it before', async (_, who) => {
    const access = await opened(liu, guo)
    await w.run(who, (tx) => end(tx, access))
    expect(await reads(liu)).toBe(false)
  })

  test('an unapproved, a declined and another’s access open nothing', async () => {
    await ask(liu)
    await w.run(guo, async (tx) =>
      decline(
        tx,
        (await urgentAccesses(tx)).find(({ matter }) => matter === m.id)!,
      ),
    )
    expect(await reads(liu)).toBe(false)
    await opened(bai, guo)
    expect([await reads(liu), await reads(bai)]).toEqual([false, true])
  })
})

describe('who asks, and who decides', () => {
  test('nobody asks for a matter elsewhere, for one they work on, or by a code of none', async () => {
    await expect(ask(sun)).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(li)).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(liu, 'ZZZZZZZZZZ')).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(wang)).rejects.toMatchObject({ code: 'not_applicable' })
  })

  test('whoever stepped back from it asks in vain, though it is hidden from them (法律援助法 §47)', async () => {
    await putInto(w, m, { data: { ...m.data, recused: [liu.id] } })
    await expect(ask(liu)).rejects.toMatchObject({ code: 'recused' })
    await ask(bai)
  })

  test('they are told as what they look after it, and not by the duty they hold elsewhere', async () => {
    const both = granted(...over('630202', 'director'), ...over(county, 'intake'))
    await signedIn(w, app, both)
    await ask(both)
    expect((await askedBy(both)).relation).toBe('intake')
  })

  test('whoever stepped back from it says nothing to it either (法律援助法 §47)', async () => {
    await ask(liu)
    const access = await askedBy(liu)
    await putInto(w, m, { data: { ...m.data, recused: [guo.id] } })
    await expect(w.run(guo, (tx) => approve(tx, access))).rejects.toMatchObject({ code: 'recused' })
    expect(await reads(liu)).toBe(false)
  })

  test('what was decided stays decided: nobody says no to what was open, nor makes it last longer, not even in the database', async () => {
    const access = await opened(liu, guo)
    const until = (await askedBy(liu)).until
    for (const statement of [
      sql`update urgent_access set is_approved = false, until = null, decided_by = ${bai.id} where id = ${access.id}`,
      sql`update urgent_access set until = now() + interval '1 year' where id = ${access.id}`,
    ])
      await expect(w.run(bai, (tx) => statement.execute(tx.db))).rejects.toMatchObject({ code: '42501' })
    const { rows } = await w.run(bai, (tx) =>
      sql<{ is: boolean }>`select sec.decide_urgently(${m.region}, ${access.id}, null, now()) as is`.execute(tx.db),
    )
    expect(rows[0]?.is).toBe(false)
    expect((await askedBy(liu)).until).toEqual(until)
    expect(await reads(liu)).toBe(true)
  })

  test('a director who was let in for hours names nobody, and does not open it for good, while one who was named is there', async () => {
    const bureau = officer(county, 'director')
    await signedIn(w, app, bureau)
    await opened(bureau, bai)
    for (const work of [
      (tx: Parameters<typeof confine>[0]) => confine(tx, m, { accounts: [], because: 'danger', reason: '我自己看着。' }),
      (tx: Parameters<typeof confine>[0]) => openAgain(tx, m, '没有危险了。'),
    ])
      await expect(w.run(bureau, work)).rejects.toMatchObject({ code: 'not_permitted' })
  })

  test('nobody approves what they asked for themselves', async () => {
    await ask(bai)
    const access = await askedBy(bai)
    await expect(w.run(bai, (tx) => approve(tx, access))).rejects.toMatchObject({ code: 'not_permitted' })
    await w
      .run(bai, (tx) =>
        sql`update urgent_access set is_approved = true, decided_by = ${bai.id}, decided_at = now(), until = now() + interval '1 hour' where id = ${access.id}`.execute(
          tx.db,
        ),
      )
      .catch(() => {})
    await w
      .run(bai, (tx) =>
        sql`update urgent_access set is_approved = true, decided_by = ${guo.id}, decided_at = now(), until = now() + interval '1 hour' where id = ${access.id}`.execute(
          tx.db,
        ),
      )
      .catch(() => {})
    expect(await reads(bai)).toBe(false)
  })

  test.each([
    ['a clerk', wang],
    ['the auditor', ding],
    ['a director elsewhere', sun],
    ['the person', li],
  ] as const)('%s approves nothing', async (_, who) => {
    await ask(liu)
    const access = await askedBy(liu)
    await expect(w.run(who, (tx) => approve(tx, access))).rejects.toMatchObject({ code: expect.stringMatching(/not_(found|permitted)/) })
    expect(await reads(liu)).toBe(false)
  })

  test('nobody approves for the one who made them, nor for one they made', async () => {
    const made = officer('6301', 'supervisor')
    await signedIn(w, app, made)
    await w.run(clockwork, (tx) => addGrants({ ...tx, actor: { ...tx.actor, id: bai.id } }, made.id, over('6301', 'director')))
    await ask(bai)
    const access = await askedBy(bai)
    await expect(w.run(made, (tx) => approve(tx, access))).rejects.toMatchObject({ code: 'not_found' })
    await w.run(guo, (tx) => approve(tx, access))
  })

  test('it is decided once', async () => {
    const access = await opened(liu, guo)
    await expect(w.run(bai, (tx) => decline(tx, access))).rejects.toMatchObject({ code: 'once_only' })
  })

  test('possible approvers are told, and read the reason; others are not', async () => {
    await ask(liu)
    const told = async (who: Actor) => (await browsers.get(who)!.get('/api/notices')).body.includes('紧急查阅') // signed in above
    expect([await told(guo), await told(bai), await told(wang), await told(sun)]).toEqual([true, true, false, false])
    expect((await w.run(guo, urgentAccesses)).find(({ matter }) => matter === m.id)?.reason).toBe(asks.reason)
    expect((await browsers.get(bai)!.get('/api/urgent')).body).not.toContain(planted.story) // signed in above
  })
})

describe('who is told', () => {
  test('the person: at once by a text that names no matter, on the page of it, and a day later among who looked', async () => {
    await w.run(clockwork, (tx) =>
      tx.db
        .updateTable('account')
        .set({ phone: seal(w.on.keyring, planted.phone, { table: 'account', column: 'phone', row: li.id, region: '' }) })
        .where('id', '=', li.id)
        .execute(),
    )
    await opened(liu, guo)
    await w.settle()
    const sent = w.gateway.sent.filter(({ text }) => text.includes('经批准查看') && text.includes(m.code))
    expect(sent).toHaveLength(1)
    expect(sent[0]?.text).not.toMatch(/援助|工资|演示|哈斯/)
    const page = (await browsers.get(li)!.get(`/m/${m.code}`)).body // signed in above
    expect(page).toContain('有工作人员获准看这件事')
    expect(page).toContain('有人可能有危险')
    expect(page).not.toContain('家属来电')
    w.at('2026-04-02T10:01')
    expect((await (await signedIn(w, app, li)).get('/readings')).body).toContain('经另一位负责人批准的紧急查阅：有人可能有危险') // signed in above
    w.at('2026-04-01T10:00')
  })

  test('whoever wants no texts gets none: it stands on the page alone', async () => {
    const quiet = await w.filed({ contact: 'page' })
    await w.run(guo, (tx) => confine(tx, quiet, { accounts: [], because: 'danger', reason: '对方在找她。' }))
    await ask(liu, quiet.code)
    const access = (await w.run(liu, urgentAccesses)).find(({ matter }) => matter === quiet.id)!
    await w.run(guo, (tx) => approve(tx, access))
    await w.settle()
    expect(w.gateway.sent.filter(({ text }) => text.includes(quiet.code))).toEqual([])
    expect((await browsers.get(li)!.get(`/m/${quiet.code}`)).body).toContain('有工作人员获准看这件事') // signed in above
  })

  test('the auditors: each step by kind, never the words', async () => {
    await opened(liu, guo)
    const rows = (await browsers.get(ding)!.get('/api/audit?kind=urgentAccess&limit=200'))
      .json<{ matter: string; actor: string; detail: object }[]>()
      .filter(({ matter }) => matter === m.id) // signed in above
    expect(rows.map(({ actor, detail }) => [actor, detail])).toEqual([
      [guo.id, { step: 'approved', because: 'safety', relation: 'intake', asker: liu.id }],
      [liu.id, { step: 'asked', because: 'safety', relation: 'intake', asker: liu.id }],
    ])
    expect(JSON.stringify(rows)).not.toContain('家属')
  })

  test('the auditors, of the third asking of a day', async () => {
    const curious = officer('630102', 'intake')
    await signedIn(w, app, curious)
    const alarms = async () =>
      (await w.run(clockwork, (tx) => sql`select from audit where kind = 'manyOpened' and actor = ${curious.id}`.execute(tx.db))).rows
        .length
    const told: number[] = []
    for (let n = 0; n < 4; n++) {
      await ask(curious)
      told.push(await alarms())
      await ask(curious) // sent again because the answer was lost
      await expect(
        w.run(curious, (tx) => askUrgently(tx, { code: m.code, because: 'safety', reason: '另外一个理由' })),
      ).rejects.toMatchObject({
        code: 'once_only', // one of them waits at a time
      })
      const waiting = (await w.run(curious, urgentAccesses)).find(({ isApproved }) => isApproved === null)!
      await w.run(guo, (tx) => decline(tx, waiting))
    }
    expect(told).toEqual([0, 0, 1, 1])
  })
})

test('its words are sealed, and go with what people said', async () => {
  await opened(liu, guo)
  const reason = async () =>
    (await w.run(clockwork, (tx) => sql<{ reason: string | null }>`select reason from urgent_access where matter = ${m.id}`.execute(tx.db)))
      .rows[0]?.reason
  expect(await reason()).not.toContain('危险')
  await w.run(clockwork, (tx) => eraseMatter(tx, m))
  expect(await reason()).toBeNull()
})
