import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { TOTP } from 'otpauth'
import { v7 } from 'uuid'
import { demoPassword, demoTotpSecret } from '../../seed/demo-accounts.ts'
import type { About } from './book.ts'
import { Person, said, type Heard, type Scene } from './person.ts'

/** Who signs in with what; a code of the authenticator is good once. */
type Keys = { login: string; password: string; secret: string; lastStep: number }
type Holder = { me: Person; keys: Keys; provedAt: number }

/** The two administrators of the demo's province, signed in. */
export const administrators = async (scene: Scene): Promise<[Holder, Holder]> => [
  await holder(scene, 'qinghai.administrator'),
  await holder(scene, 'qinghai.administrator2'),
]

async function holder(scene: Scene, login: string): Promise<Holder> {
  const its: Holder = { me: new Person(scene), keys: { login, password: demoPassword, secret: demoTotpSecret, lastStep: 0 }, provedAt: 0 }
  await signIn(its)
  return its
}

const stepMs = 30_000

/** A code that was not used yet: this half minute's, or the next, which is taken as well. */
async function totp(keys: Keys): Promise<string> {
  const next = () => Math.max(keys.lastStep + 1, Math.floor(Date.now() / stepMs))
  while (next() * stepMs > Date.now() + stepMs) await pause(200) // the authenticator's own clock
  keys.lastStep = next()
  return new TOTP({ secret: keys.secret }).generate({ timestamp: keys.lastStep * stepMs })
}

async function signIn(its: Holder): Promise<Heard<object>> {
  const { login, password } = its.keys
  for (;;) {
    const code = await totp(its.keys)
    const entered = await its.me.json('/api/sign-in', () => ({ login, password, totp: code }))
    if (entered.isDone) its.provedAt = Date.now()
    // A code whose answer was lost is used up.
    if (entered.isDone || entered.tries === 1) return entered
  }
}

const proofLastsMs = 5 * 60_000

/** Whatever changes an account asks who is at the desk, and the proof grows old in a long run. */
async function proved(its: Holder): Promise<Person> {
  while (Date.now() - its.provedAt > proofLastsMs) {
    const code = await totp(its.keys)
    const shown = await its.me.json('/api/account/prove', () => ({ password: its.keys.password, totp: code }))
    if (shown.isDone) its.provedAt = Date.now()
  }
  return its.me
}

type Chain = { scene: Scene; one: Holder; other: Holder; id: string; login: string }

/** One colleague's account from its making to its end: two administrators and the person themselves. */
export async function oneAccount(scene: Scene, [one, other]: [Holder, Holder]): Promise<void> {
  const its: Chain = { scene, one, other, id: v7(), login: `kills.${randomBytes(6).toString('hex')}` }
  const person = await enrolled(its, await made(its))
  if (!person) return
  const steps = [() => changeRights(its), () => changeOwnKeys(person, its.id), () => shutAndOpen(its), () => resetKeys(its)]
  for (const step of steps) if (!scene.isOver()) await step()
}

const grant = (duty: string) => ({ duty, region: '630102', office: null, lines: null })
const changed = ({ id }: Chain, change: string): About => ({ kind: 'changed', label: `${id} ${change}` })

const onAccount = async ({ one, id }: Chain, deed: string, body: object, about: readonly About[] = [], by = one) =>
  (await proved(by)).json(`/api/users/${id}/${deed}`, () => body, about)

async function made(its: Chain): Promise<string | null> {
  const { id, login, one } = its
  const me = await proved(one)
  const body = { id, login, name: '演示·同事', grants: [grant('intake')], practitioner: null }
  const about: About[] = [
    { kind: 'account', label: login },
    { kind: 'granted', label: `${id} intake 630102` },
  ]
  return codeAfter(its, await me.json('/api/users', () => body, about))
}

/** A code in one hand, or the half of it that whoever asked was given. */
type Coded = { code?: string; half?: string }

/** The code that an answer brings, with the second half from whoever confirms where the rules want two. */
async function codeAfter(its: Chain, answer: Heard<unknown>): Promise<string | null> {
  const { code, half } = said<Coded>(answer) ?? {}
  if (code) return code
  const second = await confirmed(its)
  return half && second ? half + second : null
}

/** What waits for a second administrator, where the rules want two. */
async function waiting({ other, id }: Chain): Promise<string | null> {
  const user = said<{ waiting?: { id: string } | null }>(await (await proved(other)).get(`/api/users/${id}`))
  return user?.waiting?.id ?? null
}

async function confirmed(its: Chain): Promise<string | null> {
  const request = await waiting(its)
  if (!request) return null
  const handed = said<{ half: { half: string } | null }>(await onAccount(its, 'confirm', { request }, [], its.other))
  return handed?.half?.half ?? null
}

/** The person sets their own keys. Where the answer was lost the code is spent, and they come in by the keys they set. */
async function enrolled({ scene, id, login }: Chain, code: string | null): Promise<Holder | null> {
  if (!code) return null
  const me = new Person(scene)
  const opened = said<{ secret: string }>(await me.json('/api/enrol/open', () => ({ code })))
  if (!opened) return null
  const its: Holder = { me, keys: { login, password: password(), secret: opened.secret, lastStep: 0 }, provedAt: Date.now() }
  const given = { code, password: its.keys.password, totp: await totp(its.keys) }
  const set = await me.json('/api/enrol', () => given)
  const isIn = set.isDone || (set.tries > 1 && (await signIn(its)).isDone)
  scene.book.note('POST /api/enrol', [{ kind: 'enrolled', label: id }], { tries: set.tries, isDone: isIn })
  return isIn ? its : null
}

const password = (): string => randomBytes(12).toString('base64url')

async function changeRights(its: Chain): Promise<void> {
  const body = { name: '演示·同事', grants: [grant('intake'), grant('reviewer')], seen: { grants: [grant('intake')] } }
  await onAccount(its, 'rights', body, [{ kind: 'granted', label: `${its.id} reviewer 630102` }])
  await confirmed(its)
  await onAccount(its, 'end-sessions', {}, [changed(its, 'sessionsEnded')])
}

async function changeOwnKeys(its: Holder, id: string): Promise<void> {
  if (!(await signIn(its)).isDone) return
  const next = password()
  const set = await its.me.json('/api/account/password', () => ({ password: next }), [{ kind: 'changed', label: `${id} password` }])
  if (set.isDone) its.keys.password = next
  const begun = said<{ secret: string; sealed: string }>(await its.me.json('/api/account/authenticator/begin', () => ({})))
  if (!begun) return
  const keys = { ...its.keys, secret: begun.secret, lastStep: 0 }
  const given = { sealed: begun.sealed, totp: await totp(keys) }
  const taken = await its.me.json('/api/account/authenticator', () => given, [{ kind: 'changed', label: `${id} authenticator` }])
  if (taken.isDone) its.keys = keys
  await its.me.json('/api/account/sessions/end', () => ({ id: null }))
}

async function shutAndOpen(its: Chain): Promise<void> {
  await onAccount(its, 'disable', { reason: '调离' }, [changed(its, 'disabled')])
  await onAccount(its, 'enable', {})
  await confirmed(its)
}

/** Not approved the first time, approved the second by the other administrator, and set up anew. */
async function resetKeys(its: Chain): Promise<void> {
  if (randomInt(2)) {
    await onAccount(its, 'reset', { reason: '手机丢了' })
    const request = await waiting(its)
    await onAccount(its, request ? 'decline' : 'reset/refuse', request ? { request } : {}, [], its.other)
  }
  const asked = await onAccount(its, 'reset', { reason: '手机又丢了' })
  const isHalf = said<Coded>(asked)?.half !== undefined
  const decided = isHalf ? asked : await onAccount(its, 'reset/approve', {}, [], its.other)
  await enrolled(its, (await codeAfter(its, decided)) ?? (await codeAfter(its, await onAccount(its, 'code', {}))))
}
