import { line } from '#kernel/line.ts'
import { casework } from './casework-actions.ts'
import { closing } from './closing-actions.ts'
import { contesting } from './contest-actions.ts'
import { documents } from './documents.ts'
import { intake } from './intake-actions.ts'
import { beneficiaries, kinds, rarerKinds } from './journey/journey-options.ts'
import { limits } from './limits.ts'
import { proxies } from './proxy-actions.ts'
import { outcomeOf } from './rules.ts'
import { referring } from './referral-actions.ts'
import { seats } from './seats.ts'
import { contestable, isContestableClosing, states } from './states.ts'
import { cite } from './statutes.ts'
import { Data } from './data.ts'
import { desk } from './desk.ts'
import { traits } from './traits.ts'

const subjects = new Map(
  Object.entries({ ...kinds, ...rarerKinds, custody: beneficiaries.custody }).map(([topic, { label }]) => [topic, label]),
)

/** Legal aid on application (法律援助法 ch. 3–4; RULEBOOK §2.1, LA-01 … LA-22). The criminal-notice track and the objection are lines of their own. */
export const legalAid = line({
  key: 'legal-aid',
  edition: '2023-09-01',
  title: { zh: '法律援助', en: 'Legal aid' },
  desk,
  data: Data,
  traits,
  initial: 'draft',
  takenIn: 'completing',
  receives: 'referredIn',
  seats,
  principal: 'applicant',
  recipient: { zh: '受援人', en: 'Recipient' },
  openedBy: ['citizen', 'intake', 'system'],
  states,
  documents,
  subject: ({ topic }) => subjects.get(String(topic)),
  remedy: {
    line: 'objection',
    from: contestable,
    alsoOf: isContestableClosing,
    taken: 'contest',
    title: { zh: '对这个决定提出异议', en: 'Object to this decision' },
    send: { zh: '交给司法局', en: 'Send it to the justice bureau' },
    confirm: {
      zh: '交上去以后，司法局在五日内作出书面决定。没有决定之前，您还可以补充理由、添加材料，也可以撤回。',
      en: 'The bureau then decides in writing within five days. Until it does you may add reasons and papers, or withdraw.',
    },
    how: {
      zh: '如果不服，可以在写明的期限内，在这件事的进度页上提出异议，由司法局审查；也可以到司法局当面提出。',
      en: 'If you disagree you may object within the time given, on the page of your matter or at the justice bureau.',
    },
    sought: { zh: '您已经提出异议（{state}），去看看', en: 'You have objected ({state}): see how it stands' },
    cite: cite('法律援助法', 49, 1),
  },
  outcome: { reportedBy: 'conclude', confirmedBy: 'confirmOutcome', of: outcomeOf },
  actions: { ...intake, ...proxies, ...casework, ...contesting, ...closing, ...referring },
  limits,
})

/** The statute this line carries out. */
export const basis = cite('法律援助法', 1)
