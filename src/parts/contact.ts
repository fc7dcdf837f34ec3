import { z } from 'zod'
import type { Field, Question } from '#kernel/journey/journey.ts'
import { choice, phone, words } from '#kernel/journey/journey-answers.ts'
import type { Text } from '#kernel/line.ts'
import { contactWays, holding } from './facts.ts'

/** What the question of a safe contact takes: a number, unless whoever asks rules out every use of one. */
export const contactSchema = z
  .object({ safe: choice([...contactWays]), phone: phone.optional(), when: words(100).optional() })
  .refine(({ safe, phone }) => safe === 'none' || phone !== undefined, { path: ['phone'], error: 'answer.phone' })

/** How a line asks it: `ways` are the four, in its own words and order. */
type Its = Pick<Question, 'title' | 'factTitle' | 'why'> & {
  label: Text
  ways: NonNullable<Field['options']>
  phoneHint: Text
  whenHint?: Text
}

/** The question how somebody may safely be reached; what they rule out is never used. */
export const contactOf = ({ label, ways, phoneHint, whenHint, ...its }: Its): Question => ({
  key: 'contact',
  ...its,
  facts: holding({ safe: 'contact.safe', phone: 'contact.phone', when: 'contact.when' }),
  fields: [
    { name: 'safe', kind: 'radio', label, options: ways },
    { name: 'phone', kind: 'phone', label: { zh: '电话', en: 'Phone' }, hint: phoneHint, autocomplete: 'tel' },
    { name: 'when', kind: 'text', label: { zh: '什么时候方便', en: 'Good times' }, ...(whenHint && { hint: whenHint }), optional: true },
  ],
  schema: contactSchema,
  lasting: { fields: ['safe', 'phone', 'when'] },
})
