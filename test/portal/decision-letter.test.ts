import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { takeAction } from '#api/matter/matters.ts'
import { matterByCode } from '#api/portal/visiting.ts'
import type { Matter } from '#kernel/matter.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { saveAnswers } from '#records/people/answers.ts'
import { putInto } from '#test/planted.ts'
import { why } from '#test/scenarios/scene.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
beforeAll(async () => {
  w = await world('2026-04-17T10:00:00+08:00')
  await w.run(cast.clockwork, async (tx) => {
    const office = { region: county, short: '城东', valid_from: '2020-01-01' }
    await tx.db
      .insertInto('office')
      .values([
        { ...office, id: v7(), kind: 'legalAidAgency', name: '城东区法律援助中心' },
        { ...office, id: v7(), kind: 'justiceBureau', name: '城东区司法局', phone: '0971-8000002' },
      ])
      .execute()
    const set = { region: '63', valid_from: '2020-01-01', decided_by: 'test' }
    const standard = { basis: 'minimumLivingAllowanceMultiple', multiple: 3, inclusive: true, area: 'applicantResidence' }
    await tx.db
      .insertInto('setting')
      .values([
        { ...set, key: 'hardship.standard', value: JSON.stringify(standard) },
        { ...set, key: 'hardship.allowanceFenPerMonth', value: JSON.stringify(80_000) },
      ])
      .execute()
    await w.on.settings.reload(tx.db)
  })
  app = await site(w)
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

let m: Matter
beforeEach(async () => {
  w.at('2026-04-17')
  m = await w.filed()
})

const told = {
  forWhom: { who: 'self' },
  kind: { kind: 'support' },
  deadline: { what: 'none' },
  person: { name: '演示·沈万金', idNumber: '11010519491231002X' },
  status: { statuses: ['none'] },
  opponentHome: { livesTogether: 'no' },
  income: { fen: 980_000 },
  household: { others: 0 },
  verify: { method: 'undertaking' },
}

/** Decided on what was told; returns the number of the deciding step. */
async function decided(action: 'grant' | 'refuse', input: object, answers: Record<string, unknown> = told): Promise<number> {
  await w.run(cast.li, (tx) => saveAnswers(tx, m, answers, 'web'))
  await w.run(cast.wang, (tx) => takeAction(tx, m, 'assess', { key: v7(), input: {} }))
  return (await w.act(cast.wang, m, action, input)).version
}
const refused = () => decided('refuse', { reason: why })
const letterOf = (seq: number | string, who = li) => who.get(`/m/${m.code}/decision/${seq}`)
const read = async (seq: number) => (await letterOf(seq)).body

describe('the letter of a refusal', () => {
  test('says who decided, what, why and when (法律援助法 §43(1))', async () => {
    const html = await read(await refused())
    expect(html).toMatch(new RegExp(`城东区法律援助中心.*<h1>不予法律援助决定书</h1>.*决定不予法律援助。.*${why}.*2026年4月17日<`, 's'))
    expect(html).toContain('以送达的决定书为准')
  })

  test('names the articles it rests on (法律援助法 §34, §43(1))', async () => {
    expect(await read(await refused())).toMatch(/法律依据.*《法律援助法》第四十三条第一款.*《法律援助法》第三十四条/s)
  })

  test('holds the calculation, with the figure, the standard, how it came out and the article (法律援助法 §34)', async () => {
    const annex = (await read(await refused())).split('附表')[1] ?? ''
    expect(annex).toMatch(/经济困难<\/b> · 不符合.*您的情况：每人每月 9,800 元.*标准：每人每月 2,400 元.*《法律援助法》第三十四条/s)
  })

  test('says of what does not apply to the person that it does not, never that it is met (法律援助法 §32, §42)', async () => {
    const annex = (await read(await refused())).split('附表')[1] ?? ''
    expect(annex).toMatch(/是否不受经济条件限制<\/b> · 不属于<.*您的申请要看经济状况.*是否免予核查<\/b> · 不属于<.*按一般方法核查/s)
  })

  test('names the bureau to object to and, once it was served, the last day (法律援助法 §49(1))', async () => {
    const seq = await refused()
    expect(await read(seq)).toMatch(/期限从您收到决定书起算.*城东区司法局.*第四十九条第一款/s)
    await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
    expect(await read(seq)).toMatch(/提出异议：最后一天是2026年5月6日/)
  })

  test('is led to from the page of the matter, and from the objection to it (法律援助法 §49(1))', async () => {
    const seq = await refused()
    await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
    const link = `href="/m/${m.code}/decision/${seq}"`
    expect((await li.get(`/m/${m.code}`)).body).toContain(link)
    const objection = await li.post(`/m/${m.code}/object`, { key: v7() })
    expect((await li.get(String(objection.headers.location))).body).toContain(link)
  })

  test('in English has nothing left in Chinese but what officers and offices are called and wrote', async () => {
    const seq = await refused()
    await li.get('/set?language=en&back=/')
    const html = await read(seq)
    await li.get('/set?language=zh&back=/')
    const letter = /<article.*<\/article>/s
      .exec(html)?.[0]
      .replaceAll(/城东(区[一-鿿]+|民\d+号)/g, '')
      .replaceAll(why, '')
    expect(letter).not.toMatch(/[一-鿿]/)
  })
})

test('the letter of a grant gives its ground and no way to object (法律援助法 §31(4), §43(1))', async () => {
  const html = await read(await decided('grant', {}, { ...told, income: { fen: 100_000 } }))
  expect(html).toMatch(/给予法律援助决定书.*附表/s)
  expect(html).not.toContain('不服怎么办')
})

/** Refused, served and objected to; returns the refusal's step, the objection and the address of its page. */
async function objectedTo() {
  const seq = await refused()
  await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
  const page = String((await li.post(`/m/${m.code}/object`, { key: v7() })).headers.location)
  return { seq, page, objection: await w.run(cast.li, (tx) => matterByCode(tx, page.slice('/m/'.length))) }
}
const answer = { reason: why, servedOn: '2026-04-17' }

test('the bureau’s answer to an objection has its own letter, with the last days for reconsideration and court (法律援助法 §49(3))', async () => {
  const { page, objection } = await objectedTo()
  const { version } = await w.act(cast.bai, objection, 'uphold', answer)
  const html = (await li.get(`${page}/decision/${version}`)).body
  expect(html).toMatch(/城东区司法局.*法律援助异议决定书.*申请行政复议：最后一天是2026年6月16日.*向法院起诉：最后一天是2026年10月19日/s)
})

test('a refusal that was corrected keeps its letter, which says that a later decision was made (法律援助法 §49(2))', async () => {
  const { seq, objection } = await objectedTo()
  await w.act(cast.bai, objection, 'order', answer)
  await w.settle()
  expect(await read(seq)).not.toContain('后来又有新的决定')
  const { version } = await w.act(cast.wang, m, 'grant', { note: why })
  expect(await read(seq)).toMatch(/不予法律援助决定书.*最后一天是2026年5月6日.*后来又有新的决定/s)
  expect(await read(version)).toMatch(/给予法律援助决定书/)
})

describe('whom it is written to', () => {
  const named = (name: string) =>
    w.run(cast.clockwork, async (tx) => addParty(tx, m, await addPerson(tx, county, { kind: 'natural', name }), 'recipient'))
  const looks = () =>
    w.run(cast.clockwork, (tx) =>
      tx.db.selectFrom('audit').select(['actor', 'detail']).where('matter', '=', m.id).where('kind', '=', 'reveal').execute(),
    )

  test('is named in full to the person, and that look is written down (个人信息保护法 §45, §51)', async () => {
    const seq = await refused()
    await named('演示·沈万金')
    expect(await read(seq)).toMatch(/写给<\/dt><dd>演示·沈万金</)
    expect(await looks()).toMatchObject([{ actor: cast.li.id, detail: { field: 'name', relation: 'applicant' } }])
  })

  test('is masked to whoever acts for them (个人信息保护法 §51)', async () => {
    const seq = await refused()
    await named('沈万金')
    await putInto(w, m, { proxy: cast.ma.id })
    const { body } = await letterOf(seq, await signedIn(w, app, cast.ma))
    expect([body.includes('<dd>沈×<'), body.includes('沈万金'), (await looks()).length]).toEqual([true, false, 0])
  })
})

describe('who may read it', () => {
  test('whoever acts for the person may; to a stranger there is no such letter (个人信息保护法 §51)', async () => {
    const seq = await refused()
    await putInto(w, m, { proxy: cast.ma.id })
    const [ma, chen] = [await signedIn(w, app, cast.ma), await signedIn(w, app, cast.chen)]
    expect([(await letterOf(seq, ma)).statusCode, (await letterOf(seq, chen)).statusCode]).toEqual([200, 404])
  })

  test.each(['1', '99', 'last'])('a step that decided nothing has no letter: %s', async (seq) => {
    await refused()
    expect((await letterOf(seq)).statusCode).toBe(404)
  })

  test('of a private matter the window says nothing, and the way out is there (反家庭暴力法 §5)', async () => {
    m = await w.filed({ isPrivate: true })
    const html = await read(await refused())
    expect(html).toContain('<title>法惠</title>')
    expect(html).toContain('class="exit"')
  })
})
