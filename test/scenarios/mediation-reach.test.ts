import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { eventsOf, matterOf } from '#engine/matter-rows.ts'
import { flawOf } from '#engine/verify.ts'
import { answersByHolder, saveAnswer } from '#records/people/answers.ts'
import { openField, partyRows } from '#records/people/people.ts'
import { wordsIn } from '#platform/keys/said.ts'
import { eraseMatter, mustBeKept } from '#records/privacy/erasure.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { mediating } from './mediating.ts'

const { li, chen, ma, liu, guo, zhao, clockwork } = cast

let w: World
let app: FastifyInstance
let the: ReturnType<typeof mediating>
let m: Matter
/** Of the whole way: everybody told where they live, met, and signed. */
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  the = mediating(w)
  app = await site(w)
  m = await the.begun({ applicants: [{ name: '王桂英', ...reach.applicant }] }, reach.respondent)
  await say(li, reach.applicant)
  await say(chen, reach.respondent)
  for (const [who, its] of [
    [li, reach.applicant],
    [chen, reach.respondent],
  ] as const) {
    await the.act(who, m, 'tell', { words: `打我电话${its.phone}，或者到${its.address}来找我。` })
    await the.paper(who, m, `${its.address}.pdf`)
  }
  for (const n of [0, 1])
    await w.act(zhao, m, 'meetApart', {
      party: await the.heldBy(m, n ? 'respondent' : 'applicant'),
      at: '2026-03-04T09:30:00+08:00',
      place: n ? 'site' : 'village',
    })
  await w.act(zhao, m, 'meetTogether', { at: '2026-03-05T09:30:00+08:00', place: 'committee' })
  await the.signed(await the.proposed(m))
  await the.act(guo, m, 'seal')
  await w.act(li, m, 'seekConfirmation')
  await w.settle()
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** What each side told about how they are reached; none of it may stand in anything the other side is given. */
const reach = {
  applicant: { phone: '13911110001', address: '湟中路暗号甲一号' },
  respondent: { phone: '13922220002', address: '海湖路暗号乙二号' },
}
type Reach = (typeof reach)['applicant']

const say = (who: Actor, { phone, address }: Reach) =>
  w.run(who, async (tx) => {
    await saveAnswer(tx, m, 'contact', { safe: 'both', phone }, 'web')
    await saveAnswer(tx, m, 'home', { address }, 'web')
    await saveAnswer(tx, m, 'wish', { words: '好好谈，别伤和气' }, 'web')
  })

/** Whole and in parts, as a mask would show it. */
const traces = ({ phone, address }: Reach) => [phone, address, `*${phone.slice(-4)}`, '暗号']
const confirmationOf = (at: Matter) =>
  w.run(clockwork, (tx) =>
    tx.db.selectFrom('matter').select(['region', 'id', 'code']).where('parent', '=', at.id).executeTakeFirstOrThrow(),
  )

/** Every paper of a matter, whoever may read it. */
const papersOf = (at: { id: string }) =>
  w.run(clockwork, (tx) => tx.db.selectFrom('document').select(['region', 'id']).where('matter', '=', at.id).execute())

/** Whatever has an address: pages, papers, the API, the stream, a calendar, the search, the queue, what is held of somebody to see and to correct. */
async function addressesOf({ region, id, code }: { region: string; id: string; code: string }): Promise<string[]> {
  const rights = ['see', 'copy', 'correct', 'delete', 'explain'].map((wants) => `/start/data-request?about=${code}&wants=${wants}`)
  const steps = (await w.run(clockwork, (tx) => eventsOf(tx, { region, id }))).map(({ seq }) => `/m/${code}/decision/${seq}`)
  return [
    ...['', '/receipt', '/check', '/next', '/proxy', '/add/evidence', '/share/answer/contact', '/share/answer/home'].map(
      (page) => `/m/${code}${page}`,
    ),
    ...['person', 'opponent', 'contact', 'home'].map((question) => `/m/${code}/q/${question}`),
    ...(await papersOf({ id })).flatMap((paper) => [`/m/${code}/file/${paper.id}`, `/api/documents/${paper.region}/${paper.id}`]),
    ...steps,
    ...rights,
    `/api/matters/${region}/${id}`,
    `/api/matters/${region}/${id}/panels/candidates`,
    `/api/live/${region}/${id}`,
  ]
}

const elsewhere = ['/mine', '/readings', '/', '/places', '/start/data-request', '/api/queue?purpose=all', '/api/notices', '/api/measures']
const alsoAsked = [
  ['/api/search', { term: '王桂英' }],
  ['/api/search', { term: '13911110001' }],
  ['/api/search', { term: '13922220002' }],
  ['/api/calendar/feeds', { scope: 'mine' }],
] as const

/** Everything that somebody at the table is given, unsealed where it is kept sealed: by address, by the search, and every row that exists for them. */
async function givenTo(who: Actor): Promise<string> {
  const browser = await signedIn(w, app, who)
  const child = await confirmationOf(m)
  const pages = (await Promise.all([m, child].map(addressesOf))).flat()
  const bodies = await Promise.all(
    [...pages, ...elsewhere].map(async (url) => {
      const { body, headers } = await browser.get(url)
      return `${body} ${decodeURIComponent(String(headers['content-disposition']))}`
    }),
  )
  const found = await Promise.all(alsoAsked.map(async ([url, body]) => (await browser.json('POST', url, body)).body))
  const rows = await w.run(who, async (tx) => [
    await tx.db.selectFrom('message').selectAll().execute(),
    await Promise.all([m, child].map((at) => eventsOf(tx, at))),
    await matterOf(tx, m),
    await Promise.all([m, child].map(async (at) => [...(await answersByHolder(tx, at))].map(([holder, said]) => [holder, [...said]]))),
    (await partyRows(tx, [m, child])).map((row) => [row.id, openField(tx, row, 'phone'), openField(tx, row, 'address')]),
    await Promise.all([m, child].map(async (at) => [...(await wordsIn(tx, at)).values()])),
  ])
  return [...bodies, ...found, JSON.stringify(rows)].join('\n')
}

describe('how one side is reached never comes to the other (个人信息保护法 §6)', () => {
  test.each([
    ['the respondent', chen, reach.applicant, reach.respondent],
    ['the applicant', li, reach.respondent, reach.applicant],
  ])('%s is given neither telephone nor home: on no page, in no list, letter or row', async (_, who, others, own) => {
    const given = await givenTo(who)
    // What is searched would show it: their own is among it.
    for (const one of [own.address, own.phone]) expect(given).toContain(one)
    const foreign = given.replaceAll(own.address, '').replaceAll(own.phone, '')
    expect(traces(others).filter((trace) => foreign.includes(trace))).toEqual([])
  })

  test('nor where and when the other is heard alone', async () => {
    expect(await givenTo(chen)).toMatch(/现场/)
    expect(await givenTo(chen)).not.toMatch(/村（居）调解室|village/)
    expect(await givenTo(li)).not.toMatch(/现场|"site"/)
  })

  test('nor a word that something is kept back', async () => {
    expect(await givenTo(chen)).not.toMatch(/保密|隐藏|不便透露|不能告诉/)
  })

  test('nor may its own person show it by mistake', async () => {
    const browser = await signedIn(w, app, li)
    for (const question of ['contact', 'home', 'person', 'opponent']) {
      const answer = await browser.json('POST', `/api/matters/${county}/${m.id}/facts/${question}/share`, {})
      expect([question, answer.statusCode]).toEqual([question, 409])
    }
  })

  test('nor does a calendar carry it out of the house, whoever subscribes', async () => {
    for (const who of [zhao, liu]) {
      const browser = await signedIn(w, app, who)
      const { path } = (await browser.json('POST', '/api/calendar/feeds', { scope: 'mine' })).json<{ path: string }>()
      const { body } = await app.inject({ method: 'GET', url: path })
      expect(body).toContain('BEGIN:VCALENDAR')
      for (const its of Object.values(reach)) expect(traces(its).filter((trace) => body.includes(trace))).toEqual([])
    }
  })

  test('nor a text: none names anybody, and only the one it is for was asked where it may go', async () => {
    for (const { text } of w.gateway.sent)
      for (const its of Object.values(reach)) expect(traces(its).some((one) => text.includes(one))).toBe(false)
    expect(w.gateway.sent.map(({ to }) => to)).not.toContain(reach.respondent.phone)
  })

  test('the agreement goes with it to the confirmation, where both sides read it: the court asks for it (民事诉讼法 §205; AC-20)', async () => {
    const child = await confirmationOf(m)
    for (const who of [li, chen]) {
      const papers = await w.run(who, (tx) => tx.db.selectFrom('document').select('id').where('matter', '=', child.id).execute())
      expect(papers).toHaveLength(1)
      const file = await (await signedIn(w, app, who)).get(`/m/${child.code}/file/${papers[0]?.id}`)
      expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'application/pdf'])
    }
    expect((await w.read(child)).documents).toEqual(['agreement'])
    expect(await w.run(clockwork, (tx) => flawOf(tx, child))).toBeNull()
  })

  test('the log holds none of it, nor what anybody said', async () => {
    const log = JSON.stringify(await w.run(clockwork, (tx) => eventsOf(tx, m)))
    for (const word of ['暗号', '王桂英', '马老三', '好好谈']) expect(log).not.toContain(word)
  })

  test('the mediator is shown what both want', async () => {
    const { body } = await (await signedIn(w, app, zhao)).json('GET', `/api/matters/${m.region}/${m.id}`)
    expect(body.split('好好谈')).toHaveLength(3)
  })

  test('a stranger finds nothing', async () => {
    expect((await (await signedIn(w, app, ma)).get(`/m/${m.code}`)).statusCode).toBe(404)
  })
})

describe('what is kept of a mediation, and who looked', () => {
  test('each party reads on their page what they told, and who looked at it (个人信息保护法 §45)', async () => {
    await (await signedIn(w, app, liu)).json('GET', `/api/matters/${m.region}/${m.id}`)
    w.at('2026-03-04T10:00')
    for (const who of [li, chen]) {
      const browser = await signedIn(w, app, who)
      expect((await browser.get(`/m/${m.code}`)).body).toContain('好好谈')
      expect((await browser.get(`/m/${m.code}`)).body).toContain('人民调解委员会')
    }
  })

  test('an agreement is a file that is kept, and so is its confirmation, withdrawn or not (人民调解法 §27)', async () => {
    const child = await confirmationOf(m)
    await w.act(li, child, 'withdraw')
    const kept = await w.run(clockwork, async (tx) => [
      mustBeKept(tx, (await matterOf(tx, m))!),
      mustBeKept(tx, (await matterOf(tx, child))!),
    ]) // both are there
    expect(kept).toEqual([true, true])
  })

  test('a request withdrawn before anybody agreed leaves no file, and what was said is erased on every side (个人信息保护法 §47)', async () => {
    const other = await the.asked()
    await w.run(li, (tx) => saveAnswer(tx, other, 'story', { story: '墙' }, 'web'))
    await w.run(chen, (tx) => saveAnswer(tx, other, 'wish', { words: '拆' }, 'web'))
    const withdrawn = await w.act(li, other, 'withdraw')
    const left = await w.run(clockwork, async (tx) => {
      expect(mustBeKept(tx, withdrawn)).toBe(false)
      await eraseMatter(tx, other)
      return {
        said: (await answersByHolder(tx, other)).size,
        names: (await partyRows(tx, [other])).filter(({ name }) => name !== null).length,
      }
    })
    expect(left).toEqual({ said: 0, names: 0 })
  })
})
