import { cite } from '#kernel/cite.ts'
import { line } from '#kernel/line.ts'
import { casework } from './casework-actions.ts'
import { documents } from './documents.ts'
import { intake } from './intake-actions.ts'
import { limits } from './limits.ts'
import { states } from './states.ts'

/** Legal aid on application (法律援助法 ch. 3–4; RULEBOOK §2.1, LA-01 … LA-22). The criminal-notice track and the objection are lines of their own. */
export const legalAid = line({
  key: 'legal-aid',
  edition: '2023-09-01',
  title: { zh: '法律援助', en: 'Legal aid' },
  initial: 'draft',
  openedBy: ['citizen'],
  states,
  documents,
  actions: { ...intake, ...casework },
  limits,
})

/** The statute this line carries out. */
export const basis = cite('法律援助法', 1)
