import { z } from 'zod'
import type { Question } from '#kernel/journey/journey.ts'
import { rehearsal } from './lines/rehearsal/world/service.ts'

const question = (key: string, zh: string, kind: Question['fields'][number]['kind'], name: string): Question => ({
  key,
  title: { zh, en: key },
  factTitle: { zh, en: key },
  why: { zh: '', en: '' },
  fields: [{ name, label: { zh, en: key }, kind }],
  schema: z.object({ [name]: z.string() }),
})

/** What both sides of the rehearsed mediation are asked, where a test reads it back. */
const asked: readonly Question[] = [
  question('story', '事情经过', 'longText', 'story'),
  question('wish', '希望怎么解决', 'longText', 'words'),
  question('home', '住在哪里', 'address', 'address'),
  question('contact', '怎么联系您', 'phone', 'phone'),
]

const line = { ...rehearsal.line, asked }

/** The rehearsed service with questions. */
export const askedRehearsal = { ...rehearsal, line, editions: [line] }
