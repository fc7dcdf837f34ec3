import type { Question } from '#kernel/journey/journey.ts'
import { rights } from '#lines/services.ts'

/** The address where a person asks about what is held of them in one matter, with what they want said already. */
export const askAbout = (code: string, said: Readonly<Record<string, string>> = {}): string =>
  `/start/${rights.line}?${new URLSearchParams({ about: code, ...said })}`

/** The same for one answer: which field, where the question has one. */
export const askToCorrect = (code: string, { key, fields }: Question): string =>
  askAbout(code, { wants: 'correct', ...(fields.length === 1 && { fact: `${key}.${fields[0]?.name}` }) })
