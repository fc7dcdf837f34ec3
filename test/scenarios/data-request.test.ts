import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { addDocument } from '#api/matter/documents.ts'
import { takeAction } from '#api/matter/matters.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { answersOf } from '#records/people/answers.ts'
import { listParties } from '#records/people/people.ts'
import { nameOfPaper } from '#records/privacy/paper-names.ts'
import { reveal } from '#records/privacy/reveal.ts'
import { handedIn } from '#test/handed-in.ts'
import { onePage, planted, plantedCase, plantedDraft, putInto } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { dueOn, lettersOf, refusalOf, why } from './scene.ts'

let w: World
let app: FastifyInstance
let li: Browser
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
})
beforeEach(async () => {
  w.at('2026-04-01')
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Said = Record<string, Record<string, string>>
const me = { name: planted.name, idNumber: planted.idNumber }
const hiddenOf = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''

/** Li asks about a matter on the pages, from the door to the receipt. */
async function asks(about: Matter, said: Said): Promise<Matter> {
  const door = await li.get('/start/data-request')
  let at = String((await li.post('/start/data-request', { matter: hiddenOf(door.body, 'matter'), about: about.code })).headers.location)
  for (; !at.endsWith('/check');) {
    const key = /\/q\/([\w-]+)/.exec(at)?.[1]
    const answer = key ? await li.post(at, said[key] ?? {}) : await li.get(at)
    expect([key, answer.statusCode], answer.body.slice(-3000)).toEqual([key, 303])
    at = String(answer.headers.location)
  }
  const sent = await li.post(at, { key: v7() })
  expect(sent.headers.location).toBe(at.replace('check', 'receipt'))
  expect((await li.get(String(sent.headers.location))).statusCode).toBe(200)
  return find(at.split('/')[2] ?? '')
}

const find = async (code: string): Promise<Matter> => {
  const { id } = await w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('matter').select('id').where('code', '=', code).executeTakeFirstOrThrow(),
  )
  return w.read({ region: county, id })
}
const told = (what: string, more: Said = {}): Said => ({ notice: { read: 'yes' }, wants: { what }, person: me, ...more })
const officer = (m: Matter, action: string, input: Record<string, unknown>) =>
  w.run(cast.wang, (tx) => takeAction(tx, m, action, { key: v7(), input }))

/** Everything of a matter that was said or sent, in the clear where it can be opened. */
const leftOf = (m: Matter) =>
  w.run(cast.clockwork, async (tx) => ({
    answers: [...(await answersOf(tx, m)).keys()],
    people: (await listParties(tx, m)).map(({ name, idNumber, phone }) => [name, idNumber, phone]),
    papers: (await tx.db.selectFrom('document').select(['region', 'id', 'name', 'hash']).where('matter', '=', m.id).execute()).map(
      (row) => ({
        name: nameOfPaper(tx.on.keyring, row),
        hash: row.hash,
      }),
    ),
    assessments: (await tx.db.selectFrom('assessment').select('id').where('matter', '=', m.id).execute()).length,
  }))

describe('a person and what is held of them (个人信息保护法 §44–50)', () => {
  test('the line has its door, its pages, its place in the queue and its limit, and nobody wrote a page for it', async () => {
    expect((await li.get('/')).body).toContain('/start/data-request')
    const request = await asks(await plantedCase(w), told('explain', { explanation: { words: '有人看过我的电话，为什么？' } }))
    expect(request.state).toBe('received')
    expect(await dueOn(w, request, 'answer')).toBe('2026-04-23')
    const queue = await (await signedIn(w, app, cast.wang)).json('GET', '/api/queue?purpose=all&line=data-request')
    expect(queue.json<{ rows: { code: string; title: string }[] }>().rows).toMatchObject([{ code: request.code, title: '解释说明' }])
  })

  test('a refusal gives its reasons and says that one may go to court, and offers no objection of another law (§50)', async () => {
    const request = await asks(await plantedCase(w), told('copy'))
    await officer(request, 'refuse', { reason: why })
    const page = (await li.get(`/m/${request.code}`)).body
    expect(page).toContain(why)
    expect(page).toContain('向人民法院起诉')
    expect(page).not.toContain('异议')
    await w.settle()
    expect((await lettersOf(w, request)).map(({ template }) => template)).toContain('tellDataAnswered')
  })

  test('proof of identity may be asked for once, and the days do not count meanwhile (§50(1))', async () => {
    const request = await asks(await plantedCase(w), told('see'))
    await officer(request, 'askIdentity', { until: '2026-04-10' })
    expect(await dueOn(w, request, 'answer')).toBeNull()
    await w.attached(cast.li, request, 'identity')
    w.at('2026-04-03')
    await w.act(cast.li, request, 'supply')
    expect(await dueOn(w, request, 'answer')).not.toBeNull()
    expect(await refusalOf(officer(request, 'askIdentity', { until: '2026-04-20' }))).toBe('once_only')
  })

  test('a draft is erased as asked: words, names and papers go, the log and the number of its steps stay (§47)', async () => {
    const about = await plantedDraft(w)
    const request = await asks(about, told('delete'))
    const log = await w.run(cast.clockwork, (tx) => eventsOf(tx, about))
    await officer(request, 'fulfil', { reply: why })
    await w.settle()
    expect(await leftOf(about)).toEqual({ answers: [], people: [], papers: [], assessments: 0 })
    expect(await w.run(cast.clockwork, (tx) => eventsOf(tx, about))).toEqual(log)
    expect((await li.get(`/m/${about.code}`)).statusCode).toBe(404)
    expect((await li.get('/mine')).body).not.toContain(about.code)
  })

  test('what was withdrawn before a decision is erased with its papers, whose bytes nobody else holds (§47)', async () => {
    const [about, other] = [await plantedCase(w), await plantedCase(w)]
    const bytes = Buffer.concat([onePage, Buffer.from('% the same paper in both\n%%EOF\n')])
    for (const m of [about, other])
      await w.run(cast.li, (tx) => addDocument(tx, m, { kind: 'evidence', key: v7(), upload: handedIn('借条.pdf', bytes) }))
    const paper = (await leftOf(other)).papers.find(({ name }) => name === '借条.pdf')
    await w.act(cast.li, about, 'withdraw')
    const request = await asks(about, told('delete'))
    await officer(request, 'fulfil', { reply: why })
    await w.settle()
    expect(await leftOf(about)).toMatchObject({
      answers: [],
      people: [
        [null, null, null],
        [null, null, null],
      ],
      papers: [{ name: '' }, { name: '' }],
    })
    expect(await w.on.files.has(paper?.hash ?? '')).toBe(true)
    await w.act(cast.li, other, 'withdraw')
    await officer(await asks(other, told('delete')), 'fulfil', { reply: why })
    await w.settle()
    expect(await w.on.files.has(paper?.hash ?? '')).toBe(false)
  })

  test('a file the law has kept is not deleted; all other use of it is stopped, and the person still reads it (§47(2))', async () => {
    const about = await plantedCase(w)
    const request = await asks(about, told('delete'))
    expect(await refusalOf(officer(request, 'fulfil', { reply: why }))).toBe('must_be_kept')
    await officer(request, 'restrict', { reason: why })
    await w.settle()
    const [recipient] = await w.run(cast.wang, (tx) => listParties(tx, about))
    const looked = w.run(cast.wang, (tx) =>
      reveal(tx, about, { person: recipient?.person ?? '', field: 'phone', reason: '电话通知当事人' }),
    )
    expect(await refusalOf(looked)).toBe('use_stopped')
    const desk = await signedIn(w, app, cast.wang)
    expect((await desk.json('GET', `/api/matters/${county}/${about.id}`)).json<{ facts: unknown[] }>().facts).toEqual([])
    expect((await li.get(`/m/${about.code}`)).statusCode).toBe(200)
  })

  test('a correction is a new answer with its source, and what is kept of the person follows (§46)', async () => {
    const about = await plantedCase(w)
    const request = await asks(about, told('correct', { fact: { fact: 'person.name' }, 'right-person-name': { name: '哈斯其木格' } }))
    await officer(request, 'fulfil', { reply: why })
    await w.settle()
    const { person, names } = await w.run(cast.clockwork, async (tx) => ({
      person: (await answersOf(tx, about)).get('person'),
      names: (await listParties(tx, about)).map(({ name }) => name),
    }))
    expect(person?.value).toEqual({ name: '哈斯其木格', idNumber: planted.idNumber })
    expect(person?.source).toMatchObject({ saidBy: cast.li.id, channel: 'web', carriedFrom: request.id })
    expect(names).toContain('哈×')
  })

  test('a correction that its own question would not take is told at the field, and nothing typed is lost', async () => {
    const about = await plantedCase(w)
    const begun = await li.post('/start/data-request?wants=correct&fact=person.idNumber', { matter: v7(), about: about.code })
    const code = String(begun.headers.location).split('/')[2]
    await li.post(`/m/${code}/q/notice`, { read: 'yes' })
    expect((await li.get(`/m/${code}/next`)).headers.location).toBe(`/m/${code}/q/right-person-idNumber`)
    const answer = await li.post(`/m/${code}/q/right-person-idNumber`, { idNumber: '12345' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('value="12345"')
  })

  test('nobody but the system takes anything away, whoever sees the matter', async () => {
    const about = await plantedCase(w)
    for (const who of [cast.li, cast.wang, cast.he]) {
      const gone = await w.run(who, (tx) => tx.db.deleteFrom('answer').where('matter', '=', about.id).returning('question').execute())
      const blank = await w.run(who, (tx) =>
        tx.db.updateTable('document').set({ name: '' }).where('matter', '=', about.id).returning('id').execute(),
      )
      expect([gone, blank]).toEqual([[], []])
    }
  })

  test('nothing the person told stands in the log (ARCHITECTURE, decision 10)', async () => {
    const { rows } = await w.run(cast.clockwork, (tx) =>
      sql<{ text: string }>`select json_agg(input)::text as text from event`.execute(tx.db),
    )
    for (const value of [planted.name, planted.idNumber, planted.phone, planted.story, '哈斯其木格', '有人看过我的电话'])
      expect(rows[0]?.text).not.toContain(value)
  })

  test('neither a stranger nor a proxy asks about what is held of Li, and a visitor is asked who they are first', async () => {
    const about = await plantedCase(w)
    await putInto(w, about, { proxy: cast.ma.id })
    const ma = await signedIn(w, app, cast.ma)
    expect((await ma.json('POST', '/api/data-request', { region: county, id: v7(), parent: about.id })).statusCode).toBe(403)
    const chen = await signedIn(w, app, cast.chen)
    expect((await chen.post('/start/data-request', { matter: v7(), about: about.code })).statusCode).toBe(422)
    expect((await chen.json('POST', '/api/data-request', { region: county, id: v7(), parent: about.id })).statusCode).toBe(404)
    const visitor = browser(app)
    expect((await visitor.get('/start/data-request')).body).toContain('先让我们知道是您')
    expect((await visitor.post('/start/data-request', { matter: v7(), about: about.code })).headers.location).toBe('/return')
  })
})
