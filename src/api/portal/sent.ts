import type { Matter } from '#kernel/matter.ts'
import { letterOf } from '#lines/services.ts'
import { fill, pick, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import type { TrackProps } from '#portal/track.tsx'

/** What the reader was sent about a matter, the latest first: what went to their phone, and what waits here because none may. */
export async function sentTo(tx: Tx, { region, id, line }: Matter, language: Language): Promise<NonNullable<TrackProps['sent']>> {
  const rows = await tx.db
    .selectFrom('message')
    .select(['created_at', 'template', 'params'])
    .where('region', '=', region)
    .where('matter', '=', id)
    .where('account', '=', tx.actor.id)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(50)
    .execute()
  return rows.flatMap(({ created_at: at, template, params }) => {
    const letter = letterOf(line, template)
    return letter ? [{ at, text: fill(language, pick(letter.text, language), params) }] : []
  })
}
