import { z } from 'zod'
import { day } from '#kernel/form.ts'
import type { Change } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { servedSinceDecided } from './rules.ts'
import { noting } from './data.ts'

/** An officer writes down the day a decision was received; whatever the decision, and wherever its matter stands. */
export const serving = {
  shows: ['servedOn'],
  by: ['intake', 'reviewer', 'director'],
  form: z.object({ servedOn: day({ zh: '收到决定书的日期', en: 'Received on' }) }),
  rule: servedSinceDecided,
  set: ({ servedOn }: { servedOn: string }, { data }: Matter): Change => noting(data, { servedOn }),
} as const
