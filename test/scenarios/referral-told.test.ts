import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { Matter } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { mediation } from '#lines/mediation/world/service.ts'
import { flawsOfKept } from '#records/privacy/verify-kept.ts'
import { addCountyOffices } from '#test/offices.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { committee, man, phone, referring, reviewer } from './referring.ts'

const { clockwork } = cast

let w: World
let app: FastifyInstance
let the: ReturnType<typeof referring>
let desk: Browser
/** At legal aid, of a man of whom the committee knew his name and what happened, and no number. */
let aided: Matter
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  await w.run(clockwork, addCountyOffices)
  app = await site(w)
  the = referring(w, () => app)
  desk = await signedIn(w, app, reviewer)
  const its = {
    kind: 'labour',
    gap: 'none',
    isOffered: false,
    applicants: [{ name: man.name, phone }],
    story: '在工地干了三个月，工钱没给。',
  }
  const m = await w.run(committee, (tx) => mediation.opening!.open(tx, { region: county, id: v7() }, its)) // it declares one
  await the.act(committee, m, 'invite', { name: '演示建筑公司' })
  await the.act(committee, m, 'decline')
  const holder = holdersIn(m, 'applicant')[0]!.id // just opened
  aided = await the.takenOver(reviewer, await the.referred(committee, m, 'referToLegalAid', { holder }))
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Group = { title: string; description?: string; properties: Record<string, unknown> }
type Form = { holder: string; called: string; schema: { properties: { said: { properties: Record<string, Group> } } } }

async function askedOf(m: Matter): Promise<{ form: Form; groups: Record<string, Group> }> {
  const { rows } = (await desk.get(`/api/matters/${m.region}/${m.id}/asking`)).json() as { rows: Form[] }
  const [form] = rows
  return { form: form!, groups: form!.schema.properties.said.properties } // one man, who is owed more questions
}

describe('a man without an account, whom the desk telephones (个人信息保护法 §23)', () => {
  test('of what came along by halves the known half is shown, masked, and the rest alone is asked', async () => {
    const { groups } = await askedOf(aided)
    expect(groups['story']).toBeUndefined()
    expect(groups['person']?.description).toMatch(/已经知道：.*马××?。只问/)
    expect(groups['person']?.description).not.toContain(man.name)
    expect(Object.keys(groups['person']?.properties ?? {})).toEqual(['idNumber', 'whyNoId', 'birthDate'])
  })

  test('the half that is told makes the answer whole, as his own word, and he is written down by it', async () => {
    const { form } = await askedOf(aided)
    const said = { person: { idNumber: man.idNumber } }
    const path = `/api/matters/${aided.region}/${aided.id}/facts`
    const answer = await desk.json('POST', path, { said, channel: 'hotline', holder: form.holder })
    expect(answer.statusCode, answer.body).toBe(200)
    expect((await the.answersIn(reviewer, aided))['person']).toEqual({ name: man.name, idNumber: man.idNumber })
    const { parties, facts } = await the.viewOf(reviewer, aided)
    expect(parties.find(({ role }) => role === 'recipient')).toMatchObject({ idNumber: '11**************2X' })
    expect(facts.find(({ question }) => question === 'person')?.source.channel).toBe('12348 热线')
    expect((await askedOf(aided)).groups['person']).toBeUndefined()
  })

  test('all of it is what was noted of it, and the matter is what its log says', async () => {
    expect(await flawsOfKept(w.on, w.now())).toEqual([])
    await the.isProved(aided)
  })
})
