import { z } from 'zod'
import type { Question } from '#kernel/journey/journey.ts'
import { words } from '#kernel/journey/journey-answers.ts'
import { cite } from './statutes.ts'

/** What the grounds of an objection may be. */
export const schema = z.object({ words: words(2000).optional() })

/** What somebody who objects is asked: nobody has to argue to be heard, so an empty answer is an answer (法律援助法 art. 49). */
export const grounds: Question = {
  key: 'grounds',
  title: { zh: '为什么不服？', en: 'Why do you disagree?' },
  factTitle: { zh: '不服的理由', en: 'Grounds of the objection' },
  why: { zh: '写给司法局看，审查时会对照您说的。', en: 'The justice bureau reads it beside the decision.' },
  cite: cite('法律援助法', 49, 1),
  fields: [
    {
      name: 'words',
      kind: 'longText',
      label: { zh: '为什么不服', en: 'Why you disagree' },
      hint: {
        zh: '写给司法局看的。哪里算错了，哪些情况没有看到，照实写就行；不写也可以提。',
        en: 'For the justice bureau: what was counted wrongly, what was overlooked. You may object without giving reasons.',
      },
      optional: true,
    },
  ],
  schema,
}
