import { v7 } from 'uuid'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { takeAction } from '#api/matter/matters.ts'
import { rightKey } from '#lines/data-request/journey.ts'
import { answersByHolder, saveAnswer } from '#records/people/answers.ts'
import { share } from '#records/privacy/sharing.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { mediating } from './mediating.ts'
import { refusalOf, why } from './scene.ts'

const { li, chen, ma, guo, clockwork } = cast

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

const contactOf = { li: { safe: 'both', phone: '13911110001', when: '早上' }, chen: { safe: 'callOnly', phone: '13922220002' } }

/** Both told how they are reached, and Li showed what he wants. */
async function told(): Promise<Matter> {
  const m = await the.begun()
  await w.run(li, (tx) => saveAnswer(tx, m, 'contact', contactOf.li, 'web'))
  await w.run(chen, (tx) => saveAnswer(tx, m, 'contact', contactOf.chen, 'web'))
  return m
}

/** Asks about a matter from its page, and sends it. */
async function asks(who: Actor, about: Matter, answers: Record<string, unknown>): Promise<Matter> {
  const id = v7()
  const begun = await (await signedIn(w, app, who)).post('/start/data-request', { matter: id, about: about.code })
  expect(begun.headers.location).toMatch(/^\/m\//)
  const at = { region: county, id }
  await w.run(who, async (tx) => {
    for (const [question, value] of Object.entries({ notice: { read: ['yes'] }, person: { name: '马老三' }, ...answers }))
      await saveAnswer(tx, at, question, value, 'web')
  })
  return w.run(who, (tx) => takeAction(tx, at, 'submit', { key: v7(), input: {} }))
}

const grant = async (request: Matter) => {
  const done = await the.act(guo, request, 'fulfil', { reply: why })
  await w.settle()
  return done
}
const saidIn = async (m: Matter, who: 'applicant' | 'respondent', question: string) => {
  const holder = await the.heldBy(m, who)
  return (await w.run(clockwork, (tx) => answersByHolder(tx, m))).get(holder)?.get(question)?.value
}

describe('whoever was asked to answer asks what is held of them (个人信息保护法 §44–47)', () => {
  test('the matter stands among those they may ask about, and not among a stranger’s', async () => {
    const m = await told()
    expect((await (await signedIn(w, app, chen)).get('/start/data-request')).body).toContain(m.code)
    expect((await (await signedIn(w, app, ma)).get('/start/data-request')).body).not.toContain(m.code)
  })

  test('they ask for a copy, and are answered by the committee', async () => {
    const request = await asks(chen, await told(), { wants: { what: 'copy' } })
    expect((await grant(request)).state).toBe('fulfilled')
  })

  test('they see what they said, and nothing the other said of themselves', async () => {
    const m = await told()
    const { body } = await (await signedIn(w, app, chen)).get(`/m/${m.code}`)
    expect(body).toContain('139****0002')
    expect(body).not.toMatch(/1391111|139\*\*\*\*0001|早上/)
  })

  test('what they have corrected is their own saying alone, and takes nothing over from the other’s', async () => {
    const m = await told()
    const right = { wants: { what: 'correct' }, fact: { fact: 'contact.phone' }, [rightKey('contact.phone')]: { phone: '13933330003' } }
    await grant(await asks(chen, m, right))
    expect(await saidIn(m, 'respondent', 'contact')).toEqual({ safe: 'callOnly', phone: '13933330003' })
    expect(await saidIn(m, 'applicant', 'contact')).toEqual(contactOf.li)
  })

  test('what the other showed them is not theirs to correct', async () => {
    const m = await told()
    await w.run(li, async (tx) => {
      await saveAnswer(tx, m, 'wish', { words: '拆回去' }, 'web')
      await share(tx, m, { question: 'wish' })
    })
    const right = { wants: { what: 'correct' }, fact: { fact: 'wish.words' }, [rightKey('wish.words')]: { words: '不拆' } }
    await grant(await asks(chen, m, right))
    expect([await saidIn(m, 'respondent', 'wish'), await saidIn(m, 'applicant', 'wish')]).toEqual([undefined, { words: '拆回去' }])
  })

  test('they stop nobody else’s matter: its use is not stopped on their word (§47(2))', async () => {
    const m = await told()
    const request = await asks(chen, m, { wants: { what: 'delete' } })
    expect(await refusalOf(the.act(guo, request, 'fulfil', { reply: why }))).toBe('must_be_kept')
    expect(await refusalOf(the.act(guo, request, 'restrict', { reason: why }))).toBe('not_applicable')
  })

  test('withdrawn before anybody agreed, what they said goes, and what the other said stays until its own time', async () => {
    const m = await the.asked()
    await w.run(li, (tx) => saveAnswer(tx, m, 'wish', { words: '拆回去' }, 'web'))
    await w.run(chen, (tx) => saveAnswer(tx, m, 'wish', { words: '不拆' }, 'web'))
    await w.act(li, m, 'withdraw')
    await grant(await asks(chen, m, { wants: { what: 'delete' } }))
    expect([await saidIn(m, 'respondent', 'wish'), await saidIn(m, 'applicant', 'wish')]).toEqual([undefined, { words: '拆回去' }])
  })
})
