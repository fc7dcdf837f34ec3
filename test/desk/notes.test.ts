import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoController } from '#platform/config.ts'
import type { Matter } from '#kernel/matter.ts'
import { buildApp } from '#api/serve.ts'
import { resealAll } from '#records/privacy/reseal.ts'
import { addNote } from '#records/privacy/notes.ts'
import { putInto } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { seat } from '#test/seating.ts'

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
beforeEach(async () => {
  w.at('2026-03-02T09:00')
  m = await w.filed()
})

const words = '当事人丈夫在场，先别打家里电话'
const path = () => `/api/matters/${m.region}/${m.id}`
const noteBy = async (its: Browser, text = words, key = v7()) => ({ key, answer: await its.json('POST', `${path()}/notes`, { key, text }) })
const strike = (its: Browser, key: string) => its.json('POST', `${path()}/notes/${key}/strike`, {})
type Seen = { notes: { id: string; text: string | null; mayStrike: boolean; struckAt: string | null }[]; mayNote: boolean; version: number }
const seenBy = async (its: Browser) => (await its.json('GET', path())).json() as Seen

describe('a note', () => {
  test('is read by colleagues and the assignee, with who wrote it and when', async () => {
    await putInto(w, m, { assignee: cast.zhao.id })
    const { answer } = await noteBy(await signedIn(w, app, cast.wang))
    expect(answer.json()).toMatchObject({ notes: [{ text: words, by: '演示人员', at: '2026-03-02T01:00:00.000Z', mayStrike: true }] })
    for (const who of [cast.guo, cast.bai, cast.zhao])
      expect(await seenBy(await signedIn(w, app, who))).toMatchObject({ notes: [{ text: words, mayStrike: false }], mayNote: true })
  })

  test('is never shown to the person it may be about, nor on their pages', async () => {
    await noteBy(await signedIn(w, app, cast.wang))
    const li = await signedIn(w, app, cast.li)
    expect(await seenBy(li)).toMatchObject({ notes: [], mayNote: false })
    expect((await li.get(`/m/${m.code}`)).body).not.toContain(words)
  })

  test('is not shown to an officer who is the applicant (RULEBOOK §3.9 C9)', async () => {
    await noteBy(await signedIn(w, app, cast.wang))
    await seat(w, m, { applicant: cast.guo.id })
    const guo = await signedIn(w, app, cast.guo)
    expect(await seenBy(guo)).toMatchObject({ notes: [], mayNote: false })
    expect((await noteBy(guo)).answer.statusCode).toBe(403)
  })

  test('of a matter that is not theirs does not exist for a stranger', async () => {
    const { key } = await noteBy(await signedIn(w, app, cast.wang))
    const sun = await signedIn(w, app, cast.sun)
    expect([(await noteBy(sun)).answer.statusCode, (await strike(sun, key)).statusCode]).toEqual([404, 404])
  })

  test('sent twice, to two processes, is one note; its key is good for no other', async () => {
    const other = await buildApp(
      { ...w.on },
      { origin: undefined, provinces: ['63'], controller: demoController, oidc: null, mode: 'trial' },
      w.now,
    )
    const wang = await signedIn(w, app, cast.wang)
    const there = await signedIn(w, other, cast.wang)
    const key = v7()
    const both = await Promise.all([noteBy(wang, words, key), noteBy(there, words, key)])
    expect(both.map(({ answer }) => answer.statusCode)).toEqual([200, 200])
    expect((await seenBy(wang)).notes).toHaveLength(1)
    expect((await noteBy(wang, '别的话', key)).answer.json()).toMatchObject({ code: 'key_reused' })
    await other.close()
  })

  test('moves nothing: neither the version nor the log, and no limit', async () => {
    const wang = await signedIn(w, app, cast.wang)
    const before = await seenBy(wang)
    const after = (await noteBy(wang)).answer.json() as Seen
    expect(after).toMatchObject({ version: before.version, timeline: (before as object as { timeline: object[] }).timeline })
  })

  test('says nothing only in spaces, and keeps nothing of a text too long', async () => {
    const wang = await signedIn(w, app, cast.wang)
    expect((await noteBy(wang, '   ')).answer.json()).toMatchObject({ code: 'invalid', detail: { issues: [{ path: 'text' }] } })
    expect((await noteBy(wang, '长'.repeat(2001))).answer.statusCode).toBe(422)
  })

  test('is sealed in its row, follows a new key, and is in no audit row', async () => {
    await noteBy(await signedIn(w, app, cast.wang))
    const { rows } = await w.on.database.owner((db) => sql<{ text: string }>`select text from note where matter = ${m.id}`.execute(db))
    expect(rows[0]?.text).toMatch(/^aes256gcm\|/)
    await resealAll(w.on, w.now())
    const audits = await w.run(cast.clockwork, (tx) => tx.db.selectFrom('audit').selectAll().where('matter', '=', m.id).execute())
    expect(audits.map(({ kind }) => kind)).toContain('noteAdded')
    expect(JSON.stringify(audits)).not.toContain(words)
  })
})

describe('a note struck out', () => {
  test('is gone with its text; that there was one stays, and the audit says who', async () => {
    const wang = await signedIn(w, app, cast.wang)
    const { key } = await noteBy(wang)
    expect((await strike(wang, key)).json()).toMatchObject({ notes: [{ id: key, text: null, struckAt: '2026-03-02T01:00:00.000Z' }] })
    expect((await strike(wang, key)).statusCode).toBe(200)
    const kinds = await w.run(cast.clockwork, (tx) =>
      tx.db.selectFrom('audit').select(['kind', 'actor']).where('matter', '=', m.id).where('kind', '=', 'noteStruck').execute(),
    )
    expect(kinds).toEqual([{ kind: 'noteStruck', actor: cast.wang.id }])
  })

  test('is one’s own, within ten minutes', async () => {
    const wang = await signedIn(w, app, cast.wang)
    const { key } = await noteBy(wang)
    expect((await strike(await signedIn(w, app, cast.guo), key)).json()).toMatchObject({ code: 'not_permitted' })
    w.at('2026-03-02T09:11')
    expect((await strike(wang, key)).json()).toMatchObject({ code: 'too_late' })
    expect((await seenBy(wang)).notes).toMatchObject([{ text: words, mayStrike: false }])
  })

  test('cannot be rewritten or removed by the service itself', async () => {
    await w.run(cast.wang, (tx) => addNote(tx, m, { id: v7(), text: words }))
    for (const statement of [`delete from note`, `update note set written_by = 'x'`, `update note set at = now()`])
      await expect(w.run(cast.clockwork, (tx) => sql.raw(statement).execute(tx.db))).rejects.toMatchObject({ code: '42501' })
  })
})
