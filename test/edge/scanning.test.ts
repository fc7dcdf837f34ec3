import type { FastifyInstance } from 'fastify'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { verifyAll } from '#engine/verify.ts'
import { eventsOf, matterOf } from '#engine/matter-rows.ts'
import { addDocument } from '#api/matter/documents.ts'
import { clamd } from '#platform/files/clamd.ts'
import { noScanner, type Scanner } from '#platform/files/scanner.ts'
import { scanWaiting } from '#records/privacy/scanning.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { clamdServer, eicar } from '#test/clamd-server.ts'
import { handedIn } from '#test/handed-in.ts'
import { onePage, planted, plantedCase } from '#test/planted.ts'
import { filled, filledType, rawTo } from '#test/refusing.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
let wang: Browser
let daemon: Awaited<ReturnType<typeof clamdServer>>
let m: Matter
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  li = await signedIn(w, app, cast.li)
  wang = await signedIn(w, app, cast.wang)
  daemon = await clamdServer()
})
afterAll(async () => {
  await app.close()
  await daemon[Symbol.asyncDispose]()
  await w[Symbol.asyncDispose]()
})
beforeEach(async () => {
  w.on.scanner = noScanner
  m = await plantedCase(w)
  await w.settle()
  w.on.scanner = clamd(daemon.where)
})

let n = 0
const paper = (...more: Buffer[]) => Buffer.concat([onePage, ...more, Buffer.from(`\n%${++n}\n%%EOF\n`)])
const infected = () => paper(Buffer.from('%'), eicar)
const add = (bytes: Buffer, kind = 'identity', at = m) =>
  w.run(cast.li, (tx) => addDocument(tx, at, { kind, key: v7(), upload: handedIn('a.pdf', bytes) }))
const rows = (at = m) =>
  w.run(cast.clockwork, (tx) => tx.db.selectFrom('document').selectAll().where('matter', '=', at.id).orderBy('id').execute())
const last = async () => (await rows()).at(-1)!
const scan = (scanner?: Scanner) => scanWaiting(scanner ? { ...w.on, scanner } : w.on, w.now())
const ofLi = async (id: string) => (await li.get(`/m/${m.code}/file/${id}`)).statusCode
const ofWang = async (id: string) => (await wang.get(`/api/documents/${county}/${id}`)).statusCode
const current = () => w.run(cast.clockwork, async (tx) => (await matterOf(tx, m))!)
const log = () => w.run(cast.clockwork, (tx) => eventsOf(tx, m))

describe('where a scanner is set, a paper', () => {
  test('is opened by nobody before its scan_result, and by whoever may see it after', async () => {
    await add(paper())
    const { id } = await last()
    expect([await ofLi(id), await ofWang(id)]).toEqual([409, 409])
    const page = (await li.get(`/m/${m.code}`)).body
    expect([page.includes('正在做安全检查'), page.includes(`/file/${id}`)]).toEqual([true, false])
    const view = (await wang.json('GET', `/api/matters/${county}/${m.id}`)).json<{ documents: { id: string; isUnchecked: boolean }[] }>()
    expect(view.documents.find((one) => one.id === id)?.isUnchecked).toBe(true)
    await scan()
    expect([await ofLi(id), await ofWang(id)]).toEqual([200, 200])
    expect((await li.get(`/m/${m.code}`)).body).toContain(`/file/${id}`)
  })

  test('that was handed in before one was set is looked into as well', async () => {
    const [{ id } = { id: '' }] = await rows()
    expect(await ofLi(id)).toBe(409)
    await scan()
    expect(await ofLi(id)).toBe(200)
  })

  test('stays closed while the scanner is away, however often it goes and comes: none is opened unseen', async () => {
    const away = clamd('127.0.0.1:9')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), async (there) => {
        await add(paper())
        const { id } = await last()
        for (const isThere of there) {
          const before = (await last()).scan_result
          await scan(isThere ? undefined : away)
          expect((await last()).scan_result).toBe(isThere || before ? 'clean' : null)
          expect(await ofLi(id)).toBe((await last()).scan_result ? 200 : 409)
        }
      }),
      { numRuns: 8 },
    )
  })

  test('that no scanner can judge keeps none of the others waiting', async () => {
    await scan()
    await add(paper())
    const { id } = await last()
    await using choosy = await clamdServer((bytes) => (bytes.includes('unbearable') ? undefined : 'stream: OK'))
    for (let at = 0; at < 3; at++) await add(paper(Buffer.from('%unbearable')), 'evidence')
    expect(await scan(clamd(choosy.where))).toBe(1)
    expect(await ofLi(id)).toBe(200)
    await scan()
  })
})

describe('where a scanner finds harm, a paper', () => {
  test('is removed with its bytes; the log says so, proves the row, and the kind is missing again', async () => {
    await add(infected())
    const { id, hash } = await last()
    expect((await current()).documents).toContain('identity')
    await scan()
    expect([await w.on.files.has(hash), await ofLi(id), await ofWang(id)]).toEqual([false, 404, 404])
    expect((await current()).documents).not.toContain('identity')
    expect((await log()).at(-1)).toMatchObject({
      action: 'removePaper',
      actor: 'system',
      input: { document: id, kind: 'identity', found: 'Eicar-Test-Signature' },
    })
    expect(await verifyAll(w.on, w.now())).toMatchObject({ ok: true })
    await scan()
    expect((await log()).filter(({ action }) => action === 'removePaper')).toHaveLength(1)
  })

  test('leaves its kind held where another of it is', async () => {
    await add(paper())
    await add(infected())
    await scan()
    expect((await current()).documents).toContain('identity')
  })

  test('is told to its person on their page, and by a text that says nothing of it', async () => {
    await add(infected())
    await scan()
    await w.settle()
    expect((await li.get(`/m/${m.code}`)).body).toContain('请拍成照片再交一次')
    const sent = w.gateway.sent.filter(({ to }) => to === planted.phone)
    expect(sent.map(({ text }) => /病毒|身份|工资|欠薪/.test(text))).not.toContain(true)
  })

  test('is told by no text where the person wants none', async () => {
    await w.run(cast.li, (tx) => saveAnswer(tx, m, 'contact', { safe: 'none' }, 'web'))
    const before = w.gateway.sent.length
    await add(infected())
    await scan()
    await w.settle()
    expect(w.gateway.sent.length).toBe(before)
    expect((await li.get(`/m/${m.code}`)).body).toContain('请拍成照片再交一次')
  })

  test('is seen at the desk: what was removed, and what was found in it', async () => {
    await add(infected())
    await scan()
    const { timeline } = (await wang.json('GET', `/api/matters/${county}/${m.id}`)).json<{
      timeline: { title: string; rows: { value: string }[] }[]
    }>()
    expect(timeline.at(-1)).toMatchObject({
      title: '材料没有通过安全检查，已删掉',
      rows: [{ value: expect.any(String) }, { value: 'Eicar-Test-Signature' }],
    })
  })

  test('is removed wherever the same bytes were handed in, though a scanner that knew less let them pass', async () => {
    const bytes = infected()
    await add(bytes)
    const first = m
    await using knowsNothing = await clamdServer(() => 'stream: OK')
    await scan(clamd(knowsNothing.where))
    m = await plantedCase(w)
    await add(bytes)
    await scan()
    for (const at of [first, m])
      expect((await rows(at)).at(-1)).toMatchObject({ scan_result: 'infected', name: '', erased_at: expect.any(Date) })
  })

  test('writes no words of the scanner into the log but a name', async () => {
    await using talks = await clamdServer(() => 'stream: <b>张三 13912345678</b>\n FOUND')
    await add(paper())
    await scan(clamd(talks.where))
    expect(JSON.stringify((await log()).at(-1)?.input)).not.toMatch(/<b>|张三/)
  })
})

test('nobody who hands a paper in says of it that it was looked into', async () => {
  const row = (scan_result: 'clean' | null) =>
    w.run(cast.li, (tx) =>
      tx.db
        .insertInto('document')
        .values({
          region: county,
          id: v7(),
          matter: m.id,
          kind: 'evidence',
          name: 'a.pdf',
          mime: 'application/pdf',
          bytes: 1,
          hash: 'a'.repeat(64),
          added_by: cast.li.id,
          at: w.now(),
          scan_result,
        })
        .execute(),
    )
  await expect(row('clean')).rejects.toThrow(/row-level security/)
})

test('where nobody scans, papers are opened as they were taken in', async () => {
  w.on.scanner = noScanner
  await add(paper())
  const { id } = await last()
  expect([await ofLi(id), await ofWang(id), await scan()]).toEqual([200, 200, 0])
})

test.each([
  ['none', () => noScanner],
  ['answers', () => clamd(daemon.where)],
  ['away', () => clamd('127.0.0.1:9')],
])('health says of the scanner: %s', async (scanner, its) => {
  w.on.scanner = its()
  expect((await li.json('GET', '/api/health')).json()).toMatchObject({ ok: true, scanner })
})

test.each([
  ['active', '/OpenAction<</S/JavaScript/JS(1)>>', '打印成 PDF 再传，或者拍成照片'],
  ['locked', '', '请去掉密码再传'],
])('whoever hands in a file that is %s is told at the field what to do, and none of the form is kept', async (which, says, advice) => {
  const locked = Buffer.from('%PDF-1.5\n1 0 obj<</Type/ObjStm/N 0/First 0>>stream\nendstream endobj\ntrailer<</Encrypt 2 0 R>>\n%%EOF\n')
  const bytes = which === 'locked' ? locked : Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog${says}>>endobj\n%%EOF\n`)
  const before = (await rows()).length
  const answer = await rawTo(app)(
    li,
    `/m/${m.code}/add/evidence`,
    filled({ key: v7() }, [
      { name: 'good.pdf', bytes: paper() },
      { name: 'a.pdf', bytes },
    ]),
    filledType,
  )
  expect([answer.statusCode, answer.body.includes(advice), (await rows()).length]).toEqual([415, true, before])
})
