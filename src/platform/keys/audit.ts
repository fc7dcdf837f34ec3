import { createPublicKey, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { silently, type Tell } from '#platform/backup/telling.ts'
import type { Sealed } from './witness.ts'
import { collectAll } from './collect.ts'
import { brokenBatch, headHash, leaf, merkleRoot, signHead, type Batch, type SignedHead } from './merkle.ts'
import { putWords } from './said.ts'
import { keepWords } from './words.ts'
import type { Source } from '#platform/http/sender.ts'
import { seal, unseal, type Place } from './crypto.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'

/** What is worth answering for: who opened, revealed, exported or changed something beyond a matter's own log. */
export type AuditKind =
  | 'reveal'
  | 'signIn'
  | 'signInFailed'
  | 'signOut'
  | 'viewMatter'
  | 'download'
  | 'manyOpened'
  | 'noteAdded'
  | 'noteStruck'
  | 'factVerified'
  | 'factUnverified'
  | 'phoneProved'
  | 'shared'
  | 'unshared'
  | 'confinement'
  | 'urgentAccess'
  | 'settingChanged'
  | 'feedChanged'
  | 'registerChanged'
  | 'accountChanged'
  | 'reopened'
  | 'oneTimeLink'
  | 'search'
  | 'keyRotated'
  | 'keyDestroyed'
  | 'erased'
  | 'partErased'
  | 'useStopped'
  | 'retained'
  | 'kept'
  | 'backedUp'
  | 'restored'

/** What an entry is about. `detail` holds ids and codes, never the value that was shown; `words` what somebody wrote; `by` is who did it where the system writes for whom it has just let in, `source` from where where the unit of work does not know. */
type About = {
  region?: string
  matter?: string
  by?: string
  detail?: Record<string, unknown>
  words?: Record<string, unknown>
  source?: Source
}

/** Adds an audit row in the caller's transaction. What somebody wrote is kept beside it, where it can be erased. */
export async function audit(tx: Tx, kind: AuditKind, about: About = {}): Promise<void> {
  const { by: actor = tx.actor.id, region = null, matter = null } = about
  const words = Object.entries(about.words ?? {}).map(([name, said]) => [name, keepWords(tx.on.keyring, region ?? '', said)] as const)
  const detail = { ...about.detail, ...Object.fromEntries(words.map(([name, { mark }]) => [name, mark])) }
  refuseClearText(kind, detail)
  putWords(
    tx,
    { region: region ?? '', matter, seq: null, kind, actor },
    words.map(([, its]) => its),
  )
  const entry = sql`/*audit*/ insert into audit (at, actor, kind, region, matter, detail, salt)
    values (${tx.now}, ${actor}, ${kind}, ${region}, ${matter}, ${JSON.stringify(detail)}::jsonb, ${randomBytes(16).toString('hex')})`
  // Its number is asked of the counter: who may not read the audit is not answered by it.
  const place = sql`/*audit.place*/ insert into uncollected (kind, seq) values ('audit', currval('audit_no_seq'))`
  const source = about.source ?? tx.source
  await Promise.all([entry.execute(tx.db), place.execute(tx.db), ...(source ? [noteSource(tx, source.ip)] : [])])
}

/** Ids and codes are spelt without a blank and in plain letters; anything else somebody may have typed. */
function refuseClearText(kind: AuditKind, detail: Record<string, unknown>): void {
  const clear = Object.entries(detail).find(([, value]) => stringsIn(value).some((text) => !/^[\x21-\x7e]*$/.test(text)))
  if (clear) throw new Error(`The audit's ${kind} says “${clear[0]}” in words. Are they somebody's own? Then hand them in as \`words\`.`)
}

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
/** Whence it was done: sealed, and in a place of its own, since it is forgotten when its time is over and the audit never changes. */
async function noteSource(tx: Tx, ip: string): Promise<void> {
  const id = v7()
  const address = seal(tx.on.keyring, ip, sourcePlace(id))
  await sql`/*audit.source*/ insert into audit_source (id, audit_no, at, address) values (${id}, currval('audit_no_seq'), ${tx.now}, ${address})`.execute(
    tx.db,
  )
}

const sourcePlace = (row: string): Place => ({ table: 'audit_source', column: 'address', row, region: '' })

/** Where an entry of the audit was done from, as it is kept. */
export type NotedSource = { id: string; address: string }

/** The address itself. */
export const openSource = (tx: Tx, { id, address }: NotedSource): string => unseal(tx.on.keyring, address, sourcePlace(id))

type Leaf = { row: Record<string, unknown>; salt: string | null }
type Seal = {
  no: number
  first_xid: string | null
  last_xid: string | null
  first_position: number
  last_position: number
  root: string
  previous: string | null
  signature: string
  at: string
}

/** Events hold no personal data, so nobody gains by guessing one from its leaf. */
const noSalt = Buffer.alloc(16)

/** The rows of the audit and of every matter's log at the places first … last of their one order. */
async function leavesOf(tx: Tx, first: number, last: number): Promise<Buffer[]> {
  const { rows } = await sql<Leaf>`
    select row, salt from (
      select c.position, a.salt, json_build_object('no', a.no, 'at', a.at, 'actor', a.actor, 'kind', a.kind, 'region', a.region, 'matter', a.matter, 'detail', a.detail) as row
        from collected c join audit a on a.no = c.seq where c.kind = 'audit' and c.position between ${first} and ${last}
      union all
      select c.position, null, json_build_object('region', e.region, 'id', e.id, 'seq', e.seq, 'action', e.action, 'actor', e.actor, 'at', e.at, 'from', e."from", 'to', e."to", 'input', e.input)
        from collected c join event e on e.region = c.region and e.id = c.id and e.seq = c.seq where c.kind = 'event' and c.position between ${first} and ${last}
    ) leaves order by position`.execute(tx.db)
  return rows.map(({ row, salt }) => leaf(row, salt ? Buffer.from(salt, 'hex') : noSalt))
}

const sealColumns = sql.raw('no, first_xid::text, last_xid::text, first_position, last_position, root, previous, signature, at')

/** What a seal signs: the places it covers, or, of those made while transaction ids were the order, those ids. */
const headOf = (seal: Seal): SignedHead => ({
  version: seal.first_xid === null ? 2 : 1,
  previous: seal.previous,
  root: seal.root,
  from: Number(seal.first_xid ?? seal.first_position),
  to: Number(seal.last_xid ?? seal.last_position),
  at: seal.at,
  signature: seal.signature,
})

/** More rows under one seal would be held in memory at once. */
const mostSealed = 50_000

/** Seals all that has its place in the order since the last seal, `most` rows under one, and tells the witness; returns how many rows. What comes meanwhile is left for the next time: under load there would be no end. */
export async function sealAudit(on: Platform, now: Date, most = mostSealed): Promise<number> {
  await collectAll(on, now)
  for (let sealed = 0; ;) {
    const leaves = await sealOnce(on, now, most)
    sealed += leaves
    if (leaves < most) return sealed
  }
}

async function sealOnce(on: Platform, now: Date, most: number): Promise<number> {
  const made = await as(on, system, now, (tx) => sealNext(tx, most))
  if (made && (await isWitnessed(on, now))) await on.witness.tell({ no: made.no, hash: headHash(made.head), at: made.head.at })
  else if (made) on.log.error('The witness knows a seal that is not in this database. It is told nothing more until somebody has looked.')
  return made?.leaves ?? 0
}

/** Whether the last head that the witness knows is in the chain. Were it told of later ones all the same, a chain cut off and sealed anew would soon agree with it. */
async function isWitnessed(on: Platform, now: Date): Promise<boolean> {
  const witnessed = await on.witness.last()
  return !witnessed || as(on, system, now, (tx) => hasHead(tx, witnessed))
}

async function sealNext(tx: Tx, most: number): Promise<{ no: number; head: SignedHead; leaves: number } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext('audit seal'))`.execute(tx.db) // two sealers would sign two heads over one batch
  const newest = await sql<Seal>`select ${sealColumns} from audit_seal order by no desc limit 1`.execute(tx.db)
  const last = newest.rows[0]
  const from = (last?.last_position ?? 0) + 1
  const { rows } = await sql<{
    to: number | null
  }>`select max(position) as to from collected where position < ${from + most}`.execute(tx.db)
  const to = rows[0]?.to ?? 0
  if (to < from) return undefined
  const leaves = await leavesOf(tx, from, to)
  const no = (last?.no ?? 0) + 1
  const head = signHead(tx.on.keyring.auditKey, {
    version: 2,
    previous: last ? headHash(headOf(last)) : null,
    root: merkleRoot(leaves).toString('hex'),
    from,
    to,
    at: tx.now.toISOString(),
  })
  await sql`insert into audit_seal (no, first_position, last_position, leaves, root, previous, signature, at)
    values (${no}, ${from}, ${to}, ${leaves.length}, ${head.root}, ${head.previous}, ${head.signature}, ${head.at})`.execute(tx.db)
  return { no, head, leaves: leaves.length }
}

/** What is wrong with the chain of seals: the first that does not hold, counted from 1; what stands in log or audit and has no place in the order, or the other way round; how much waits unsealed for longer than it should; and whether the witness agrees. */
export type Chain = { brokenSeal: number | null; strays: number; overdue: number; witness: 'none' | 'agrees' | 'disagrees' }

/** Reads the whole chain. A seal is broken too where it is the last and the witness outside knows a later one, or another. */
export async function chainOf(on: Platform, now: Date, tell: Tell = silently): Promise<Chain> {
  const witness = (await on.witness.last()) ? ((await isWitnessed(on, now)) ? 'agrees' : 'disagrees') : 'none'
  const publicKey = createPublicKey(on.keyring.auditKey)
  const broken = await brokenBatch(publicKey, batchesOf(on, now, tell), null)
  return {
    brokenSeal: broken === null ? null : broken + 1,
    ...(await as(on, system, now, standing)),
    witness,
  }
}

/** The last seal as a witness is told of it: what stands on a printed page is compared with it. */
export const lastHead = (on: Platform, now: Date): Promise<Sealed | undefined> =>
  as(on, system, now, async (tx) => (await headIn(tx.db)) ?? undefined)

/** The same, as whoever reads `db` sees it; null where nothing was sealed yet. */
export async function headIn(db: Tx['db']): Promise<Sealed | null> {
  const { rows } = await sql<Seal>`select ${sealColumns} from audit_seal order by no desc limit 1`.execute(db)
  const [seal] = rows
  return seal ? { no: seal.no, hash: headHash(headOf(seal)), at: seal.at } : null
}

/** Whether nothing is wrong with the chain, as far as can be told without a witness where there is none. */
export const isWhole = ({ brokenSeal, strays, overdue, witness }: Chain): boolean =>
  brokenSeal === null && strays === 0 && overdue === 0 && witness !== 'disagrees'

async function hasHead(tx: Tx, { no, hash }: { no: number; hash: string }): Promise<boolean> {
  const { rows } = await sql<Seal>`select ${sealColumns} from audit_seal where no = ${no}`.execute(tx.db)
  return rows[0] !== undefined && headHash(headOf(rows[0])) === hash
}

/** Sealing goes on every minute while a process serves: what waits longer was kept from it, or its seals were taken away. */
const sealedWithin = '10 minutes'

async function standing(tx: Tx): Promise<Pick<Chain, 'strays' | 'overdue'>> {
  const { rows } = await sql<{ strays: number; overdue: number }>`select
    (select count(*)::int from event e where not exists (select from collected c where c.kind = 'event' and c.region = e.region and c.id = e.id and c.seq = e.seq)
      and not exists (select from uncollected u where u.kind = 'event' and u.region = e.region and u.id = e.id and u.seq = e.seq))
    + (select count(*)::int from audit a where not exists (select from collected c where c.kind = 'audit' and c.seq = a.no and c.region = '')
      and not exists (select from uncollected u where u.kind = 'audit' and u.seq = a.no))
    + (select count(*)::int from collected c where c.position > (select coalesce(max(last_position), 0) from audit_seal)
      and not exists (select from event e where c.kind = 'event' and e.region = c.region and e.id = c.id and e.seq = c.seq)
      and not exists (select from audit a where c.kind = 'audit' and a.no = c.seq)) as strays,
    (select count(*)::int from collected where position > (select coalesce(max(last_position), 0) from audit_seal)
      and at < clock_timestamp() - ${sealedWithin}::interval)
    + (select count(*)::int from uncollected where at < clock_timestamp() - ${sealedWithin}::interval) as overdue`.execute(tx.db)
  return rows[0]! // a bare select returns its row
}

/** What was sealed, batch by batch, each in a transaction of its own: years of log are neither held at once nor keep others waiting. */
async function* batchesOf(on: Platform, now: Date, tell: Tell): AsyncGenerator<Batch> {
  const next = (after: number) => as(on, system, now, (tx) => batchAfter(tx, after))
  for (let its = await next(0); its; its = await next(its.no)) {
    tell('seals', its.no)
    yield its.batch
  }
}

async function batchAfter(tx: Tx, no: number): Promise<{ no: number; batch: Batch } | undefined> {
  const { rows } = await sql<Seal>`select ${sealColumns} from audit_seal where no > ${no} order by no limit 1`.execute(tx.db)
  const [seal] = rows
  if (!seal) return undefined
  return { no: seal.no, batch: { head: headOf(seal), leaves: await leavesOf(tx, seal.first_position, seal.last_position) } }
}
