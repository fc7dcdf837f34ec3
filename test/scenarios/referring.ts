import { expect } from 'vitest'
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { at, type Actor } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { flawOf } from '#engine/verify.ts'
import { takeAction } from '#api/matter/matters.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { legalAid } from '#lines/legal-aid/world/service.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'
import { sharesAt } from '#records/referral/shares.ts'
import { tellFor } from '#records/referral/telling.ts'
import { offices } from '#test/offices.ts'
import { granted } from '#test/planted.ts'
import { signedIn } from '#test/site.ts'
import { cast, county, type World } from '#test/world.ts'
import { refusalOf } from './scene.ts'

const { clockwork } = cast
/** Takes calls for the agency; sees its matters and nobody else's. */
export const agent = granted(...at(offices.centre, 'intake'))
/** Decides at the agency. */
export const reviewer = granted(...at(offices.centre, 'reviewer', 'intake'))
/** Of the mediation committee. */
export const committee = granted(...at(offices.committee, 'intake', 'director'))
/** His telephone, which no account has. */
export const phone = '13900005555'

/** What he tells, by question. */
export const told = {
  story: { story: '在工地干了三个月，工钱一直没给。' },
  opponent: { name: '演示建筑公司' },
  contact: { safe: 'both', phone },
}
/** Who he is. */
export const man = { name: '马建国', idNumber: '11010519491231002X', phone, address: '西宁市城东区韵家口镇' }
const everything = ['person', 'contact', 'home', 'story', 'opponent']

/** Referrals in a world: a man without an account is heard on the telephone, and sent from body to body. */
export function referring(w: World, app: () => FastifyInstance) {
  let minute = 0
  /** What the agent writes down while the man tells it on the telephone. */
  const heard = (over: Record<string, unknown> = {}, region = county): Promise<Matter> =>
    w.run(agent, (tx) => legalAid.opening!.open(tx, { region, id: v7() }, { channel: 'hotline', person: man, said: told, ...over })) // it declares one
  const act = (who: Actor, m: MatterId, action: string, input: Record<string, unknown> = {}) =>
    w.run(who, (tx) => takeAction(tx, m, action, { key: v7(), input }))
  /** The matter that was opened last beside another. */
  const grownFrom = async (m: MatterId): Promise<Matter> => {
    const { rows } = await w.run(clockwork, (tx) =>
      sql<MatterId>`select s.to_region as region, s.to_matter as id from share s where s.region = ${m.region} and s.matter = ${m.id} order by s.given_at desc, s.id desc limit 1`.execute(
        tx.db,
      ),
    )
    return w.read(rows[0]!) // it was referred
  }
  const referred = async (who: Actor, m: MatterId, action: string, input: Record<string, unknown> = {}): Promise<Matter> => {
    await act(who, m, action, { carries: everything, leave: 'phone', ...input })
    await w.settle()
    return grownFrom(m)
  }
  const takenOver = async (who: Actor, m: MatterId, input: Record<string, unknown> = {}): Promise<Matter> => {
    await act(who, m, 'acceptReferral', input)
    await w.settle()
    return w.read(m)
  }
  const answersIn = (who: Actor, m: MatterId) => w.run(who, async (tx) => plainAnswers(await answersOf(tx, m)))
  const stagesOf = (who: Actor, m: MatterId) => w.run(who, async (tx) => (await sharesAt(tx, m)).map(({ stage }) => stage))
  const viewOf = (who: Actor, m: MatterId) => w.run(who, (tx) => viewMatter(tx, m))
  const hidden = (who: Actor, m: MatterId) => refusalOf(viewOf(who, m))
  const isProved = async (m: MatterId) => expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()

  /** Told to the hotline, referred to mediation, failed there, referred to legal aid. */
  let whole: ReturnType<typeof tellItWhole> | undefined
  const wholeStory = () => (whole ??= tellItWhole())
  async function tellItWhole() {
    const first = await heard()
    const second = await takenOver(committee, await referred(agent, first, 'referToMediation'), { kind: 'labour', gap: 'none' })
    await act(committee, second, 'invite', { name: '演示建筑公司' })
    const other = holdersIn(await w.read(second), 'respondent')[0]!.id // just invited
    await act(committee, second, 'consent', { holder: other })
    await w.run(committee, (tx) => tellFor(tx, second, { said: { story: { story: '我们没有钱。' } }, channel: 'window', holder: other }))
    await act(committee, second, 'fail')
    const applicant = holdersIn(second, 'applicant')[0]!.id // whom it was opened for
    const third = await takenOver(reviewer, await referred(committee, second, 'referToLegalAid', { holder: applicant }))
    return { first, second: await w.read(second), third, other }
  }

  /** The agent reads the code that came to the man's telephone back from him. */
  async function prove(m: Matter, number = phone): Promise<boolean> {
    const who = m.line === 'mediation' ? committee : agent
    const person = holdersIn(m, 'applicant')[0]!.party! // opened for somebody without an account
    w.at(nextMinute())
    const desk = await signedIn(w, app(), who)
    const path = `/api/matters/${m.region}/${m.id}/people/${person}`
    const sent = w.gateway.sent.length
    const asked = await desk.json('POST', `${path}/phone-code`, {})
    if (asked.statusCode !== 200) return false
    const code = /\d{6}/.exec(w.gateway.sent.slice(sent).findLast(({ to }) => to === number)?.text ?? '')?.[0] ?? ''
    return ((await desk.json('POST', `${path}/phone-proof`, { code })).json() as { isProved: boolean }).isProved
  }

  /** A code is sent at most once a minute. */
  const nextMinute = () => `2026-03-02T11:${String(++minute).padStart(2, '0')}`

  return { heard, act, grownFrom, referred, takenOver, answersIn, stagesOf, viewOf, hidden, isProved, wholeStory, prove }
}
