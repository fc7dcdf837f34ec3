import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { branchesOf, over, type Actor, type Grant } from '#kernel/actor.ts'
import { ask, halfIn, newcomerOf, password, totpAt } from '#test/newcomers.ts'
import { officer } from '#test/planted.ts'
import { browser, signedIn, type Browser } from '#test/site.ts'
import { cast, county, type World } from '#test/world.ts'

/**
 * Three first administrators of a province, one of them hostile. Whoever the hostile one makes is one person with them, and enters with whatever codes
 * they have seen. The other two confirm whatever is asked for honest people, and are talked into confirming that somebody of the hostile one's becomes an
 * administrator too; they confirm no officer and no auditor of theirs. So every sight the hostile one gets would be their own deed alone.
 */
export type Walk = { steps: number; did: Record<string, number>; broken: string[] }

/** An account as the walk knows it: whose it is in truth, the halves of codes that person was handed, those the hostile one saw besides, and where they sit. */
type Player = {
  actor: Actor
  login: string
  isHostile: boolean
  halves: string[]
  leaked: string[]
  secret?: unknown
  its?: Browser
  since: number
}
const playing = (actor: Actor, login: string, isHostile: boolean): Player => ({ actor, login, isHostile, halves: [], leaked: [], since: 0 })

const minuteMs = 60_000
const start = Date.parse('2026-04-01T09:00:00+08:00')

/** A walk of so many deeds, the same for the same seed. Stops at the first state that should not be. */
export async function walk(w: World, app: FastifyInstance, { steps, seed }: { steps: number; seed: number }): Promise<Walk> {
  const at = await begin(w, app, seed)
  const did: Record<string, number> = {}
  const broken: string[] = []
  for (let step = 0; step < steps && broken.length === 0; step++) {
    const [name, deed] = at.pick(Object.entries(deeds))
    const outcome = `${name}: ${await deed(at)}`
    did[outcome] = (did[outcome] ?? 0) + 1
    broken.push(...(await flaws(at)))
  }
  return { steps: Object.values(did).reduce((sum, n) => sum + n, 0), did, broken }
}

type At = Awaited<ReturnType<typeof begin>>

async function begin(w: World, app: FastifyInstance, seed: number) {
  const draw = drawing(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(draw() * from.length)]! // nobody picks from nothing
  const roots = [true, false, false].map((isHostile) => playing(officer('63', 'administrator'), '', isHostile))
  const m = await w.filed()
  const players = new Map(roots.map((its) => [its.actor.id, its]))
  const at = { w, app, draw, pick, m, roots, players, now: start, taken: [] as string[] }
  for (const root of roots) await deskOf(at, root)
  return at
}

/** mulberry32: the walk of a seed is the same everywhere. */
function drawing(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

type Where = { w: World; app: FastifyInstance; roots: readonly Player[]; now: number }

/** A browser at which this person was proved some minutes ago at most; undefined where the door stays shut. */
async function deskOf(at: Where, its: Player): Promise<Browser | undefined> {
  if (its.its && at.now - its.since < 8 * minuteMs && (await its.its.json('GET', '/api/me')).statusCode === 200) return its.its
  at.now += minuteMs // a code of an authenticator is good once
  at.w.at(new Date(at.now + 8 * 60 * minuteMs).toISOString().slice(0, 16))
  its.since = at.now
  its.its = at.roots.includes(its) ? await signedIn(at.w, at.app, its.actor) : browser(at.app)
  if (at.roots.includes(its)) return its.its
  if (!its.secret) return undefined
  const entered = await ask(its.its, '/api/sign-in', { login: its.login, password, totp: totpAt(at.w, its.secret) })
  return entered.status === 200 ? its.its : undefined
}

const administrators = (at: At, isHostile: boolean): Player[] =>
  [...at.players.values()].filter((its) => its.isHostile === isHostile && branchesOf(its.actor)[0] === 'administrator')
const others = (at: At): Player[] => [...at.players.values()].filter((its) => !at.roots.includes(its))

const offered = [
  over('63', 'administrator'),
  over('6301', 'administrator'),
  over(county, 'intake', 'reviewer'),
  over('63', 'supervisor'),
  over('63', 'auditor'),
]

type Deed = (at: At) => Promise<string>
const said = ({ status, body }: { status: number; body: { code?: string } }): string => body.code ?? String(status)

/** Somebody at a desk, hostile more often than not, and an account that is not theirs. */
async function pair(at: At): Promise<{ who: Player; desk: Browser; whose: Player } | null> {
  const who = at.pick(administrators(at, at.draw() < 0.7))
  const whose = others(at).filter((its) => its !== who)
  const desk = await deskOf(at, who)
  return desk && whose.length ? { who, desk, whose: at.pick(whose) } : null
}

const asking = (path: string, body: (at: At, whose: Player) => object): Deed =>
  async function asks(at) {
    const its = await pair(at)
    if (!its) return 'nobody'
    const answer = await ask(its.desk, `/api/users/${its.whose.actor.id}/${path}`, body(at, its.whose))
    handOver(its.who, its.whose, halfIn(answer))
    learn(its.whose, answer.body)
    return said(answer)
  }

/** A half is known to whoever it was shown to; a person who is honest gets theirs from an honest hand, and from the hostile one too. */
function handOver(shownTo: Player, whose: Player, half: string): void {
  if (half.length !== 10) return
  whose.halves.push(half)
  if (shownTo.isHostile) whose.leaked.push(half)
}

/** What an answer says an account is granted by now. */
function learn(whose: Player, body: Record<string, unknown>): void {
  const { grants, isConfirmed } = (body['user'] ?? body) as { grants?: Grant[]; isConfirmed?: boolean } // the API's own shape
  if (isConfirmed && grants)
    whose.actor = { ...whose.actor, grants: grants.map(({ duty, region, office, lines }) => ({ duty, region, office, lines })) }
}

async function make(at: At): Promise<string> {
  const who = at.pick(administrators(at, at.draw() < 0.6))
  const desk = await deskOf(at, who)
  if (!desk || at.players.size > 60) return 'nobody'
  const person = newcomerOf({ grants: at.pick(offered) })
  const answer = await ask(desk, '/api/users', person)
  if (answer.status !== 200) return said(answer)
  const its = playing({ id: person.id, kind: 'staff', grants: person.grants }, person.login, who.isHostile)
  at.players.set(person.id, its)
  handOver(who, its, halfIn(answer))
  return 'asked'
}

type Waiting = { id: string; account: string; kind: string; asked_by: string; grants: Grant[] | null }
const waitingNow = (at: At): Promise<Waiting[]> =>
  at.w.run(
    cast.clockwork,
    async (tx) =>
      (
        await sql<Waiting>`select id, account, kind, asked_by, grants from account_request where decided_at is null order by id`.execute(
          tx.db,
        )
      ).rows,
  )

/** What an honest administrator lets stand: anything for honest people, and that one of the hostile's is an administrator. */
const isBelieved = (at: At, { account, grants }: Waiting): boolean =>
  !at.players.get(account)?.isHostile || !grants || grants.every(({ duty }) => duty === 'administrator')

const deciding = (path: 'confirm' | 'decline', isHostile: boolean): Deed =>
  async function decides(at) {
    const waiting = (await waitingNow(at)).filter((one) => isHostile || path === 'decline' || isBelieved(at, one))
    const who = at.pick(administrators(at, isHostile))
    const desk = await deskOf(at, who)
    if (!waiting.length || !desk) return 'nothing'
    const { id, account } = at.pick(waiting)
    const answer = await ask(desk, `/api/users/${account}/${path}`, { request: id })
    const whose = at.players.get(account)
    if (!whose) return said(answer)
    handOver(who, whose, halfIn(answer))
    learn(whose, answer.body)
    return said(answer)
  }

/** Whoever holds halves for an account tries them all, and sits down at it where two of them open it. */
async function enter(at: At): Promise<string> {
  const whose = others(at)
  if (!whose.length) return 'nobody'
  const its = at.pick(whose)
  const isThief = !its.isHostile && at.draw() < 0.5
  const known = (isThief ? its.leaked : its.halves).slice(-4)
  for (const code of known.flatMap((one) => known.map((other) => one + other)))
    if (code.length === 20 && (await enrolBy(at, its, code))) return isThief ? (at.taken.push(its.actor.id), 'stolen') : 'entered'
  return 'shut'
}

async function enrolBy(at: At, its: Player, code: string): Promise<boolean> {
  const door = browser(at.app)
  const { secret } = (await ask(door, '/api/enrol/open', { code })).body
  if (!secret) return false
  const entered = await ask(door, '/api/enrol', { code, password, totp: totpAt(at.w, secret) })
  if (entered.status !== 200) return false
  Object.assign(its, { secret, its: door, since: at.now, halves: [] })
  return true
}

/** What a hostile administrator writes who has the service's login and their own signed context. */
const statements: readonly ((who: string, whose: string) => ReturnType<typeof sql>)[] = [
  (_, whose) =>
    sql`update account set disabled_at = null, confirmed_at = now(), made_by = null, password_hash = null, totp_secret = null where id = ${whose}::uuid`,
  (who) => sql`update account set made_by = null where id = ${who}::uuid`,
  (who, whose) =>
    sql`insert into duty_grant (id, account, duty, region, valid_from, granted_by, branch) values (${v7()}, ${whose}::uuid, 'supervisor', '63', now(), ${who}, 'officer')`,
  (who) =>
    sql`update account_request set decided_by = ${who}, decided_at = now(), is_confirmed = true where decided_at is null and asked_by = ${who}`,
  (who) => sql`update account_request set decided_by = ${who}, decided_at = now(), is_confirmed = true where decided_at is null`,
  (who, whose) => sql`insert into account_request (id, account, kind, asked_by, asked_at, decided_by, decided_at, is_confirmed)
    values (${v7()}, ${whose}::uuid, 'reset', 'system', now(), ${who}, now(), true)`,
  (who, whose) =>
    sql`insert into enrolment (code_hash, account, made_by, made_at, expires_at) values (${v7()}, ${whose}::uuid, ${who}, now(), now() + interval '1 day')`,
  (_, whose) =>
    sql`insert into passkey (id, account, name, public_key, counter, added_at) values (${v7()}, ${whose}::uuid, 'x', 'x', 0, now())`,
  (_, whose) =>
    sql`insert into session (token_hash, account, created_at, seen_at, expires_at) values (${v7()}, ${whose}::uuid, now(), now(), now() + interval '1 day')`,
]

/** A statement that PostgreSQL lets stand may change nothing but whether a request is confirmed, and that by one who may. */
async function write(at: At): Promise<string> {
  const who = at.pick(administrators(at, true))
  const whose = at.pick([...at.players.values()])
  const statement = at.pick(statements)(who.actor.id, whose.actor.id)
  const counted = sql<{ n: number }>`with done as (${statement} returning 1) select count(*)::int as n from done`
  const written = await at.w.run(who.actor, async (tx) => (await counted.execute(tx.db)).rows[0]?.n ?? 0).catch(() => 0)
  return written > 0 ? 'written' : 'refused'
}

/** By the clock of the database: whoever was new is no longer. */
async function aWeekPasses(at: At): Promise<string> {
  await at.w.on.database.owner((db) =>
    sql`update account set confirmed_at = confirmed_at - interval '8 days' where confirmed_at is not null`.execute(db),
  )
  return 'passed'
}

const rights = (at: At, whose: Player) => ({ name: '演示新人', grants: at.pick(offered), seen: { grants: whose.actor.grants } })

const deeds: Record<string, Deed> = {
  make,
  makeAgain: make,
  rights: asking('rights', rights),
  code: asking('code', () => ({})),
  reset: asking('reset', () => ({ reason: '手机丢了' })),
  shut: asking('disable', () => ({ reason: '不来了' })),
  open: asking('enable', () => ({})),
  endSessions: asking('end-sessions', () => ({})),
  hostileConfirms: deciding('confirm', true),
  hostileConfirmsAgain: deciding('confirm', true),
  honestConfirms: deciding('confirm', false),
  honestConfirmsAgain: deciding('confirm', false),
  declines: deciding('decline', false),
  enter,
  enterAgain: enter,
  write,
  aWeekPasses,
}

/** What may be in no state: the hostile one reads a matter, sits at another's account, or said both words themselves. */
async function flaws(at: At): Promise<string[]> {
  const hostile = [...at.players.values()].filter(({ isHostile }) => isHostile)
  const ids = hostile.map(({ actor }) => actor.id)
  const alone = await at.w.run(cast.clockwork, async (tx) => {
    const both = await sql<{
      id: string
    }>`select id from account_request where is_confirmed and asked_by = any(${ids}) and decided_by = any(${ids})`.execute(tx.db)
    const given = await sql<{
      id: string
    }>`select g.id from duty_grant g where g.account::text = any(${ids}) and g.branch <> 'administrator'`.execute(tx.db)
    return [...both.rows.map(({ id }) => `both words of ${id}`), ...given.rows.map(({ id }) => `a sight by ${id}`)]
  })
  const looker = at.pick(hostile)
  const looked = await looker.its?.get(`/api/matters/${at.m.region}/${at.m.id}`)
  return [
    ...alone,
    ...(looked?.statusCode === 200 ? [`${looker.actor.id} reads a matter`] : []),
    ...at.taken.map((id) => `${id} was taken over`),
  ]
}
