import { v7, validate } from 'uuid'
import { z } from 'zod'
import { check } from '#kernel/decide.ts'
import type { MatterId } from '#kernel/matter.ts'
import { no, Refusal, refuse, type RefusalCode } from '#kernel/refusal.ts'
import { act } from '#engine/act.ts'
import { audit } from '#platform/keys/audit.ts'
import { isoDigest } from '#platform/keys/digest.ts'
import { FileRefused, type WhyRefused } from '#platform/files/file-refused.ts'
import type { StoredFile } from '#platform/files/file-store.ts'
import { findReplay, matterOf } from '#engine/matter-rows.ts'
import type { MessageKey } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { route, type AnyRoute, type Page, type Upload } from '#platform/http/route.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { holdBytes, isUseStopped } from '#records/privacy/erasure.ts'
import { newSalt } from '#platform/keys/crypto.ts'
import { noteKept } from '#platform/keys/kept.ts'
import { keptPaper } from '#records/privacy/kept-tables.ts'
import { nameOfPaper, sealedName } from '#records/privacy/paper-names.ts'
import { isServed } from '#records/privacy/scanning.ts'
import { At, MatterView } from './matter-schema.ts'
import { viewMatter } from './matter-view.ts'
import { ownerIn } from '#engine/standing.ts'
import { countOpening } from '#records/privacy/opening-cap.ts'

/** Keeps a file and records in the log that it is held. The bytes are on disk before the row is: a row never points at nothing. */
export async function addDocument(
  tx: Tx,
  at: MatterId,
  asked: { kind: string; version?: number | undefined; key: string; upload: Upload; kept?: StoredFile },
): Promise<void> {
  const matter = (await matterOf(tx, at)) ?? refuse('not_found')
  const intent = isoDigest({ attach: asked.kind, key: asked.key })
  if (await findReplay(tx, at.region, asked.key)) return void (await act(tx, at, 'attach', {}, { key: asked.key, intent }))
  if (asked.version !== undefined && asked.version !== matter.version) refuse('stale', { version: matter.version })
  const line = lineOf(tx.on, matter.line, matter.edition)
  const refusal = check(line, matter, 'attach', { actor: tx.actor, now: tx.now, law: lawOf(tx, at.region) })
  if (refusal) throw new Refusal(refusal)
  if (!Object.hasOwn(line.documents, asked.kind))
    throw new Refusal(no('invalid', { issues: [{ path: 'kind', code: 'invalid_value', message: 'answer.choose' }] }))
  await refuseTooMany(tx, at)
  const file = asked.kept ?? (await keepFile(tx, asked.upload))
  const id = v7()
  await act(tx, at, 'attach', { kind: asked.kind, document: id, hash: file.hash }, { expect: asked.version, key: asked.key, intent })
  await holdBytes(tx, file.hash)
  if (!(await tx.on.files.has(file.hash))) await keepFile(tx, asked.upload) // erased from another matter meanwhile
  await recordPaper(tx, at, { id, kind: asked.kind, file, holder: ownerIn(tx, matter, tx.actor.id) })
}

/** The row of a paper whose bytes are kept and whose step is logged, and its digest in the audit. A table with one side has no `holder`. */
export async function recordPaper(
  tx: Tx,
  { region, id: matter }: MatterId,
  { id, kind, file, holder = '' }: { id: string; kind: string; file: StoredFile; holder?: string },
): Promise<void> {
  const row = {
    region,
    id,
    matter,
    kind,
    name: sealedName(tx.on.keyring, { region, id, name: file.name }),
    mime: file.mime,
    bytes: file.bytes,
    hash: file.hash,
    added_by: tx.actor.id,
    holder,
    at: tx.now,
    salt: newSalt(),
  }
  await Promise.all([tx.db.insertInto('document').values(row).execute(), noteKept(tx, { region, matter }, keptPaper, [row])])
}

type Holding = { count: number; bytes: number }

/** What one matter holds at most: more than the thickest file of the demo's offices, and little enough that nobody fills the disk with one code. */
const mostOfMatter: Holding = { count: 300, bytes: 1024 ** 3 }

/** What one person hands in at most over all their matters of a county: as much as three of the thickest. Who works at the desk hands in for many. */
const mostOfPerson: Holding = { count: 900, bytes: 3 * 1024 ** 3 }

/** Refuses with `papers_full` where a matter holds as much as it may, and with `papers_full_of_you` where whoever hands in does. */
export async function refuseTooMany(tx: Tx, { region, id }: MatterId): Promise<void> {
  const held = (its: 'matter' | 'added_by', value: string) =>
    tx.db
      .selectFrom('document')
      .select((e) => [e.fn.countAll<number>().as('count'), e.fn.coalesce(e.fn.sum<number>('bytes'), e.lit(0)).as('bytes')])
      .where('region', '=', region)
      .where(its, '=', value)
      .where('erased_at', 'is', null)
      .executeTakeFirstOrThrow()
  const isFull = (most: Holding, { count, bytes }: Holding) => count >= most.count || Number(bytes) >= most.bytes
  if (isFull(mostOfMatter, await held('matter', id))) refuse('papers_full')
  if (tx.actor.kind === 'citizen' && isFull(mostOfPerson, await held('added_by', tx.actor.id))) refuse('papers_full_of_you')
}

/** Keeps the bytes of an upload, or refuses them by field. Nothing points at them yet. */
export const keepFile = async (tx: Tx, { clean, name, field }: Upload): Promise<StoredFile> =>
  tx.on.files.keep(await clean().catch((error: unknown) => refuseFile(error, field)), { name })

/** How each is refused, and what is said at the field. */
const fileRefusals: Readonly<Record<WhyRefused, { code: RefusalCode; message: MessageKey }>> = {
  tooLarge: { code: 'file_too_large', message: 'answer.file.tooLarge' },
  typeNotAllowed: { code: 'file_type', message: 'answer.file.type' },
  unreadable: { code: 'file_type', message: 'answer.file.type' },
  empty: { code: 'invalid', message: 'answer.file.required' },
  active: { code: 'file_active', message: 'answer.file.active' },
  locked: { code: 'file_locked', message: 'answer.file.locked' },
}

function refuseFile(error: unknown, field: string): never {
  if (!(error instanceof FileRefused)) throw error
  const { code, message } = fileRefusals[error.code]
  throw new Refusal(no(code, { issues: [{ path: field, code, message }] }))
}

/** A file's bytes for whoever sees its matter, once nothing harmful can be in them; reading one is audited for all but the person themselves. */
export async function readDocument(tx: Tx, at: MatterId): Promise<{ bytes: Buffer; mime: string; name: string }> {
  if (!validate(at.id)) refuse('not_found')
  const row =
    (await tx.db.selectFrom('document').selectAll().where('region', '=', at.region).where('id', '=', at.id).executeTakeFirst()) ??
    refuse('not_found')
  if (row.erased_at) refuse('not_found')
  if (await isUseStopped(tx, { region: at.region, id: row.matter })) refuse('use_stopped')
  if (!isServed(tx, row)) refuse('paper_unchecked')
  await countOpening(tx, { region: at.region, id: row.matter })
  if (tx.actor.kind !== 'citizen') await audit(tx, 'download', { region: at.region, matter: row.matter, detail: { document: row.id } })
  return { bytes: await tx.on.files.read(row.hash), mime: row.mime, name: nameOfPaper(tx.on.keyring, row) }
}

export const documentRoutes: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/documents',
    id: 'document.add',
    summary: 'Add a document',
    params: At,
    takesFiles: true,
    body: z.object({ kind: z.string().max(40), version: z.coerce.number().int().min(0).optional(), key: z.uuid() }).strict(),
    returns: MatterView,
    async handler(tx, { params, body, uploads }) {
      const upload = uploads[0] ?? refuse('invalid', { issues: [{ path: 'file', code: 'required', message: 'answer.file.required' }] })
      await addDocument(tx, params, { ...body, upload })
      return viewMatter(tx, params)
    },
  }),
]

/** A file's bytes; a page, because its answer is not JSON. */
export const documentPage: Page = {
  method: 'GET',
  path: '/api/documents/:region/:id',
  id: 'document.read',
  handler: (tx, { params }) => readDocument(tx, { region: params['region'] ?? '', id: params['id'] ?? '' }),
}
