import { randomInt } from 'node:crypto'
import { TOTP } from 'otpauth'
import { v7 } from 'uuid'
import type { z } from 'zod'
import type { MatterView } from '#api/matter/matter-schema.ts'
import { demoAccounts, demoPassword, demoTotpSecret } from '../../seed/demo-accounts.ts'
import type { About } from './book.ts'
import { filledIn } from './filled.ts'
import { formOf, pdf, picture } from './papers.ts'
import { oneOf, Person, said, type Scene } from './person.ts'
import { reachOut, takeIn } from './taking-in.ts'

type Matter = z.output<typeof MatterView>
type Officer = { me: Person; account: string; login: string; region: string }
type Deed = (officer: Officer, matter: Matter) => Promise<unknown>

/** Everybody of the demo at a desk by which some route may be reached. */
export const officers = [
  'chengdong.intake',
  'chengdong.reviewer',
  'chengdong.director',
  'chengdong.lawyer1',
  'chengdong.lawyer2',
  'chengdong.bureau',
  'xining.supervisor',
  'qinghai.manager',
  'qinghai.manager2',
  'qinghai.auditor',
  'qinghai.hotline',
  'chengdong.mediation',
  'chengdong.mediator1',
  'chengdong.mediator2',
]

/** A demo account, signed in. */
export async function enter(scene: Scene, login: string): Promise<Officer> {
  const its = demoAccounts.find((one) => one.login === login)
  if (!its) throw new Error(`${login} is no demo account`)
  const me = new Person(scene)
  // The next half minute's code is taken as well: somebody may have come in by this one's.
  const timestamp = Date.now() + 30_000
  const given = { login, password: demoPassword, totp: new TOTP({ secret: demoTotpSecret }).generate({ timestamp }) }
  const entered = await me.json('/api/sign-in', () => given)
  if (!entered.isDone) throw new Error(`${login} could not sign in: ${entered.text}`)
  return { me, login, account: its.id, region: its.grants[0]?.region ?? '630102' }
}

/** Opens one matter of the officer's queue and does something that may be done there. */
export async function roam(officer: Officer): Promise<void> {
  const { me } = officer
  const path = `/api/queue?purpose=${oneOf(['today', 'all'])}&limit=100`
  const queue = said<{ rows: { region: string; id: string; line: string }[] }>(await me.get(path))
  // Notices are compared event by event with what those who record them were told: nobody else touches them.
  const rows = queue?.rows.filter(({ line }) => line !== 'criminal-notice') ?? []
  const row = rows.length ? oneOf(rows) : null
  const matter = row && said<Matter>(await me.get(`/api/matters/${row.region}/${row.id}`))
  if (matter) await oneOf(deeds)(officer, matter)
  if (randomInt(4) === 0) await oneOf(atTheDesk)(officer)
}

const at = ({ region, id }: Matter): string => `/api/matters/${region}/${id}`

/** Steps of a referral, which are one among a dozen at each desk. */
const passesOn = /^(refer|convert|accept|returnReferral|recall)/

const act: Deed = async ({ me }, matter) => {
  const all = matter.actions.filter(({ allowed, own }) => allowed && !own)
  const passing = all.filter(({ key }) => passesOn.test(key))
  const may = passing.length && randomInt(2) ? passing : all
  if (!may.length) return
  const { path, schema } = oneOf(may)
  const practitioners = said<{ id: string }[]>(await me.get(`/api/practitioners?region=${matter.region}`)) ?? []
  const known = practitioners.length ? { practitioner: oneOf(practitioners).id } : {}
  const body = { version: matter.version, key: v7(), input: filledIn(schema, known, randomInt(10)) }
  await me.json(path, () => body, [{ kind: 'step', label: body.key }])
}

const attach: Deed = async ({ me }, matter) => {
  const may = matter.actions.find(({ allowed, own }) => allowed && own === 'upload')
  if (!may) return
  const { kind } = filledIn(may.schema, {}, randomInt(10)) as { kind: string } // what attaching asks
  const paper = randomInt(3) ? pdf(randomInt(200_000)) : await picture()
  await me.files(`${at(matter)}/documents`, () => formOf([paper], { kind }), [paper.about(matter.code)])
}

const note: Deed = async ({ me }, matter) => {
  if (!matter.mayNote) return
  const key = v7()
  const noted = await me.json(`${at(matter)}/notes`, () => ({ key, text: `电话问过了 ${key}` }), [{ kind: 'note', label: key }])
  if (noted.isDone && randomInt(3) === 0) await me.json(`${at(matter)}/notes/${key}/strike`, () => ({}))
}

/** Whatever was shown in full stands in the audit (TRUST T3): the second look at a person as well as the first. */
const reveal: Deed = async ({ me, account }, matter) => {
  const party = matter.parties.find(({ name }) => name)
  if (!party) return
  const about: About[] = [{ kind: 'reveal', label: `${account} ${party.person}` }]
  await me.json(`${at(matter)}/reveal`, () => ({ person: party.person, field: 'name', reason: '核对身份证号' }), about)
}

const read: Deed = async ({ me, account }, matter) => {
  if (!matter.documents.length) return
  const { id } = oneOf(matter.documents)
  await me.get(`/api/documents/${matter.region}/${id}`, [{ kind: 'download', label: `${account} ${id}` }])
}

const verifyFact: Deed = async ({ me }, matter) => {
  const fact = matter.facts.find(({ check }) => check === null)
  const how = matter.checks[0]?.key
  if (!fact || !how) return
  const path = `${at(matter)}/facts/${fact.question}`
  const seen = { holder: fact.holder, seq: fact.seq }
  await me.json(`${path}/verify`, () => ({ ...seen, how }))
  if (randomInt(2)) await me.json(`${path}/unverify`, () => ({ ...seen, reason: '原件不清楚' }))
}

const confine: Deed = async ({ me }, matter) => {
  if (!matter.mayConfine) return
  const about: About[] = [{ kind: 'confined', label: matter.id }]
  const reason = '有人来打听过'
  const confined = await me.json(`${at(matter)}/confine`, () => ({ accounts: [], because: 'privacy', reason }), about)
  if (confined.isDone) await me.json(`${at(matter)}/open-again`, () => ({ reason }), about)
}

const askUrgently: Deed = async ({ me }, { code }) =>
  me.json('/api/urgent', () => ({ code, because: 'deadline', reason: '期限要到了，经手的人不在' }))

const share: Deed = async ({ me }, matter) => {
  const paper = matter.documents.find(({ mayShare }) => mayShare)
  const fact = matter.facts.find(({ mayShare }) => mayShare)
  const which = paper ? `documents/${paper.id}` : fact && `facts/${fact.question}`
  if (!which) return
  await me.json(`${at(matter)}/${which}/share`, () => ({}))
  await me.json(`${at(matter)}/${which}/unshare`, () => ({}))
}

const deeds: readonly Deed[] = [
  act,
  act,
  act,
  act,
  act,
  reachOut,
  attach,
  attach,
  note,
  reveal,
  reveal,
  read,
  verifyFact,
  confine,
  askUrgently,
  share,
]

type AtTheDesk = (officer: Officer) => Promise<unknown>

const saveFilter: AtTheDesk = async ({ me, account: id }) => {
  await me.json('/api/filters', () => ({ id, name: '我的', search: 'purpose=today' }))
  if (randomInt(2)) await me.json('/api/filters/drop', () => ({ id }))
}

const markNotices: AtTheDesk = async ({ me }) => {
  const list = said<{ notices: { id: string }[] }>(await me.get('/api/notices'))
  const ids = (list?.notices ?? []).slice(0, 5).map(({ id }) => id)
  if (!ids.length) return
  await me.json('/api/notices/read', () => ({ ids }))
  await me.json('/api/notices/unread', () => ({ ids }))
}

const decideUrgent: AtTheDesk = async ({ me }) => {
  const list = said<{ accesses: { region: string; id: string; mayDecide: boolean; standing: string }[] }>(await me.get('/api/urgent'))
  const waiting = list?.accesses.find(({ mayDecide, standing }) => mayDecide && standing === 'waiting')
  if (waiting) await me.json(`/api/urgent/${waiting.region}/${waiting.id}/${oneOf(['approve', 'decline', 'end'])}`, () => ({}))
}

const prefer: AtTheDesk = ({ me }) => me.json('/api/preferences', () => ({}))

const subscribe: AtTheDesk = async ({ me }) => {
  await me.json('/api/calendar/feeds', () => ({ scope: 'mine' }))
  await me.json('/api/calendar/feeds/end', () => ({ scope: 'mine' }))
}

/** One manager proposes what another publishes or takes back. */
const propose: AtTheDesk = async ({ me, login }) => {
  if (login !== 'qinghai.manager') return
  const id = v7()
  const validFrom = `${2027 + randomInt(60)}-0${1 + randomInt(9)}-1${randomInt(10)}`
  const draft = { id, region: '63', key: 'reveal.dailyPersons', validFrom, value: 60 + randomInt(20), note: '演示' }
  await me.json('/api/settings/drafts', () => draft, [{ kind: 'draft', label: id }])
}

const publish: AtTheDesk = async ({ me, login }) => {
  if (login !== 'qinghai.manager2') return
  const list = said<{ id: string; publishedAt: string | null; withdrawnAt: string | null }[]>(await me.get('/api/settings/drafts'))
  const open = Array.isArray(list) ? list.find(({ publishedAt, withdrawnAt }) => !publishedAt && !withdrawnAt) : null
  if (open) await me.json(`/api/settings/drafts/${open.id}/${oneOf(['publish', 'withdraw'])}`, () => ({}))
}

type Entry = { region: string; id: string; version: number; edit: { values: Record<string, unknown> } | null }

/** An entry of the register is changed back and forth, with the version that was seen. */
const keepRegister: AtTheDesk = async ({ me }) => {
  const of = oneOf(['offices', 'people'])
  const list = said<{ rows: { region: string; id: string }[] }>(await me.get(`/api/directory/${of}`))
  const row = list?.rows?.length ? oneOf(list.rows) : null
  const entry = row && said<Entry>(await me.get(`/api/directory/${of}/${row.region}/${row.id}`))
  if (!entry?.edit) return
  const phone = `0971-${1_000_000 + randomInt(1_000_000)}`
  const input = { ...entry.edit.values, ...('phone' in entry.edit.values && { phone }), basis: '演示：电话换了' }
  await me.json(`/api/directory/${of}/${row?.region}/${row?.id}`, () => ({ version: entry.version, input }))
}

const atTheDesk: readonly AtTheDesk[] = [
  takeIn,
  takeIn,
  takeIn,
  saveFilter,
  markNotices,
  decideUrgent,
  prefer,
  subscribe,
  propose,
  publish,
  keepRegister,
]
