import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { isMessageKey, pick, say, type Language } from '#platform/messages/messages.ts'

/** What a matter is about, in a few words and without a person: for queues, tracking and lists. */
export function titleOf(matter: Pick<Matter, 'data'>, line: Line, language: Language): string {
  const subject = subjectOf(matter, line, language)
  return subject ? say(language, 'check.pair', { label: pick(line.title, language), value: subject }) : pick(line.title, language)
}

/** The subject alone, where the service is named beside it. */
export function subjectOf({ data }: Pick<Matter, 'data'>, line: Line, language: Language): string | null {
  const subject = line.subject?.(data)
  return subject ? pick(subject, language) : null
}

/** By which door something was said. */
export function channelTitle(channel: string, language: Language): string {
  const key = `channel.${channel}`
  return isMessageKey(key) ? say(language, key) : channel
}
