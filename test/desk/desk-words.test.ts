import { v7 } from 'uuid'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { actionsFor, whyNot } from '#api/matter/actions-view.ts'
import { seenText, seenWords } from '#lines/legal-aid/world/step-titles.ts'
import { check } from '#kernel/decide.ts'
import { stateNext, stateTitle } from '#kernel/face.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { journeyFor, lines } from '#lines/services.ts'
import { Facts } from '#lines/legal-aid/means/facts.ts'
import { assess } from '#lines/legal-aid/means/means.ts'
import { defaultSettings, type Settings } from '#lines/legal-aid/settings.ts'
import { topicCodes } from '#lines/legal-aid/matters.ts'
import { refusalText } from '#platform/messages/messages.ts'
import { valuesOf, type Schema } from '#test/edge/from-schema.ts'
import { everyNo } from '#test/refusing.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { account } from '#kernel/seat.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

/** What only the person whose matter it is could follow. */
const citizens = /12348|进度页|再交一次|网址|口令进来/
const staffs = [cast.wang, cast.guo, cast.liu, cast.bai, cast.zhao]

/** What a line may have on file, as far as its reasons look at it. */
const files: readonly Matter['data'][] = [
  {},
  { inTime: true },
  { inTime: false },
  { asked: { missing: ['identity'], until: '2026-04-01' }, wants: 'delete' },
  { assessment: { proposal: 'grant' }, recused: [cast.wang.id], termination: {}, servedOn: '2026-03-01' },
  { assessment: { proposal: 'refuse' }, outcome: { confirmation: 'contradicted' } },
  { outcome: { confirmation: 'confirmed' }, hearing: { at: '2026-01-05T09:00:00+08:00' } },
]

const standing = (line: Line, state: string, data: Matter['data']): Matter => ({
  region: county,
  id: v7(),
  code: 'ABCD-EFGH',
  line: line.key,
  office: v7(),
  edition: line.edition,
  state,
  version: 1,
  number: null,
  seats: { [line.principal]: [account(cast.li.id)], assignee: [account(cast.zhao.id)] },
  joint: {},
  parent: null,
  documents: [],
  data,
  openedAt: w.now(),
  filedAt: null,
})

describe.each(lines.map((line) => [line.title.zh, line] as const))('%s, as those at the desk read it', (_, line) => {
  const matters = () => Object.keys(line.states).flatMap((state) => files.map((data) => standing(line, state, data)))

  test('no action in any state is withheld with a sentence meant for the person', async () => {
    const shown = await Promise.all(
      staffs.map((who) => w.run(who, async (tx) => matters().flatMap((matter) => actionsFor(tx, line, matter, [], 'zh')))),
    )
    const reasons = new Set(shown.flat().flatMap(({ why }) => why ?? []))
    expect(reasons.size).toBeGreaterThan(1)
    expect([...reasons].filter((why) => citizens.test(why))).toEqual([])
  })

  test('and so it is where an action is refused that no button offers', () => {
    const law = w.on.settings.lawOf(county, w.now())
    const said = staffs.flatMap((actor) =>
      matters().flatMap((matter) =>
        Object.keys(line.actions).flatMap((key) => {
          const refusal = check(line, matter, key, { actor, now: w.now(), law })
          return refusal ? [whyNot(line, refusal, 'zh', 'desk')] : []
        }),
      ),
    )
    expect(said.filter((why) => citizens.test(why))).toEqual([])
  })

  test('its states and what comes next speak of the person, not to them', () => {
    const words = Object.keys(line.states).flatMap((state) => [
      stateTitle(line, state, 'desk').zh,
      stateNext(line, { state, seats: {}, data: {} }, 'desk')?.zh ?? '',
    ])
    expect(words.filter((word) => /您|我们|^请/.test(word))).toEqual([])
  })

  test('nobody is sent to a colleague for a step that nobody can take now', async () => {
    const shown = await w.run(cast.guo, async (tx) =>
      matters().flatMap((matter) => actionsFor(tx, line, matter, [], 'zh').map(({ key }) => [key, matter.state] as const)),
    )
    expect(shown.filter(([key, state]) => !line.actions[key]?.from.includes(state))).toEqual([])
  })

  test('what the person told stands under a name, not under the question they were asked', () => {
    expect(journeyFor(line.key, '2026-03-02').filter(({ factTitle }) => /您|我们|？|^请/.test(factTitle.zh))).toEqual([])
  })
})

test('no refusal sends somebody at the desk to the person’s pages or to the hotline', () => {
  expect(everyNo.filter((one) => citizens.test(refusalText(one, 'zh', 'desk')))).toEqual([])
})

test('a refusal of aid that was not proposed says to assess again, not to give reasons nobody can type (法律援助法 §43)', async () => {
  const m = await w.filed()
  await w.assessed(m, 'grant')
  const matter = (await w.read(m))!
  const [refuse] = await w.run(cast.wang, async (tx) =>
    actionsFor(
      tx,
      lines.find(({ key }) => key === 'legal-aid')!,
      matter,
      [],
      'zh',
    ).filter(({ key }) => key === 'refuse'),
  )
  expect(refuse).toMatchObject({ allowed: false, why: '核算没有建议这样决定。请补全情况，重新核算，再作决定。' })
})

describe('what a step of the assessment looked at is said in Chinese', () => {
  const latin = /[A-Za-z_]/

  test('every code it can be has its words', () => {
    expect(Object.entries(seenWords).filter(([, { zh }]) => latin.test(zh) || zh === '')).toEqual([])
  })

  test('whatever the facts are, and whatever the province listed', () => {
    const facts = valuesOf(fc.uuid())
      .value(z.toJSONSchema(Facts) as Schema)
      .filter((its) => Facts.safeParse(its).success)
    const onList = topicCodes.filter((topic) => topic !== 'other')
    const listed: Settings[] = [
      defaultSettings,
      { ...defaultSettings, 'matters.provincial': onList, 'noMeansTest.provincial': onList, 'urgentAid.provincial': onList },
    ]
    fc.assert(
      fc.property(facts, fc.constantFrom(...listed), (its, settings) => {
        for (const step of assess(Facts.parse(its), settings).steps) {
          const said = seenText(step, 'zh')
          expect(said).not.toMatch(latin)
          if (step.input !== null) expect(said).not.toBe('—')
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a subject of the province’s list is named, not coded: 借钱、欠款 (法律援助法 §31)', () => {
    const { steps } = assess(
      {
        route: 'application',
        person: { kind: 'citizen', birthDate: '1980-01-01' },
        filedBy: { relation: 'self' },
        matter: { code: 'M31-9', topic: 'debt' },
        noMeansTest: { situation: 'none' },
        deadlines: { receivedOn: '2026-03-02' },
      },
      defaultSettings,
    )
    expect(steps.filter(({ step }) => step === 'matter').map((step) => seenText(step, 'zh'))).toEqual(['借钱、欠款'])
  })
})
