import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { listQueue } from '#api/queue/queue.ts'
import { deskChannels, its } from '#lines/consultation/data.ts'
import { keysIn } from '#kernel/keyed.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { flawOf } from '#engine/verify.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'
import { partyRows } from '#records/people/people.ts'
import { lawyers, registered } from '#test/planted.ts'
import { roles } from '#test/roles.ts'
import { addCountyOffices } from '#test/offices.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { advice, consulting } from './consulting.ts'
import { actionsOf, dueOn, isRunning, lettersOf, refusalOf } from './scene.ts'

const { li, liu, wang, guo, zhao, qian, clockwork } = cast
const { agent } = roles

let w: World
let app: FastifyInstance
let the: ReturnType<typeof consulting>
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  await w.run(clockwork, addCountyOffices)
  await lawyers(w)
  the = consulting(w)
  app = await site(w)
})
beforeEach(() => w.at('2026-03-02T09:00'))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const stateOf = async (m: MatterId) => (await w.read(m)).state
const pageOf = async (m: { code: string }) => (await (await signedIn(w, app, li)).get(`/m/${m.code}`)).body
const dueAt = async (m: MatterId, limit: string) => (await w.clock(m, limit))?.dueAt?.toISOString()
/** Zhao is a student today, on the register. */
const asStudent = (kind: 'studentVolunteer' | 'lawyer') =>
  w.on.database.owner((db) => db.updateTable('practitioner').set({ kind }).where('id', '=', registered.zhao).execute())

describe('anybody may ask, by any way, and need not say who they are (法律援助法 §23)', () => {
  test.each(keysIn(deskChannels))(
    'an officer writes down what comes by %s, from somebody without a name, and it is on record',
    async (channel) => {
      const m = await the.takeIn({ channel })
      expect(its(m.data)).toMatchObject({ channel, identity: 'declined' })
      expect([m.state, m.filedAt !== null, await w.run(liu, (tx) => partyRows(tx, [m]))]).toEqual(['asked', true, []])
      const said = await w.run(liu, async (tx) => plainAnswers(await answersOf(tx, m)))
      expect(said).toMatchObject({ person: { naming: 'declined' }, kind: { kind: 'debt' } })
      expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()
    },
  )

  test('no number is drawn: the code alone names it', async () => {
    expect([(await the.takeIn()).number, (await the.ask()).number]).toEqual([null, null])
  })

  test('whoever answers the hotline for the province takes it in and answers in the same sitting; sent again, it is answered once', async () => {
    const id = v7()
    const [first, again] = [await the.takeIn({ reply: advice }, agent, id), await the.takeIn({ reply: advice }, agent, id)]
    expect([first.state, again.state]).toEqual(['answered', 'answered'])
    expect(await actionsOf(w, first)).toEqual(['open', 'answer'])
  })

  test('a caller who leaves a name and a telephone is kept as a person, sealed; the log names nobody', async () => {
    const m = await the.takeIn({ name: '祁连山', phone: '13900002222', safe: 'callOnly' })
    expect((await w.run(liu, (tx) => partyRows(tx, [m]))).map(({ role }) => role)).toEqual(['recipient'])
    const log = JSON.stringify(await w.run(clockwork, (tx) => eventsOf(tx, m)))
    expect(['祁连山', '13900002222', '同事'].filter((word) => log.includes(word))).toEqual([])
  })

  test('on the portal the story comes first, in four questions, and a name is not asked for', async () => {
    const browser = await signedIn(w, app, li)
    expect((await browser.get('/')).body).toContain('只想问一问')
    const door = await browser.post('/start/consultation', { matter: v7(), county })
    const code = String(door.headers.location).split('/')[2] ?? ''
    const answers: [string, Record<string, string>][] = [
      ['notice', { read: 'yes' }],
      ['story', { story: '房东让我这个月搬走，他能这样吗？' }],
      ['kind', { kind: 'land' }],
      ['contact', { safe: 'none' }],
      ['person', { naming: 'declined' }],
    ]
    for (const [question, form] of answers) {
      expect((await browser.get(`/m/${code}/next`)).headers.location).toBe(`/m/${code}/q/${question}`)
      await browser.post(`/m/${code}/q/${question}`, form)
    }
    expect((await browser.get(`/m/${code}/check`)).body).toContain('不留姓名')
    await browser.post(`/m/${code}/check`, { key: v7() })
    expect((await browser.get(`/m/${code}`)).body).toContain('已收到，待答复')
  })
})

describe('every answer to a citizen points out the right to aid, its conditions and how (法律援助法 §23)', () => {
  test('whoever answers types the answer alone; the right stands beside it on the page and in the letter', async () => {
    const m = await the.ask()
    await the.answer(m)
    const [page, letter] = [await pageOf(m), (await (await signedIn(w, app, li)).get(`/m/${m.code}/decision/2`)).body]
    for (const shown of [page, letter]) {
      expect(shown).toContain(advice)
      expect(shown).toContain('您有权依法申请法律援助')
      expect(shown).toContain('第二十三条')
      expect(shown).not.toContain('看来符合')
    }
  })

  test('an answer that does not is refused, and so is an approval', async () => {
    const m = await the.ask()
    const bare = { reply: advice, pointedOutAid: false }
    expect(await refusalOf(w.act(liu, m, 'answer', bare))).toBe('point_out_aid')
    await asStudent('studentVolunteer')
    await the.act(guo, m, 'passOn', { practitioner: registered.zhao })
    await w.act(zhao, m, 'draftAnswer', { reply: advice })
    expect(await refusalOf(w.act(wang, m, 'approve', bare))).toBe('point_out_aid')
    await asStudent('lawyer')
  })

  test('whoever seems to qualify is told so', async () => {
    const m = await the.ask({ kind: { kind: 'wages' } })
    await the.answer(m, { mayQualify: true })
    expect(await pageOf(m)).toContain('您看来符合法律援助的条件')
  })

  test('a firm is answered, and not told that it might apply', async () => {
    const m = await the.takeIn({ asker: 'organisation', reply: advice })
    expect(its(m.data).answered).toMatchObject({ pointedOutAid: false })
  })
})

describe('volunteers, law students among them, advise under guidance (法律援助法 §17)', () => {
  beforeEach(() => asStudent('studentVolunteer'))
  afterAll(() => asStudent('lawyer'))
  const passed = async () => the.act(guo, await the.ask(), 'passOn', { practitioner: registered.zhao })

  test('what a student writes leaves once a lawyer or the agency has approved it, and no word of it before', async () => {
    const m = await passed()
    expect(await refusalOf(the.act(zhao, m, 'answer', { reply: advice }))).toBe('needs_guide')
    await the.act(zhao, m, 'draftAnswer', { reply: advice })
    const browser = await signedIn(w, app, li)
    expect((await browser.get(`/m/${m.code}`)).body).not.toContain(advice)
    expect((await browser.json('GET', `/api/matters/${m.region}/${m.id}`)).body).not.toContain(advice)
    await the.act(wang, m, 'approve')
    expect(await pageOf(m)).toContain(advice)
    expect(its((await w.read(m)).data).answered).toMatchObject({ by: zhao.id, pointedOutAid: true })
  })

  test('it may be changed or sent back, and why is told to the student alone', async () => {
    const m = await passed()
    await the.act(zhao, m, 'draftAnswer', { reply: advice })
    await the.act(wang, m, 'sendBack', { reason: '把赔多少说清楚。' })
    expect((await (await signedIn(w, app, li)).json('GET', `/api/matters/${m.region}/${m.id}`)).body).not.toContain('赔多少')
    await the.act(zhao, m, 'draftAnswer', { reply: advice })
    await the.act(wang, m, 'approve', { reply: '房东违约，可以要求赔偿三个月租金。' })
    expect(await pageOf(m)).toContain('三个月租金')
  })

  test('a guiding lawyer approves in the agency’s place, and the answer carries the licence', async () => {
    const m = await passed()
    await the.act(guo, m, 'setGuide', { practitioner: registered.qian })
    await the.act(zhao, m, 'draftAnswer', { reply: advice })
    await the.act(qian, m, 'approve')
    expect(its((await w.read(m)).data).answered?.licence).toMatch(/^\d{17}$/)
  })

  test('a student guides nobody, and a matter of danger is not given to one', async () => {
    const m = await passed()
    expect(await refusalOf(the.act(guo, m, 'setGuide', { practitioner: registered.zhao }))).toBe('needs_guide')
    const danger = await the.ask({ story: { story: '我老公天天打我，我该怎么办？' } })
    expect(await refusalOf(the.act(guo, danger, 'passOn', { practitioner: registered.zhao }))).toBe('not_for_volunteers')
  })

  test('a lawyer answers outright, with their licence', async () => {
    await asStudent('lawyer')
    const m = await the.act(guo, await the.ask(), 'passOn', { practitioner: registered.zhao })
    expect(await refusalOf(the.act(zhao, m, 'draftAnswer', { reply: advice }))).toBe('not_applicable')
    await the.answer(m, {}, zhao)
    expect(its((await w.read(m)).data).answered).toMatchObject({ by: zhao.id, licence: '16301201610000001' })
  })
})

describe('how long the desk has is a dated setting (RULEBOOK §2.3, §8)', () => {
  test('a message is answered within twenty-four hours, a letter within seven working days, a chat within five minutes', async () => {
    const [message, letter, chat] = [await the.ask(), await the.takeIn({ channel: 'letter' }), await the.takeIn({ channel: 'chat' })]
    expect(await dueAt(message, 'message')).toBe('2026-03-03T01:00:00.000Z')
    expect(await dueOn(w, letter, 'letter')).toBe('2026-03-11')
    expect(await dueAt(chat, 'chat')).toBe('2026-03-02T01:05:00.000Z')
    expect(await isRunning(w, letter, 'message')).toBe(false)
  })

  test('late, it is told to the bureau above, and answered all the same', async () => {
    const m = await the.ask()
    w.at('2026-03-03T10:00')
    await w.sweep()
    await w.settle()
    expect(await actionsOf(w, m)).toContain('overdue')
    expect((await the.answer(m)).state).toBe('answered')
  })
})

describe('somebody in danger comes first', () => {
  const danger = { story: { story: '我老公喝了酒就打我，昨天又打了，我该怎么办？' } }

  test('told in the first words: private from there on, the numbers to ring on the very next page, and first in the queue within the hour', async () => {
    const browser = await signedIn(w, app, li)
    const door = await browser.post('/start/consultation', { matter: v7(), county })
    const code = String(door.headers.location).split('/')[2] ?? ''
    await browser.post(`/m/${code}/q/notice`, { read: 'yes' })
    const next = await browser.post(`/m/${code}/q/story`, { story: danger.story.story })
    const page = (await browser.get(String(next.headers.location))).body
    expect(page).toContain('tel:110')
    expect(page).toContain('class="exit"')
  })

  test('it stands before everything that came earlier and is not late', async () => {
    const earlier = await the.ask()
    w.at('2026-03-02T09:30')
    const urgent = await the.ask(danger)
    expect(await dueAt(urgent, 'urgent')).toBe('2026-03-02T02:30:00.000Z')
    const { rows } = await w.run(liu, (tx) => listQueue(tx, { purpose: 'today', limit: 100, line: 'consultation' }))
    const at = ({ id }: MatterId) => rows.findIndex((row) => row.id === id)
    expect([at(urgent) >= 0, at(urgent) < at(earlier)]).toEqual([true, true])
    await w.settle()
    expect((await lettersOf(w, urgent)).map(({ template }) => template)).toContain('tellUrgent')
    expect((await lettersOf(w, earlier)).map(({ template }) => template)).not.toContain('tellUrgent')
  })

  test('whoever hears of it later marks it, and the hour runs from then', async () => {
    const m = await the.takeIn()
    w.at('2026-03-02T15:00')
    await the.act(liu, m, 'markUrgent')
    expect(await dueAt(m, 'urgent')).toBe('2026-03-02T08:00:00.000Z')
    expect([await isRunning(w, m, 'message'), its((await w.read(m)).data).isPrivate]).toEqual([false, true])
  })

  test('told in what is asked once more, it is first from then on', async () => {
    const m = await the.ask()
    await the.answer(m)
    await the.act(li, m, 'askAgain', { question: '他今天又打我了，怎么办？' })
    expect([await isRunning(w, m, 'urgent'), its((await w.read(m)).data).isPrivate]).toEqual([true, true])
  })
})

describe('how it ends', () => {
  test('an agreed talk is a duty of the desk: late, it is told; held, it ends in an answer', async () => {
    const m = await the.ask()
    await the.act(liu, m, 'schedule', { at: '2026-03-04T10:00:00+08:00', how: 'call' })
    expect([await dueAt(m, 'meeting'), await isRunning(w, m, 'message')]).toEqual(['2026-03-04T02:00:00.000Z', false])
    expect(await pageOf(m)).toContain('约好了时间')
    expect((await the.answer(m)).state).toBe('answered')
    expect(await isRunning(w, m, 'meeting')).toBe(false)
  })

  const wages = { name: '马建国', phone: '13900005555', kind: 'wages', question: '在工地干了三个月，工钱一直没给，怎么办？' }
  const along = { carries: ['person', 'contact', 'story'], leave: 'phone' }
  const grownFrom = async (m: MatterId): Promise<Matter> => {
    await w.settle()
    const rows = await w.run(clockwork, (tx) => tx.db.selectFrom('matter').select(['region', 'id']).where('parent', '=', m.id).execute())
    return w.read(rows[0]!) // it was referred
  }

  test('with the person’s leave it becomes an application for legal aid, and what was told is not asked again', async () => {
    const m = await the.takeIn(wages)
    await the.act(liu, m, 'convert', along)
    const application = await grownFrom(m)
    expect([await stateOf(m), application.line, application.state]).toEqual(['referring', 'legal-aid', 'referredIn'])
    await the.act(wang, application, 'acceptReferral')
    await w.settle()
    expect(await stateOf(m)).toBe('converted')
    const said = await w.run(wang, async (tx) => plainAnswers(await answersOf(tx, application)))
    expect(said).toMatchObject({ story: { story: wages.question }, contact: { phone: wages.phone } })
    expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()
  })

  test('sent back by the mediators, it is the desk’s again, and its time runs anew', async () => {
    const m = await the.takeIn(wages)
    await the.act(liu, m, 'referToMediation', along)
    expect(await isRunning(w, m, 'message')).toBe(false)
    const dispute = await grownFrom(m)
    await the.act(roles.clerk, dispute, 'returnReferral', { reason: '工资的事请先找劳动监察，调解解决不了。' })
    await w.settle()
    expect([await stateOf(m), await isRunning(w, m, 'message')]).toEqual(['asked', true])
  })

  test('nothing goes without leave, and nobody without a name or telephone is sent', async () => {
    const m = await the.takeIn(wages)
    expect(await refusalOf(the.act(liu, m, 'convert', { carries: ['story'] }))).toBe('invalid')
    expect(await refusalOf(the.act(liu, await the.takeIn(), 'convert', along))).toBe('nobody_to_refer')
  })

  test('whoever is referred is told the body and its telephone', async () => {
    const m = await the.ask()
    await the.act(liu, m, 'refer', { to: 'mediation', body: '演示街道人民调解委员会', phone: '0971-8230000' })
    const page = await pageOf(m)
    expect([await stateOf(m), page.includes('演示街道人民调解委员会'), page.includes('0971-8230000')]).toEqual(['referred', true, true])
  })

  test('nobody is lost before they were tried as often as is set', async () => {
    const m = await the.takeIn({ phone: '13900003333', safe: 'callOnly' })
    for (const _ of [1, 2]) await the.act(liu, m, 'notReached')
    expect(await refusalOf(the.act(liu, m, 'lose'))).toBe('try_again_first')
    await the.act(liu, m, 'notReached')
    expect((await the.act(liu, m, 'lose')).state).toBe('lost')
  })

  test('the person rates once and may ask once more; answered again, it closes by itself', async () => {
    const m = await the.ask()
    await the.answer(m)
    await the.act(li, m, 'rate', { content: 'content', words: '说得明白。' })
    expect(await refusalOf(the.act(li, m, 'rate', { content: 'soSo' }))).toBe('once_only')
    await the.act(li, m, 'askAgain', { question: '押金呢？' })
    expect(await pageOf(m)).toContain('押金呢？')
    await the.answer(m)
    expect(await refusalOf(the.act(li, m, 'askAgain', { question: '水电费呢？' }))).toBe('once_only')
    w.at('2026-03-19T10:00')
    await w.sweep()
    expect([await stateOf(m), its((await w.read(m)).data).rating]).toEqual(['closed', 4])
  })

  test('for a caller without an account somebody writes the rating down who did not answer', async () => {
    const m = await the.takeIn({ reply: advice })
    expect(await refusalOf(the.act(liu, m, 'rate', { content: 'notAtAll' }))).toBe('rated_by_another')
    expect(its((await the.act(wang, m, 'rate', { content: 'notAtAll' })).data).rating).toBe(1)
  })
})
