import type { Face } from '#kernel/face.ts'
import type { Issue, No } from '#kernel/refusal.ts'
import { isMessageKey, refusalText, say, type Language } from '#platform/messages/messages.ts'

/** A refusal as a sentence to the reader; null is a fault of ours. */
export const sayRefusal = (known: No | null, language: Language, face: Face): string =>
  known ? refusalText(known, language, face) : say(language, 'problem.oursText')

/** What is wrong with one field, in words: a message key of ours, or the schema's code in general terms. */
export function sayIssue(issue: Issue, language: Language): string {
  if (isMessageKey(issue.message)) return say(language, issue.message, issue.day ? { day: issue.day } : undefined)
  if (issue.code === 'unrecognized_keys')
    return `${say(language, 'answer.unknownField')}：${Array.isArray(issue.keys) ? issue.keys.join('、') : ''}`
  return say(language, general[issue.code ?? ''] ?? 'answer.invalid')
}

const general: Record<string, Parameters<typeof say>[1]> = {
  too_small: 'answer.tooShort',
  too_big: 'answer.tooLong',
  future: 'answer.date.future',
  past: 'answer.date.past',
  bad_text: 'refusal.bad_text',
  file_too_large: 'answer.file.tooLarge',
  invalid_type: 'answer.required',
  invalid_value: 'answer.choose',
}
