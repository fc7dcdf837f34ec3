import { sql } from 'kysely'
import { v7 } from 'uuid'
import { at, type Actor } from '#kernel/actor.ts'
import type { MatterId } from '#kernel/matter.ts'
import type { Db } from '#platform/database/database.ts'
import { audit, sealAudit } from '#platform/keys/audit.ts'
import { addCountyOffices, offices } from '#test/offices.ts'
import { addColleague, colleague, granted, lawyers, putInto, registered } from '#test/planted.ts'
import { roles } from '#test/roles.ts'
import { cast, county, type World } from '#test/world.ts'

/** An officer of the county who is named in the confined matter. */
export const named = granted(...at(offices.centre, 'reviewer'))

/** Somebody who sits at the table of Li's case without an account, and came by a link that lets them hand papers in. */
export const linked: Actor = { id: '0190a000-0000-7000-8000-00000000f00b', kind: 'party', grants: [] }

/** The same as they sit there. */
export const linkedAt = ({ case: { region, id } }: Prey): Actor => ({ ...linked, link: { region, matter: id, actions: ['attach'] } })

/** What an attacker may be after: Li's case in 城东区, which Zhao works on and Ma acts in, her draft, one there that is confined to one officer, and one of another city. */
export type Prey = Readonly<Record<'case' | 'draft' | 'confined' | 'elsewhere', MatterId>>

type Rows = readonly (readonly [table: string, row: Record<string, unknown>])[]

/** Puts at least one row into every table of ours, over the head of whoever would write it. */
export async function plantEverywhere(w: World): Promise<Prey> {
  await w.run(cast.clockwork, addCountyOffices)
  await lawyers(w)
  await addColleague(w)
  const prey = {
    case: await w.filed(),
    draft: await w.open(cast.li),
    confined: await w.filed(),
    elsewhere: await w.filed({}, '630202'),
  }
  await putInto(w, prey.case, { proxy: cast.ma.id, assignee: cast.zhao.id })
  await w.on.database.owner(async (db) => {
    const at = w.now()
    for (const its of [prey.case, prey.confined, prey.elsewhere]) await insert(db, rowsOf(its, at))
    await insert(db, [['standing', { region: prey.case.region, matter: prey.case.id, ...sitsThere, since: at }], ...othersOf(prey, at)])
    await sql`update matter set confined_at = ${at} where id = ${prey.confined.id}`.execute(db)
    // Of the confined matter nobody sits anywhere but a citizen whom no attacker is.
    for (const { id } of [prey.confined, prey.elsewhere]) {
      await sql`update standing set account = ${strangers}, holder = ${strangers} where matter = ${id}`.execute(db)
      await sql`update event set actor = ${strangers} where id = ${id}`.execute(db)
      await sql`update idempotency set actor = ${strangers} where matter = ${id}`.execute(db)
    }
  })
  await sealAudit(w.on, w.now())
  await w.run(cast.li, (tx) => audit(tx, 'search', { region: county }))
  return prey
}

const linkedThere = { seat: 'proxy', holder: linked.id, actions: ['attach'], way: 'paper', proof: 'spoken' }
const sitsThere = { seat: 'proxy', holder: linked.id, party: linked.id, side: 'asks', sees_all: false, is_principal: false, seq: 90 }

const strangers = '0190a000-0000-7000-8000-00000000f001'
const officerHere = roles.reviewer.id

/** Along with a referral to a matter nobody asks about. */
const carried = (region: string) => ({
  to_region: region,
  to_matter: v7(),
  to_line: 'x',
  to_holder: 'x',
  keys: '{}',
  questions: '{}',
  purpose: 'referral',
  leave: 'own',
  stage: 'offered',
})

const rowsOf = ({ region, id: matter }: MatterId, at: Date): Rows => {
  const its = { region, matter }
  const person = v7()
  const urgent = { ...its, relation: 'reviewer', because: 'safety', asked_at: at }
  return [
    ['person', { region, id: person, kind: 'natural', created_at: at }],
    ['party', { ...its, person, role: 'opponent' }],
    ['answer', { ...its, question: 'planted', seq: 0, value: 'x', said_by: strangers, channel: 'web', at }],
    ['document', { ...its, id: v7(), kind: 'evidence', name: 'x', mime: 'x', bytes: 1, hash: matter, added_by: strangers, at }],
    ['assessment', { ...its, id: v7(), facts: 'x', result: 'x', proposal: 'grant', made_by: officerHere, at }],
    ['message', { ...its, id: v7(), account: strangers, template: 'x', channel: 'page', created_at: at }],
    ['note', { ...its, id: v7(), text: 'x', written_by: officerHere, at }],
    ['confidant', { ...its, id: v7(), account: named.id, named_by: officerHere, since: at }],
    ['confinement', { ...its, id: v7(), change: 'confined', because: 'danger', by: officerHere, at }],
    ['conflict_fact', { ...its, id: v7(), practitioner: registered.zhao, code: 'x', noted_by: officerHere, at }],
    ['presence', { ...its, page: v7(), account: officerHere, role: 'reviewer', since: at, until: at }],
    ['urgent_access', { ...urgent, id: v7(), asker: officerHere }],
    ['urgent_access', { ...urgent, id: v7(), asker: strangers, decided_by: officerHere, decided_at: at, is_approved: true, until: at }],
    ['share', { ...its, id: v7(), holder: '', ...carried(region), given_by: strangers, given_at: at, until: at }],
    ['seat_link', { ...its, id: v7(), ...linkedThere, secret_hash: matter, made_by: officerHere, made_at: at, expires_at: at }],
    ['filing_source', { ...its, network: 'x', filed_at: at, is_flood: true }],
    ['said_text', { ...its, mark: matter, seq: 0, kind: 'event', text: 'x', salt: 'x', actor: strangers, at }],
    ['clock', { region, id: matter, limit: 'planted', started_by: 0, started_on: '2026-04-01', is_duty: false }],
  ]
}

const othersOf = ({ case: its }: Prey, at: Date): Rows => {
  const [draft, replay] = [v7(), v7()]
  const slice = { first_region: county, first_id: its.id, last_region: county, last_id: its.id }
  const counted = { office: offices.centre.id, line: 'x', counted: 'planted', what: 'x', day: '2026-04-01', n: 1 }
  const setting = { region: '63', key: 'planted', valid_from: '2026-05-01', value: '1' }
  const citizens = [cast.li.id, strangers].map((id) => ['account', { id, kind: 'citizen', created_at: at }] as const)
  const ofAccount = (account: string): Rows => [
    ['session', { token_hash: v7(), account, created_at: at, seen_at: at, expires_at: at }],
    ['passkey', { id: v7(), account, name: 'x', public_key: 'x', counter: 0, added_at: at }],
    ['enrolment', { code_hash: v7(), account, made_by: officerHere, made_at: at, expires_at: at }],
    ['account_request', { id: v7(), account, kind: 'reset', reason: 'x', asked_by: officerHere, asked_at: at }],
    ['challenge', { hash: v7(), purpose: 'prove', account, expires_at: at }],
    ['saved_filter', { account, id: v7(), name: 'x', search: 'x', created_at: at }],
    ['notice_mark', { account, notice: v7(), at }],
    ['feed', { account, scope: 'mine', token_hash: v7(), created_at: at, hour_from: at }],
  ]
  return [
    ...citizens,
    ...[cast.li.id, cast.zhao.id, colleague].flatMap(ofAccount),
    ['one_time_code', { phone_index: v7(), salt: 'x', code_hash: 'x', expires_at: at, sent_at: at }],
    ['sign_in_try', { login_index: v7(), tries: 1, tried_at: at }],
    ['flood_count', { door: 'planted', bucket: 'x', since: at, knocks: 1 }],
    ['audit_source', { id: v7(), audit_no: 1, at, address: 'x' }],
    ['lease', { name: 'planted', holder: 'x', until: at }],
    ['watermark', { consumer: 'planted', position: 0 }],
    ['day_count', { ...counted, region: county }],
    ['day_count', { ...counted, region: '210102' }],
    ['region', { code: county, name: '城东区', level: 3 }],
    ['day_off', { region: county, day: '2026-06-01', kind: 'off', name: 'x' }],
    ['day_off', { region: '21', day: '2026-06-01', kind: 'off', name: 'x' }],
    ['setting', { ...setting, decided_by: officerHere }],
    ['setting_draft', { ...setting, id: draft, note: 'x', proposed_by: officerHere, proposed_at: at }],
    ['replay', { id: replay, draft, region: '63', asked_by: officerHere, asked_at: at }],
    ['replay_slice', { replay, no: 0, ...slice, size: 1 }],
    ['replay_flip', { replay, region: county, assessment: v7(), matter: its.id, from: 'x', to: 'x', turned: 'grant' }],
  ]
}

async function insert(db: Db, rows: Rows): Promise<void> {
  for (const [table, row] of rows) {
    const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)))
    await sql`insert into ${sql.table(table)} (${columns}) select ${columns} from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)`.execute(
      db,
    )
  }
}
