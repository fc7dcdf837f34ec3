import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openObjection } from '#lines/objection/world/objecting.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { lines } from '#lines/services.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { granted, refused, why } from '#test/scenarios/scene.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
const office = { lawFirm: v7(), practitioner: v7() }
beforeAll(async () => {
  w = await world('2026-04-17T10:00:00+08:00')
  app = await site(w)
  await signedIn(w, app, cast.zhao)
  await w.run(cast.clockwork, async (tx) => {
    const open = { region: county, short: '城东', valid_from: '2020-01-01' }
    await tx.db
      .insertInto('office')
      .values([
        { ...open, id: v7(), kind: 'legalAidAgency', name: '城东区法律援助中心', phone: '0971-8000001' },
        { ...open, id: v7(), kind: 'justiceBureau', name: '城东区司法局', phone: '0971-8000002' },
        { ...open, id: office.lawFirm, kind: 'lawFirm', name: '演示律师事务所', phone: '0971-8000003' },
      ])
      .execute()
    const lawyer = {
      region: county,
      id: office.practitioner,
      office: office.lawFirm,
      name: '演示律师',
      kind: 'lawyer' as const,
      licence_from: '2015-01-01',
    }
    await tx.db.insertInto('practitioner').values(lawyer).execute()
  })
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** Signed in anew, since a sitting does not outlast the days a story takes. */
const page = async (url: string) => (await (await signedIn(w, app, cast.li)).get(url)).body
const read = ({ code }: { code: string }) => page(`/m/${code}`)
const mine = () => page('/mine')
/** The part of the list about one matter. */
const rowOf = (html: string, href: string) => html.split('<li>').find((row) => row.includes(`href="${href}"`)) ?? ''

async function objected() {
  const m = await refused(w)
  await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
  return { m, objection: await w.run(cast.li, (tx) => openObjection(tx, { region: county, id: v7() }, { parent: m.id })) }
}

describe('who took a step', () => {
  const rolesOf = async (m: { region: string; id: string }) =>
    (await w.run(cast.guo, (tx) => viewMatter(tx, m))).timeline.map(({ action, byRole }) => `${action} ${byRole}`)

  test('is the bureau, not the agency, where it kept a decision of the agency (法律援助法 §49(2))', async () => {
    const { objection } = await objected()
    await signedIn(w, app, cast.bai)
    await w.act(cast.bai, objection, 'uphold', { reason: why, servedOn: '2026-04-17' })
    const { timeline } = await w.run(cast.bai, (tx) => viewMatter(tx, objection))
    expect(timeline.map(({ action, byRole }) => `${action} ${byRole}`)).toEqual(['open 申请人', 'uphold 司法局'])
  })

  test('stays the lawyer who took it, whoever was sent in their place', async () => {
    const m = await granted(w)
    await w.assigned(m)
    await w.act(cast.zhao, m, 'reportConflict', { cause: 'conflict', reason: why })
    await w.assigned(m, cast.qian, 'replace')
    expect(await rolesOf(m)).toContain('reportConflict 承办人')
  })
})

describe('who has it in hand', () => {
  test('an objection lies with the justice bureau, not with the agency that refused (法律援助法 §49(2))', async () => {
    const { m, objection } = await objected()
    expect(await read(objection)).toMatch(/审查机关<\/span> <b>城东区司法局<\/b>.*tel:09718000002/s)
    expect(await read(objection)).not.toMatch(/<b>城东区法律援助中心<\/b>/)
    expect(await read(m)).toMatch(/办理机构<\/span> <b>城东区法律援助中心<\/b>/)
  })

  test('the receipt of an objection is the bureau’s, of the day it came, whatever was decided since (法律援助法 §49(2))', async () => {
    const { objection } = await objected()
    w.at('2026-04-20')
    await w.act(cast.bai, objection, 'uphold', { reason: why, servedOn: '2026-04-20' })
    const html = await page(`/m/${objection.code}/receipt`)
    expect(html).toMatch(/<p>城东区司法局<\/p><p>[^<]*4月17日[^<]*<\/p>/)
    expect(html).not.toContain('城东区法律援助中心')
    w.at('2026-04-17T10:00')
  })

  test('a lawyer is rung at their office', async () => {
    const m = await granted(w)
    await w.act(cast.guo, m, 'assign', {
      practitioner: office.practitioner,
      provider: cast.zhao.id,
      office: office.lawFirm,
      verdict: 'assignable',
    })
    expect(await read(m)).toMatch(/承办人<\/span> <b>演示人员（演示律师事务所）<\/b>.*tel:09718000003/s)
  })
})

describe('who looked', () => {
  test('is told up to a day ago, and never said to be nobody for today (个人信息保护法 §44)', async () => {
    w.at('2026-04-17')
    const m = await w.filed()
    await w.run(cast.guo, (tx) => viewMatter(tx, m))
    const html = await read(m)
    expect(html).toMatch(/到2026年4月16日[^<]*为止，没有人看过您的记录/)
    expect(html).toMatch(/这里写到 2026年4月16日[^<]*为止；再往后有谁看过，满一天才显示/)
    w.at('2026-04-18T11:00')
    expect(await read(m)).toContain('谁看过您的记录（1 次）')
  })
})

describe('the list of one’s own matters', () => {
  test('says which limit runs out first, and when', async () => {
    w.at('2026-04-17')
    const m = await w.filed()
    expect(rowOf(await mine(), `/m/${m.code}`)).toMatch(/审查并作出决定 · 最晚 4月24日/)
  })

  test('dates a draft by its last answer', async () => {
    w.at('2026-04-17')
    const draft = await w.open(cast.li)
    w.at('2026-04-20T15:30')
    await w.run(cast.li, (tx) => saveAnswer(tx, draft, 'forWhom', { who: 'self' }, 'web'))
    expect(rowOf(await mine(), `/m/${draft.code}/next`)).toContain('4月20日（周一）15:30')
  })
})

describe('the story so far', () => {
  test('is told in sentences to the person, not in the desk’s names for its steps', async () => {
    w.at('2026-04-17')
    const { m, objection } = await objected()
    const html = await read(m)
    expect(html).toMatch(/<b>决定书送到您手里了。<\/b>/)
    expect(html).not.toContain('登记决定书送达')
    expect(await read(objection)).toMatch(/<b>您提出了异议，司法局已经收到。<\/b>/)
  })

  test('says what is missing and until when, beside the request for it (法律援助法 §43(2))', async () => {
    w.at('2026-04-17')
    const m = await w.filed()
    await w.act(cast.wang, m, 'ask', { missing: ['identity'], until: '2026-04-27' })
    expect(await read(m)).toMatch(/还差一些材料，请您补上。.*身份证明.*2026年4月27日/s)
  })

  test('leaves to officers what of a limit is unsettled: the person goes by the notice', async () => {
    w.at('2026-04-17')
    const m = await refused(w)
    await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
    const html = await read(m)
    expect(html).not.toContain('未能核对原文')
    expect(html).toContain('以您收到的通知书为准。')
  })
})

test.each(lines.filter(({ openedBy }) => openedBy.includes('citizen')))(
  'every step of $title.zh has a sentence for its person',
  ({ actions }) => {
    expect(Object.entries(actions).filter(([key, { told }]) => !told && key !== 'assess')).toEqual([])
  },
)
