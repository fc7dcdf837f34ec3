import { sql, type RawBuilder } from 'kysely'
import { verifyPassword } from '#platform/doors/credentials.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import { answersOf } from '#records/people/answers.ts'
import type { Kind, Told } from './book.ts'

/** How often each label is found. */
type Counts = ReadonlyMap<string, number>
/** Where a kind of act leaves its trace. `mayRepeat`: what has no key may be noted again by a try whose answer was lost, as a second look at a person is one. */
type Trace = { mayRepeat?: true; find(on: Platform, labels: readonly string[]): Promise<Counts> }

const rows = (text: RawBuilder<{ label: string; n: number }>): Trace => ({
  find: (on) => on.database.owner(async (db) => new Map((await text.execute(db)).rows.map(({ label, n }) => [label, Number(n)]))),
})
const counted = (label: string, from: string): Trace =>
  rows(sql<{ label: string; n: number }>`select ${sql.raw(label)} as label, count(*) as n from ${sql.raw(from)} group by 1`)
const noted = (label: string, kind: string): Trace => ({ ...counted(label, `audit where kind = '${kind}'`), mayRepeat: true })

const traces: Readonly<Record<Kind, Trace>> = {
  begun: counted('code', 'matter'),
  secret: { find: opened, mayRepeat: true },
  answer: { find: kept },
  filed: counted('m.code', `event e join matter m using (region, id) where e.action in ('submit', 'handOver')`),
  paper: counted('hash', 'document'),
  picture: counted('m.code', `document d join matter m on m.region = d.region and m.id = d.matter where d.mime = 'image/jpeg'`),
  step: counted('i.key::text', 'idempotency i join event e on e.region = i.region and e.id = i.matter and e.seq = i.seq'),
  note: counted('id::text', 'note'),
  draft: counted('id::text', 'setting_draft'),
  confined: { ...counted('matter::text', 'confinement'), mayRepeat: true },
  reveal: noted(`actor || ' ' || (detail ->> 'person')`, 'reveal'),
  download: noted(`actor || ' ' || (detail ->> 'document')`, 'download'),
  account: counted('login', 'account where login is not null'),
  enrolled: counted('account::text', 'enrolment where used_at is not null'),
  granted: counted(`account::text || ' ' || duty || ' ' || region`, 'duty_grant'),
  changed: noted(`(detail ->> 'account') || ' ' || (detail ->> 'change')`, 'accountChanged'),
}

/** Whether a secret opens what its person was told it opens. */
async function opened(on: Platform, labels: readonly string[]): Promise<Counts> {
  const found = new Map<string, number>()
  for (const label of new Set(labels)) {
    const [code = '', secret = ''] = label.split(' ')
    const row = await on.database.owner((db) =>
      db.selectFrom('matter_code').select('secret_hash').where('code', '=', code).executeTakeFirst(),
    )
    if (await verifyPassword(row?.secret_hash ?? null, secret)) found.set(label, 1)
  }
  return found
}

/** Where each person said they live. */
async function kept(on: Platform, labels: readonly string[]): Promise<Counts> {
  const found = new Map<string, number>()
  for (const label of new Set(labels)) {
    const [code = ''] = label.split(' ', 1)
    const living = await as(on, system, new Date(), async (tx) => {
      const matter = await tx.db.selectFrom('matter').select(['region', 'id']).where('code', '=', code).executeTakeFirst()
      return matter && ((await answersOf(tx, matter)).get('place')?.value as { living?: string } | undefined)?.living // as the journey's `place` keeps it
    })
    if (living) found.set(`${code} ${living}`, 1)
  }
  return found
}

/** What came of the acts of one kind. */
export type Fate = { done: number; refused: number; lost: string[]; doubled: string[]; doneThoughRefused: string[] }

/** Compares what people were told with what is there. */
export async function fateOf(on: Platform, kind: Kind, told: readonly Told[]): Promise<Fate> {
  const { find, mayRepeat = false } = traces[kind]
  const found = await find(
    on,
    told.map(({ label }) => label),
  )
  const by = Map.groupBy(told, ({ label }) => label)
  const fate: Fate = { done: told.filter(({ isDone }) => isDone).length, refused: 0, lost: [], doubled: [], doneThoughRefused: [] }
  fate.refused = told.length - fate.done
  for (const [label, its] of by) {
    const there = found.get(label) ?? 0
    const done = its.filter(({ isDone }) => isDone).length
    const most = mayRepeat ? its.reduce((sum, { tries }) => sum + tries, 0) : done
    if (there < done) fate.lost.push(label)
    if (there > most) (done > 0 ? fate.doubled : fate.doneThoughRefused).push(label)
  }
  return fate
}

export const kinds = Object.keys(traces) as Kind[] // the record's own keys
