import { z } from 'zod'
import type { Cite } from '#kernel/cite.ts'
import type { Question } from '#kernel/journey/journey.ts'
import { ticked } from '#kernel/journey/journey-answers.ts'
import type { Text } from '#kernel/line.ts'

/** What the notice takes: that it was read. */
export const noticeSchema = z.object({ read: ticked('answer.tick') })

/** The first question of a journey: what will become of what is said, before anything is asked. */
export const noticeOf = (its: { why: Text; hint: Text; cite: Cite }): Question => ({
  key: 'notice',
  title: { zh: '开始之前，请先看这几句', en: 'Before you start, please read this' },
  factTitle: { zh: '告知', en: 'Notice' },
  ...its,
  fields: [
    {
      name: 'read',
      kind: 'checkboxes',
      label: { zh: '告知', en: 'Notice' },
      options: [{ value: 'yes', label: { zh: '我看过了，开始', en: 'I have read this' } }],
    },
  ],
  schema: noticeSchema,
})
