import { createPublicKey, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { brokenBatch, headHash, leaf, merkleRoot, signHead, type Batch, type SignedHead } from './merkle.ts'
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
  | 'shared'
  | 'unshared'
  | 'confinement'
  | 'urgentAccess'
  | 'settingChanged'
  | 'feedChanged'
  | 'registerChanged'
  | 'accountChanged'
  | 'reopened'
  | 'search'
  | 'keyRotated'
  | 'erased'
  | 'useStopped'
  | 'retained'

/** Adds an audit row in the caller's transaction. `detail` holds ids and codes, never the value that was shown; `by` is who did it where the system writes for whom it has just let in. */
export async function audit(
  tx: Tx,
  kind: AuditKind,
  about: { region?: string; matter?: string; by?: string; detail?: Record<string, unknown> } = {},
): Promise<void> {
  await sql`/*audit*/ insert into audit (at, actor, kind, region, matter, detail, salt)
    values (${tx.now}, ${about.by ?? tx.actor.id}, ${kind}, ${about.region ?? null}, ${about.matter ?? null}, ${JSON.stringify(about.detail ?? {})}::jsonb, ${randomBytes(16).toString('hex')})`.execute(
    tx.db,
  )
}

type Leaf = { row: Record<string, unknown>; salt: string | null }
type Seal = { no: number; first_xid: string; last_xid: string; root: string; previous: string | null; signature: string; at: string }

/** Events hold no personal data, so nobody gains by guessing one from its leaf. */
const noSalt = Buffer.alloc(16)

/** Rows of the audit and of every matter's log written by transactions first … last, in a fixed order. */
async function leavesOf(tx: Tx, first: number, last: number): Promise<Buffer[]> {
  const { rows } = await sql<Leaf>`
    select row, salt from (
      select xid, 0 as kind, lpad(no::text, 20, '0') as place, salt, json_build_object('no', no, 'at', at, 'actor', actor, 'kind', kind, 'region', region, 'matter', matter, 'detail', detail) as row
        from audit where xid >= ${String(first)}::xid8 and xid <= ${String(last)}::xid8
      union all
      select xid, 1, region || id::text || lpad(seq::text, 8, '0'), null, json_build_object('region', region, 'id', id, 'seq', seq, 'action', action, 'actor', actor, 'at', at, 'from', "from", 'to', "to", 'input', input)
        from event where xid >= ${String(first)}::xid8 and xid <= ${String(last)}::xid8
    ) leaves order by xid, kind, place collate "C"`.execute(tx.db)
  return rows.map(({ row, salt }) => leaf(row, salt ? Buffer.from(salt, 'hex') : noSalt))
}

const sealColumns = sql.raw('no, first_xid::text, last_xid::text, root, previous, signature, at')

const headOf = (seal: Seal): SignedHead => ({
  previous: seal.previous,
  root: seal.root,
  from: Number(seal.first_xid),
  to: Number(seal.last_xid),
  at: seal.at,
  signature: seal.signature,
})

/** Seals what has been committed since the last seal; returns how many rows. Only transactions older than every open one, or a late commit would fall between two seals. */
export const sealAudit = (on: Platform, now: Date): Promise<number> =>
  as(on, system, now, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('audit seal'))`.execute(tx.db) // two sealers would sign two heads over one batch
    const newest = await sql<Seal>`select ${sealColumns} from audit_seal order by no desc limit 1`.execute(tx.db)
    const last = newest.rows[0]
    const from = last ? headOf(last).to + 1 : 0
    const { rows } = await sql<{ xmin: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(tx.db)
    const to = Number(rows[0]!.xmin) - 1 // a bare select returns its row
    const leaves = to >= from ? await leavesOf(tx, from, to) : []
    if (!leaves.length) return 0
    const head = signHead(on.keyring.auditKey, {
      previous: last ? headHash(headOf(last)) : null,
      root: merkleRoot(leaves).toString('hex'),
      from,
      to,
      at: now.toISOString(),
    })
    await sql`insert into audit_seal (no, first_xid, last_xid, leaves, root, previous, signature, at)
      values (${(last?.no ?? 0) + 1}, ${String(from)}::xid8, ${String(to)}::xid8, ${leaves.length}, ${head.root}, ${head.previous}, ${head.signature}, ${head.at})`.execute(
      tx.db,
    )
    return leaves.length
  })

/** The first seal that does not hold, counted from 1, or null when the chain is intact. */
export async function brokenSeal(on: Platform, now: Date): Promise<number | null> {
  const broken = await brokenBatch(createPublicKey(on.keyring.auditKey), batchesOf(on, now), null)
  return broken === null ? null : broken + 1
}

/** What was sealed, batch by batch, each in a transaction of its own: years of log are neither held at once nor keep others waiting. */
async function* batchesOf(on: Platform, now: Date): AsyncGenerator<Batch> {
  const next = (after: number) => as(on, system, now, (tx) => batchAfter(tx, after))
  for (let its = await next(0); its; its = await next(its.no)) yield its.batch
}

async function batchAfter(tx: Tx, no: number): Promise<{ no: number; batch: Batch } | undefined> {
  const { rows } = await sql<Seal>`select ${sealColumns} from audit_seal where no > ${no} order by no limit 1`.execute(tx.db)
  const [seal] = rows
  if (!seal) return undefined
  const head = headOf(seal)
  return { no: seal.no, batch: { head, leaves: await leavesOf(tx, head.from, head.to) } }
}
