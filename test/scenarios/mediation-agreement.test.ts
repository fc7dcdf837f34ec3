import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { MatterId } from '#kernel/matter.ts'
import { flawOf } from '#engine/verify.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { mediating } from './mediating.ts'
import { dueOn, isRunning, lettersOf, refusalOf } from './scene.ts'

const { li, chen, liu, guo, zhao, clockwork } = cast

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

const stateOf = async (m: MatterId) => (await w.read(m)).state
const isProved = async (m: MatterId) => expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()

describe('the agreement (人民调解法 §28–31)', () => {
  test('in effect once both sides and the mediator have signed and the committee has sealed it (§29)', async () => {
    const m = await the.proposed()
    await w.act(li, m, 'sign')
    await w.act(zhao, m, 'sign')
    expect(await refusalOf(w.act(guo, m, 'seal'))).toBe('wrong_state')
    await w.act(chen, m, 'sign')
    expect(await stateOf(m)).toBe('sealing')
    w.at('2026-04-01')
    const agreed = await the.act(guo, m, 'seal')
    expect([agreed.state, agreed.data['agreement']]).toEqual(['agreed', { form: 'written', effectiveOn: '2026-04-01' }])
    await isProved(m)
  })

  test('whoever is to sign is shown the text, and after an edit the new one in place of the old', async () => {
    const m = await the.proposed()
    const shownTo = (who: Actor) =>
      w.run(who, (tx) => tx.db.selectFrom('document').select('id').where('matter', '=', m.id).where('kind', '=', 'agreement').execute())
    const [first] = await shownTo(chen)
    expect(await shownTo(li)).toEqual([first])
    await w.act(zhao, m, 'edit')
    w.at('2026-03-03')
    await the.proposed(m)
    const [second, ...others] = await shownTo(chen)
    expect([second?.id === first?.id, others]).toEqual([false, []])
  })

  test('no copy that bears one signature is kept before all have signed and it was sealed', async () => {
    const m = await the.proposed()
    await w.act(li, m, 'sign')
    for (const who of [zhao, liu]) expect(await refusalOf(the.text(m, who, 'signedCopy'))).toBe('not_all_signed')
    expect(await refusalOf(the.text(m, li, 'signedCopy'))).toBe('for_the_table')
    await w.act(chen, m, 'sign')
    await w.act(zhao, m, 'sign')
    expect(await refusalOf(the.text(m, liu, 'signedCopy'))).toBe('not_all_signed')
    await the.act(guo, m, 'seal')
    await the.text(m, liu, 'signedCopy')
  })

  test('an edit after the first signature voids it: everybody signs anew, and the text is another', async () => {
    const m = await the.proposed()
    await w.act(li, m, 'sign')
    expect(await refusalOf(the.text(m))).toBe('text_is_settled')
    await w.act(zhao, m, 'edit')
    expect([await stateOf(m), (await w.read(m)).joint]).toEqual(['mediating', {}])
    expect(await refusalOf(w.act(zhao, m, 'propose'))).toBe('missing_document')
    await the.text(m)
    await the.act(zhao, m, 'propose')
    await w.act(chen, m, 'sign')
    await w.act(zhao, m, 'sign')
    expect(await stateOf(m)).toBe('signing')
    await w.act(li, m, 'sign')
    expect(await stateOf(m)).toBe('sealing')
  })

  test('by word of mouth it is in effect on the day everybody agreed, and can be written down later (§28, §30)', async () => {
    const m = await the.begun()
    await the.act(li, m, 'agreeOrally')
    w.at('2026-03-05')
    await the.act(chen, m, 'agreeOrally')
    expect((await w.read(m)).data['agreement']).toEqual({ form: 'oral', effectiveOn: '2026-03-05' })
    expect((await w.act(zhao, m, 'writeDown')).state).toBe('mediating')
  })

  test('in instalments: a reminder three days before, a word on the day after, and the next one once it was recorded (§31)', async () => {
    const m = await the.begun()
    await w.act(zhao, m, 'addInstalment', { on: '2026-05-20', fen: 50_000 })
    await w.act(zhao, m, 'addInstalment', { on: '2026-04-20', fen: 50_000 })
    await the.text(m)
    await the.act(zhao, m, 'propose')
    await the.signed(m)
    await the.act(guo, m, 'seal')
    expect(await dueOn(w, m, 'instalment')).toBe('2026-04-20')
    w.at('2026-04-17T09:01')
    await w.sweep()
    await w.settle()
    w.at('2026-04-21T00:01')
    await w.sweep()
    await w.settle()
    const letters = (await lettersOf(w, m)).map(({ template }) => template)
    expect(letters).toEqual(expect.arrayContaining(['remindPerformance', 'tellDue']))
    await the.act(liu, m, 'recordInstalment')
    expect([await stateOf(m), await dueOn(w, m, 'instalment')]).toEqual(['agreed', '2026-05-20'])
    await the.act(liu, m, 'recordInstalment')
    expect([await stateOf(m), await isRunning(w, m, 'instalment')]).toEqual(['performed', false])
    await isProved(m)
  })

  test('where it is not performed, whoever is let down says so, and the court is open (§32)', async () => {
    const m = await the.signed(await the.proposed())
    await the.act(guo, m, 'seal')
    await w.act(li, m, 'recordBreach')
    expect((await (await signedIn(w, app, li)).get(`/m/${m.code}`)).body).toContain('向人民法院起诉')
  })
})
