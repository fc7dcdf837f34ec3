import { isDuty } from '#kernel/actor.ts'
import type { Line } from '#kernel/line.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'

/** What somebody is to a matter, in words: by the line's word for their seat, or by their duty. */
export function relationTitle(line: Pick<Line, 'seats'> | undefined, relation: string, language: Language): string {
  if (relation === 'system' || isDuty(relation)) return say(language, `relation.${relation}`)
  const seat = line?.seats[relation]
  return seat ? pick(seat.title, language) : relation
}
