import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { holdersIn } from '#kernel/seat.ts'
import type { Matter } from '#kernel/matter.ts'
import { markOf } from '#engine/watching.ts'
import { addDocument } from '#api/matter/documents.ts'
import { answersOf, saveAnswer, sharedWith } from '#records/people/answers.ts'
import { share, unshare } from '#records/privacy/sharing.ts'
import { handedIn } from '#test/handed-in.ts'
import { onePage } from '#test/planted.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { tableIn } from './table.ts'

const { liu, li, chen, ma, zhao, he, clockwork } = cast

let w: World
let app: FastifyInstance
let m: Matter
beforeAll(async () => {
  w = await world()
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** A table where Li asks, Chen and Ma answer, and Zhao mediates; Li has told and handed in something. */
beforeEach(async () => {
  m = await tableIn(w)
  await w.run(li, (tx) => saveAnswer(tx, m, 'story', { story: '墙塌到了我家院里' }, 'web'))
})

const gives = (who: Actor) =>
  w.run(who, async (tx) => {
    await addDocument(tx, m, { kind: 'evidence', key: v7(), upload: handedIn('照片.pdf', onePage) })
    const { rows } = await sql<{
      id: string
    }>`select id from document where matter = ${m.id} and added_by = ${who.id} order by at desc, id desc limit 1`.execute(tx.db)
    return rows[0]!.id // just added
  })
const papersOf = (who: Actor) =>
  w.run(who, async (tx) =>
    (await sql<{ id: string }>`select id from document where matter = ${m.id}`.execute(tx.db)).rows.map(({ id }) => id),
  )
const storiesShownTo = (who: Actor) =>
  w.run(who, async (tx) => (await sharedWith(tx, m, 'nobody')).filter(([key]) => key === 'story').map(([, { value }]) => value))

describe('whoever holds something shows it to the other side, and takes that back', () => {
  test('a paper is there for the others once its holder shows it, and gone when that is taken back', async () => {
    const paper = await gives(li)
    expect(await papersOf(chen)).toEqual([])
    await w.run(li, (tx) => share(tx, m, { paper }))
    expect([await papersOf(chen), await papersOf(ma)]).toEqual([[paper], [paper]])
    await w.run(li, (tx) => unshare(tx, m, { paper }))
    expect([await papersOf(chen), await papersOf(li)]).toEqual([[], [paper]])
  })

  test('an answer likewise; what is said later is shown when its holder shows that', async () => {
    await w.run(li, (tx) => share(tx, m, { question: 'story' }))
    await w.run(li, (tx) => saveAnswer(tx, m, 'story', { story: '墙是去年塌的' }, 'web'))
    expect(await storiesShownTo(chen)).toEqual([{ story: '墙塌到了我家院里' }])
    await w.run(li, (tx) => share(tx, m, { question: 'story' }))
    expect(await storiesShownTo(chen)).toEqual([{ story: '墙是去年塌的' }])
    await w.run(li, (tx) => unshare(tx, m, { question: 'story' }))
    expect(await storiesShownTo(chen)).toEqual([])
    expect((await w.run(li, (tx) => answersOf(tx, m))).get('story')?.value).toEqual({ story: '墙是去年塌的' })
  })

  test('what the desk holds is shown by whoever works on the matter', async () => {
    const paper = await gives(liu)
    for (const who of [liu, zhao]) {
      await w.run(who, (tx) => share(tx, m, { paper }))
      expect([await papersOf(li), await papersOf(chen)]).toEqual([[paper], [paper]])
      await w.run(who, (tx) => unshare(tx, m, { paper }))
    }
    expect(await papersOf(chen)).toEqual([])
  })

  test('an open page hears of each, whoever’s it is', async () => {
    const paper = await gives(li)
    const mark = (who: Actor) => w.run(who, (tx) => markOf(tx, m))
    const seen = new Set<string>()
    for (const its of [{ paper }, { question: 'story' }]) {
      for (const act of [share, unshare, share]) {
        const before = await mark(liu)
        await w.run(li, (tx) => act(tx, m, its))
        expect([await mark(liu), await mark(chen)]).not.toContain(before)
        expect(await mark(liu)).toBe(await mark(clockwork))
        seen.add(await mark(liu))
      }
    }
    expect(seen.size).toBe(3) // nothing, the paper, and with it the story
  })

  test('each time is written in the audit, by whom and what, and a repeat is not', async () => {
    const paper = await gives(li)
    for (const act of [share, share, unshare]) await w.run(li, (tx) => act(tx, m, { paper }))
    const { rows } = await w.run(cast.clockwork, (tx) =>
      sql<{
        kind: string
        actor: string
        paper: string
      }>`select kind, actor, detail ->> 'paper' as paper from audit where matter = ${m.id} and kind in ('shared', 'unshared') order by no`.execute(
        tx.db,
      ),
    )
    expect(rows).toEqual([
      { kind: 'shared', actor: li.id, paper },
      { kind: 'unshared', actor: li.id, paper },
    ])
  })
})

describe('nobody shows what is not theirs', () => {
  test.each([
    ['the other side', chen],
    ['the clerk', liu],
    ['the mediator', zhao],
  ] as const)('%s does not show what the applicant gave', async (_, who) => {
    const paper = await gives(li)
    await expect(w.run(who, (tx) => share(tx, m, { paper }))).rejects.toMatchObject({ code: who === chen ? 'not_found' : 'not_permitted' })
    expect(await papersOf(ma)).toEqual([])
  })

  test('the manager of the province shows nothing of the desk’s', async () => {
    const paper = await gives(liu)
    await expect(w.run(he, (tx) => share(tx, m, { paper }))).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each([
    ['chen', chen, 'paper'],
    ['the clerk', liu, 'paper'],
    ['chen', chen, 'answer'],
    ['the clerk', liu, 'answer'],
  ] as const)('PostgreSQL itself lets %s change nothing of it (%#)', async (_, who, what) => {
    const paper = await gives(li)
    const call =
      what === 'paper' ? sql`sec.share_paper(${m.region}, ${paper}, true)` : sql`sec.share_answer(${m.region}, ${m.id}, 'story', true)`
    await w.run(who, (tx) => sql`select ${call}`.execute(tx.db))
    expect([await papersOf(ma), await storiesShownTo(ma)]).toEqual([[], []])
    await expect(w.run(who, (tx) => sql`update document set is_shared = true where id = ${paper}`.execute(tx.db))).rejects.toThrow(
      /permission denied/,
    )
    await expect(w.run(who, (tx) => sql`update answer set is_shared = true where matter = ${m.id}`.execute(tx.db))).rejects.toThrow(
      /permission denied/,
    )
  })

  test('who has left the table shows nothing more', async () => {
    const paper = await gives(chen)
    const holder = holdersIn(await w.read(m), 'respondent').find(({ account }) => account === chen.id)!.id // seated above
    await w.act(liu, m, 'release', { respondent: holder })
    await expect(w.run(chen, (tx) => share(tx, m, { paper }))).rejects.toMatchObject({ code: 'not_found' })
    await w.run(chen, (tx) => sql`select sec.share_paper(${m.region}, ${paper}, true)`.execute(tx.db))
    expect(await papersOf(ma)).toEqual([])
  })
})

describe('a telephone, a home and a safe contact are never shown to the other side (个人信息保护法 §28)', () => {
  test.each(['contact', 'home'])('%s is refused in words', async (question) => {
    await w.run(li, (tx) => saveAnswer(tx, m, question, { phone: '13900003333', address: '共和路 1 号' }, 'web'))
    await expect(w.run(li, (tx) => share(tx, m, { question }))).rejects.toMatchObject({ code: 'never_shared' })
  })

  test('PostgreSQL keeps a contact whoever asks', async () => {
    await w.run(li, (tx) => saveAnswer(tx, m, 'contact', { phone: '13900003333' }, 'web'))
    await expect(w.run(li, (tx) => sql`select sec.share_answer(${m.region}, ${m.id}, 'contact', true)`.execute(tx.db))).rejects.toThrow(
      /answer_contact_is_kept/,
    )
  })
})

test('at a table with one side there is nobody to show anything to', async () => {
  const one = await w.filed()
  await expect(w.run(li, (tx) => share(tx, one, { question: 'story' }))).rejects.toMatchObject({ code: 'not_applicable' })
  const page = (await (await signedIn(w, app, li)).get(`/m/${one.code}`)).body
  expect(page).not.toContain('/share/')
})

describe('on the pages', () => {
  test('the person is told who would see it, presses once, and finds how to take it back', async () => {
    const paper = await gives(li)
    const its = await signedIn(w, app, li)
    const { code } = await w.run(
      li,
      async (tx) => await tx.db.selectFrom('matter').select('code').where('id', '=', m.id).executeTakeFirstOrThrow(),
    )
    const href = `/m/${code}/share/paper/${paper}`
    expect((await its.get(`/m/${code}`)).body).toContain(`href="${href}"`)
    const asked = (await its.get(href)).body
    expect(asked).toContain('被申请人能看到这一项')
    expect(asked).toContain('收不回来')
    expect((await its.post(href, { act: 'share' })).statusCode).toBe(303)
    expect(await papersOf(chen)).toEqual([paper])
    expect((await its.get(href)).body).toContain('value="unshare"')
    await its.post(href, { act: 'unshare' })
    expect(await papersOf(chen)).toEqual([])
  })

  test('the other side reads whose it is, and is offered no way to show it on', async () => {
    const paper = await gives(li)
    await w.run(li, async (tx) => {
      await share(tx, m, { paper })
      await share(tx, m, { question: 'story' })
    })
    const its = await signedIn(w, app, chen)
    const { code } = await w.run(
      li,
      async (tx) => await tx.db.selectFrom('matter').select('code').where('id', '=', m.id).executeTakeFirstOrThrow(),
    )
    const page = (await its.get(`/m/${code}`)).body
    expect(page).toContain('申请人给的')
    expect(page).toContain('墙塌到了我家院里')
    expect(page).not.toContain(`/share/paper/${paper}`)
    expect(page).not.toContain('/share/answer/story')
  })

  test('the contact has no such link', async () => {
    await w.run(li, (tx) => saveAnswer(tx, m, 'contact', { phone: '13900003333' }, 'web'))
    const its = await signedIn(w, app, li)
    const { code } = await w.run(
      li,
      async (tx) => await tx.db.selectFrom('matter').select('code').where('id', '=', m.id).executeTakeFirstOrThrow(),
    )
    const page = (await its.get(`/m/${code}`)).body
    expect(page).toContain('/share/answer/story')
    expect(page).not.toContain('/share/answer/contact')
    expect((await its.get(`/m/${code}/share/answer/contact`)).statusCode).toBe(409)
  })

  test('the desk shows its own paper by route, and is told by the page which are its to show', async () => {
    const [theirs, paper] = [await gives(li), await gives(liu)]
    const its = await signedIn(w, app, liu)
    const shown = (await its.json('POST', `/api/matters/${m.region}/${m.id}/documents/${paper}/share`)).json<{
      documents: { id: string }[]
    }>()
    expect(shown.documents).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: paper, isShared: true, mayShare: true }),
        expect.objectContaining({ id: theirs, isShared: false, mayShare: false, ofTitle: '申请人' }),
      ]),
    )
    expect((await its.json('POST', `/api/matters/${m.region}/${m.id}/documents/${theirs}/share`)).statusCode).toBe(403)
  })
})
