import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import { removePaper } from '#engine/act.ts'
import { queueEffect } from '#engine/jobs.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import { ownerIn, principalIn } from '#engine/standing.ts'
import type { ScanResult } from '#platform/files/scanner.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { removeUnheld } from './erasure.ts'

/** Whether a paper may be opened: where nobody scans, or once the scanner has found nothing wrong with it. */
export const isServed = ({ on }: Tx, { scan_result }: { scan_result: string | null }): boolean =>
  scan_result === 'clean' || (scan_result === null && !on.scanner.isSet)

/** `check` throws where another process may be at it; `signal` ends the scan that is under way. */
type Going = { check?: () => void; signal?: AbortSignal }

/** As many as one round asks about, so that the lease is kept and another process may go on. */
const aRound = 50

/**
 * Asks the scanner about the papers it has not judged yet, those first that it was not asked about; returns how many it judged. What is clean may be opened from then on. What
 * is infected is removed from every matter that holds it. Where there is no answer it stays as it is, unopened, until a later round.
 */
export async function scanWaiting(on: Platform, now: Date, { check = () => {}, signal }: Going = {}): Promise<number> {
  // One that is away is told by `/api/health`, not by a line for every paper.
  if (!on.scanner.isSet || !(await on.scanner.answers())) return 0
  let judged = 0
  for (const hash of await as(on, system, now, listWaiting)) {
    check()
    const result = await resultFor(on, hash, signal)
    await record[result.is](on, now, { hash, ...result })
    if (result.is === 'unavailable') on.log.warn({ hash, why: result.why }, 'The scanner gave no result: the paper stays unopened')
    else judged++
  }
  return judged
}

/** Whether there is any work for the scanner. */
export const isAnyWaiting = async (on: Platform, now: Date): Promise<boolean> =>
  on.scanner.isSet && (await as(on, system, now, listWaiting)).length > 0

async function listWaiting(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`select hash from document where scan_result is null and erased_at is null
    group by hash order by min(asked_scanner_at) nulls first, hash limit ${aRound}`.execute(tx.db)
  return rows.map(({ hash }) => hash)
}

async function resultFor(on: Platform, hash: string, signal: AbortSignal | undefined): Promise<ScanResult> {
  let bytes: Buffer
  try {
    bytes = await on.files.read(hash)
  } catch (error) {
    // Told by `fahui verify` and to whoever opens it; here it must not keep the others waiting.
    return { is: 'unavailable', why: error instanceof Error ? error.message : String(error) }
  }
  return on.scanner.scan(bytes, signal)
}

type Judged = { hash: string } & ScanResult
/** What follows from a result. */
const record: Readonly<Record<ScanResult['is'], (on: Platform, now: Date, judged: Judged) => Promise<void>>> = {
  clean: (on, now, { hash }) => as(on, system, now, (tx) => noteAsked(tx, hash, { scan_result: 'clean' })),
  unavailable: (on, now, { hash }) => as(on, system, now, (tx) => noteAsked(tx, hash, {})),
  infected: discard,
}

const noteAsked = async (tx: Tx, hash: string, result: { scan_result?: 'clean' }): Promise<void> =>
  void (await tx.db
    .updateTable('document')
    .set({ ...result, asked_scanner_at: tx.now })
    .where('hash', '=', hash)
    .where('scan_result', 'is', null)
    .execute())

/** Whoever handed the same bytes in before, when the scanner knew less of them, is told as well. Each matter in a transaction of its own; the bytes go last, or at night where that is cut off. */
async function discard(on: Platform, now: Date, { hash, ...result }: Judged): Promise<void> {
  const found = result.is === 'infected' ? result.found : ''
  const held = await as(on, system, now, (tx) =>
    tx.db.selectFrom('document').select(['region', 'id', 'matter']).where('hash', '=', hash).where('erased_at', 'is', null).execute(),
  )
  for (const paper of held) await as(on, system, now, (tx) => discardOne(tx, { ...paper, found }))
  await as(on, system, now, (tx) => removeUnheld(tx, hash))
}

async function discardOne(tx: Tx, { region, id, matter: its, found }: MatterId & { matter: string; found: string }): Promise<void> {
  const at = { region, id: its }
  const matter = await lockMatter(tx, at)
  const paper = await tx.db
    .updateTable('document')
    .set({ scan_result: 'infected', asked_scanner_at: tx.now, name: '', erased_at: tx.now })
    .where('region', '=', region)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .returning(['kind', 'holder', 'added_by'])
    .executeTakeFirst()
  if (!matter || !paper) return // erased meanwhile
  const { kind, holder } = paper
  const event = await removePaper(tx, at, { document: id, kind, found, isAnotherHeld: await holdsAnother(tx, at, kind), holder })
  if (holder === ownerIn(tx, matter, principalIn(tx, matter) ?? '') && (await isCitizen(tx, paper.added_by)))
    queueEffect(tx, { effect: 'tellPaperRemoved', region, id: its, seq: event.seq })
}

const holdsAnother = async (tx: Tx, { region, id }: MatterId, kind: string): Promise<boolean> =>
  (await tx.db
    .selectFrom('document')
    .select('id')
    .where('region', '=', region)
    .where('matter', '=', id)
    .where('kind', '=', kind)
    .where('erased_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined

/** Only whoever brought it is told by letter; the desk and those it sent read of it in the matter. */
const isCitizen = async (tx: Tx, account: string): Promise<boolean> =>
  (await tx.db.selectFrom('account').select('kind').where('id', '=', account).executeTakeFirst())?.kind === 'citizen'
