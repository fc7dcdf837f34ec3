import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { cast, world, type World } from '#test/world.ts'
import { measure, type Measure } from '#indicators/indicator.ts'
import { assignedOnTime, moneyRecovered, reviewedOnTime } from './measures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

let month = 0
/** Each story in a month of its own, read at its end. */
async function counted(of: Measure, story: () => Promise<unknown>) {
  const first = `2027-${String(++month).padStart(2, '0')}-01`
  w.at(first)
  await story()
  w.at(`${first.slice(0, 8)}28`)
  const [figure] = await w.run(cast.he, (tx) => measure(tx, of, 'region', new Date(`${first}T00:00:00+08:00`), w.now()))
  return figure
}
const later = (day: string) => w.at(`2027-${String(month).padStart(2, '0')}-${day}`)

async function granted(): Promise<Matter> {
  const m = await w.filed()
  await w.assessed(m)
  return w.act(cast.wang, m, 'grant')
}

describe('reviews within seven days (法律援助法 §43(1))', () => {
  test('count what was decided, in time and late', async () => {
    const figure = await counted(reviewedOnTime, async () => {
      const [, late] = [await granted(), await w.filed()]
      later('15')
      await w.assessed(late)
      await w.act(cast.wang, late, 'grant')
    })
    expect(figure).toMatchObject({ value: 0.5, base: 2 })
  })

  test('count what is still undecided once its days have run', async () => {
    expect(await counted(reviewedOnTime, () => w.filed())).toMatchObject({ value: 0, base: 1 })
  })

  test('leave out what the person withdrew, or another office took, before anybody decided', async () => {
    const figure = await counted(reviewedOnTime, async () => {
      await w.act(cast.li, await w.filed(), 'withdraw')
      await w.act(cast.wang, await w.filed(), 'refer', { to: '城中区法律援助中心', reason: '住所地在城中区，应由该区受理' })
    })
    expect(figure).toBeUndefined()
  })

  test('still count what was withdrawn after its days had run', async () => {
    const figure = await counted(reviewedOnTime, async () => {
      const m = await w.filed()
      later('20')
      await w.act(cast.li, m, 'withdraw')
    })
    expect(figure).toMatchObject({ value: 0, base: 1 })
  })
})

describe('assignments within three days (法律援助法 §43(1))', () => {
  test('count a grant somebody was sent on', async () => {
    expect(await counted(assignedOnTime, async () => w.assigned(await granted()))).toMatchObject({ value: 1, base: 1 })
  })

  test('leave out a grant that ended before anybody was sent', async () => {
    const ended = async () => w.act(cast.guo, await granted(), 'terminate', { ground: 'T7', reason: '受援人有正当理由要求终止援助' })
    expect(await counted(assignedOnTime, ended)).toBeUndefined()
  })
})

describe('money recovered (法律援助法 §50, §59)', () => {
  /** The lawyer reports ten thousand yuan; the person answers. */
  const answered = (answer: Record<string, unknown>) => async () => {
    const m = await granted()
    await w.assigned(m)
    await w.act(cast.zhao, m, 'engage', { exception: '因受援人住院无法当面签订协议' })
    const concludedOn = `2027-${String(month).padStart(2, '0')}-01`
    await w.act(cast.zhao, m, 'conclude', {
      result: 'won',
      concludedOn,
      claimedFen: 1_000_000,
      recoveredFen: 1_000_000,
      hearings: 1,
      meetings: 1,
    })
    await w.act(cast.li, m, 'confirmOutcome', answer)
  }

  test('is confirmed as far as the person received it, and contradicted for the rest', async () => {
    const figure = await counted(moneyRecovered, answered({ agrees: 'no', receivedFen: 400_000 }))
    expect(figure).toMatchObject({ value: 400_000, claimed: 1_000_000, confirmed: 400_000, contradicted: 600_000 })
  })

  test('is confirmed whole where the person says it is right', async () => {
    expect(await counted(moneyRecovered, answered({ agrees: 'yes' }))).toMatchObject({ confirmed: 1_000_000, contradicted: 0 })
  })

  test('is contradicted whole where the person received nothing', async () => {
    expect(await counted(moneyRecovered, answered({ agrees: 'no' }))).toMatchObject({ confirmed: 0, contradicted: 1_000_000 })
  })

  test('is never contradicted by more than was reported', async () => {
    const figure = await counted(moneyRecovered, answered({ agrees: 'no', receivedFen: 1_200_000 }))
    expect(figure).toMatchObject({ confirmed: 1_200_000, contradicted: 0 })
  })
})
