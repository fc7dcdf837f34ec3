import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { MatterId } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { flawOf } from '#engine/verify.ts'
import { mediationEntrance } from '#lines/mediation/entrance.ts'
import { soundsMediable } from '#lines/mediation/dispute-words.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { mediating } from './mediating.ts'
import { lettersOf, refusalOf } from './scene.ts'

const { li, chen, liu, zhao, qian, clockwork } = cast

let w: World
let app: FastifyInstance
let the: ReturnType<typeof mediating>
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  the = mediating(w)
  app = await site(w)
})
beforeEach(() => w.at('2026-03-02'))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const meeting = { at: '2026-03-05T09:30:00+08:00', place: 'village' }
const pageOf = async (who: Actor, m: { code: string }) => (await (await signedIn(w, app, who)).get(`/m/${m.code}`)).body
const lettersTo = async (m: MatterId, template: string) =>
  (await lettersOf(w, m)).filter((letter) => letter.template === template).map(({ account }) => account)

describe('a talk with one side (人民调解法 §22)', () => {
  test('is told to that side alone, with its time and place: page, log and letter', async () => {
    const m = await the.begun()
    await w.act(zhao, m, 'meetApart', { party: await the.heldBy(m, 'respondent'), ...meeting })
    await w.settle()
    expect(await pageOf(chen, m)).toMatch(/单独和您谈.*村（居）调解室/s)
    expect(await pageOf(li, m)).not.toMatch(/单独和您谈|村（居）调解室/)
    expect((await w.run(li, (tx) => eventsOf(tx, m))).map(({ action }) => action)).not.toContain('meetApart')
    expect(await lettersTo(m, 'tellApart')).toEqual([chen.id])
  })

  test('what one side tells of its own is read by those who mediate, and by nobody of the other side', async () => {
    const m = await the.begun()
    await the.act(chen, m, 'tell', { words: '那半米本来就是我家的，有老地契。' })
    expect(await pageOf(chen, m)).toContain('老地契')
    expect(await pageOf(li, m)).not.toContain('老地契')
    const { body } = await (await signedIn(w, app, zhao)).json('GET', `/api/matters/${m.region}/${m.id}`)
    expect(body).toContain('老地契')
    expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()
  })

  test('fear told later, by whichever side, keeps them apart from then on (§3)', async () => {
    const m = await the.begun()
    await w.act(zhao, m, 'meetTogether', meeting)
    await the.act(chen, m, 'tell', { words: '她男人拿刀威胁我，我不敢去。' })
    await w.settle()
    expect((await w.read(m)).data['isPrivate']).toBe(true)
    expect(await refusalOf(w.act(zhao, m, 'meetTogether', meeting))).toBe('never_together')
    expect(await lettersTo(m, 'tellGap')).toEqual([`agency@${county}`])
    expect(await pageOf(li, m)).not.toMatch(/威胁|不敢|不方便/)
  })

  test('what was told without fear keeps nobody apart, and tells the desk of nothing', async () => {
    const m = await the.begun()
    await the.act(li, m, 'tell', { words: '墙还在那里。' })
    await w.settle()
    expect([(await w.read(m)).data['isPrivate'], await lettersTo(m, 'tellGap')]).toEqual([false, []])
  })
})

describe('a firm against one person', () => {
  const againstFirm = async () => {
    const m = await the.open()
    await the.link(m, await the.heldBy(m, 'applicant'), li)
    await the.invite(m, '湟水物业有限公司')
    await the.link(m, await the.heldBy(m, 'respondent'), chen)
    await w.act(chen, m, 'consent')
    await w.act(liu, m, 'appoint', { mediators: [zhao.id], presiding: zhao.id })
    return w.act(zhao, m, 'begin')
  }

  test('is noticed by the firm’s name, and the desk is told to hear the person alone and where else they may ask', async () => {
    const m = await againstFirm()
    await w.settle()
    expect([m.data['isUneven'], m.data['isPrivate']]).toEqual([true, false])
    expect(await lettersTo(m, 'tellUneven')).toEqual([`agency@${county}`])
  })

  test('is noticed as well where the person named it themselves', () => {
    const filing = (name: string) => mediationEntrance.filing({ opponent: { name } }, { people: {}, channel: 'web', today: '2026-03-02' })
    expect([filing('湟水物业有限公司'), filing('马老三')]).toMatchObject([{ isUneven: true }, { isUneven: false }])
  })

  test('they meet only once somebody was heard alone', async () => {
    const m = await againstFirm()
    expect(await refusalOf(w.act(zhao, m, 'meetTogether', meeting))).toBe('apart_first')
    await w.act(zhao, m, 'meetApart', { party: await the.heldBy(m, 'applicant'), ...meeting })
    expect((await w.act(zhao, m, 'meetTogether', meeting)).state).toBe('mediating')
  })

  test('both sides read the same of it, and neither that somebody was thought the weaker', async () => {
    const m = await againstFirm()
    for (const who of [li, chen]) {
      const page = await pageOf(who, m)
      expect(page).toContain('谁都可以带一个人来')
      expect(page).not.toMatch(/力量|单位|弱/)
    }
  })

  test('two persons are not uneven, nor are two firms', async () => {
    const persons = await the.begun()
    const firms = await the.open({ applicants: [{ name: '城东建材厂' }] })
    await the.invite(firms, '湟水物业有限公司')
    expect([(await w.read(persons)).data['isUneven'], (await w.read(firms)).data['isUneven']]).toEqual([undefined, undefined])
  })
})

describe('who mediates, and before whom (人民调解法 §15, §19, §23)', () => {
  test('either side says whom they would like; the other reads nothing of it, the desk is told (§19, §23(1))', async () => {
    const m = await the.asked()
    await the.act(chen, m, 'wishForMediator', { who: '村里的老支书' })
    await w.settle()
    expect(await pageOf(li, m)).not.toContain('老支书')
    expect(await lettersTo(m, 'tellAgency')).toContain(`agency@${county}`)
  })

  test('on their page a party chooses among those who mediate, never among the other side (§23(1))', async () => {
    const m = await the.begun()
    const form = /do\/rejectMediator.*?<\/form>/s.exec(await pageOf(chen, m))?.[0] ?? ''
    expect(form).toContain(`name="mediator" value="${zhao.id}"`)
    for (const seat of ['applicant', 'respondent']) expect(form).not.toContain(await the.heldBy(m, seat))
  })

  test('a session is open only once everybody agrees, and closed again by anybody (§23(3))', async () => {
    const m = await the.begun()
    await the.act(li, m, 'openSession')
    expect((await w.read(m)).data['isOpenSession']).toBeUndefined()
    await the.act(chen, m, 'openSession')
    expect((await w.read(m)).data['isOpenSession']).toBe(true)
    await the.act(chen, m, 'closeSession')
    const closed = await w.read(m)
    expect([closed.data['isOpenSession'], closed.joint]).toEqual([false, {}])
  })

  test('where somebody is afraid it is never open', async () => {
    const m = await the.begun({ gap: 'violence' })
    expect(await refusalOf(the.act(li, m, 'openSession'))).toBe('never_together')
  })

  test('whoever is complained of leaves the table with it and reads nothing more; the committee is told (§15)', async () => {
    const m = await the.begun()
    await w.act(liu, m, 'appoint', { mediators: [zhao.id, qian.id], presiding: zhao.id })
    await the.act(chen, m, 'complain', { mediator: qian.id, about: 'partial', words: '一直帮对方说话。' })
    await w.settle()
    const after = await w.read(m)
    expect([after.state, holdersIn(after, 'mediator').map(({ id }) => id)]).toEqual(['mediating', [zhao.id]])
    expect((await (await signedIn(w, app, qian)).json('GET', `/api/matters/${m.region}/${m.id}`)).statusCode).toBe(404)
    expect(await pageOf(li, m)).not.toContain('帮对方说话')
    expect(await lettersTo(m, 'tellComplaint')).toEqual([`agency@${county}`])
  })
})

describe('what sounds as if a talk might help', () => {
  test.each([
    ['邻居家翻修，把墙砌到我家院子里半米，说了几次都不拆。', true],
    ['楼上漏水，把我家墙泡坏了', true],
    ['他家的羊吃了我家的苗', true],
    ['Our neighbour built his wall into our yard', true],
    ['在城东一个工地砌墙，干到九月底，还有两万块钱没给。', false],
    ['老板拖欠我们三个月工资，一直不给，欠条也不肯打，电话也不接了。', false],
    ['邻居喝了酒就打我，还拿刀威胁我', false],
    ['老公打我', false],
  ])('%s: %s', (story, is) => {
    expect(soundsMediable(story)).toBe(is)
  })
})
