import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { beneficiaries, kinds, rarerKinds } from '#lines/legal-aid/journey-options.ts'
import { grounds, type Ground } from '#lines/criminal-notice/criminal-notice.line.ts'
import { pick, say, type Language } from '#platform/messages.ts'

/** What a matter is about, in a few words and without a person: for queues, tracking and lists. */
export function titleOf(matter: Pick<Matter, 'data'>, line: Line, language: Language): string {
  const subject = subjectOf(matter.data, language)
  return subject ? say(language, 'check.pair', { label: pick(line.title, language), value: subject }) : pick(line.title, language)
}

/** The subject alone, where the service is named beside it. */
export function subjectOf(data: Record<string, unknown>, language: Language): string | null {
  const topic = String(data['topic'] ?? '')
  const kind = (
    { ...kinds, ...rarerKinds, custody: beneficiaries.custody } as Record<string, { label: { zh: string; en: string } } | undefined>
  )[topic] // looked up by a key that may be absent
  if (kind) return pick(kind.label, language)
  const ground = grounds[data['ground'] as Ground] as (typeof grounds)[Ground] | undefined // looked up by a key that may be absent
  return ground ? pick(ground, language) : null
}
