import { check } from '#kernel/decide.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock, Matter } from '#kernel/matter.ts'
import { papersWanted } from '#kernel/papers.ts'
import { ownerIn } from '#engine/standing.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import type { Papers } from '#portal/pieces/track-parts.tsx'
import { isServed } from '#records/privacy/scanning.ts'
import { holderTitle, mayShare } from '#records/privacy/sharing.ts'
import { sharePath } from './table/share.tsx'

/** The papers held with a matter, and those its person is waited for. */
export async function papersOf(tx: Tx, line: Line, matter: Matter, clocks: readonly Clock[]): Promise<Papers> {
  const rows = await tx.db
    .selectFrom('document')
    .select(['id', 'kind', 'at', 'holder', 'is_shared', 'scan_result'])
    .where('region', '=', matter.region)
    .where('matter', '=', matter.id)
    .where('erased_at', 'is', null)
    .orderBy('at')
    .limit(200)
    .execute()
  const mayAdd = !check(line, matter, 'attach', { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) })
  const own = ownerIn(tx, matter, tx.actor.id)
  const title = (kind: string) => line.documents[kind]?.title ?? { zh: kind, en: kind }
  return {
    held: rows.map((row) => ({
      title: title(row.kind),
      at: row.at,
      ...(isServed(tx, row) ? { href: `/m/${matter.code}/file/${row.id}` } : { isUnchecked: true as const }),
      ...(row.holder !== own && row.holder !== '' && { of: holderTitle(line, matter, row.holder) }),
      ...(mayShare(tx, matter, row.holder) && { sharing: { isShared: row.is_shared, href: sharePath(matter.code, 'paper', row.id) } }),
    })),
    missing: mayAdd
      ? awaited(line, matter, clocks)
          .filter((kind) => !matter.documents.includes(kind))
          .map((kind) => ({
            title: title(kind),
            ...(line.documents[kind]?.hint && { hint: line.documents[kind].hint }),
            href: `/m/${matter.code}/add/${kind}`,
          }))
      : [],
    ...(mayAdd && { addHref: `/m/${matter.code}/add/evidence` }),
  }
}

/** What an officer asked for; where none did, what a duty of theirs that runs is about: the papers that are theirs to bring. */
function awaited(line: Line, matter: Matter, clocks: readonly Clock[]): readonly string[] {
  const missing = line.traits?.asked?.(matter.data)
  if (missing && line.states[matter.state]?.waitsFor.includes(line.principal)) return missing
  return owes(line, clocks) ? papersWanted(line, matter).filter((kind) => line.documents[kind]?.owed?.by === line.principal) : []
}

const owes = (line: Line, clocks: readonly Clock[]): boolean =>
  clocks.some(({ limit, stoppedAt }) => !stoppedAt && line.limits[limit]?.kind === 'duty' && line.limits[limit].of === line.principal)
