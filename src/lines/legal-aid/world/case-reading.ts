import type { AidForm } from '../assignment/suitability.ts'
import type { CaseReading } from './candidates.ts'

/** An application as the rules of assignment see it. */
export const reading: CaseReading = {
  form: ({ matterCode }) => forms[String(matterCode)] ?? 'litigationRepresentation',
  isMinor: ({ forWhom, isUnder14 }) => forWhom === 'child' || isUnder14 === true,
  isLifeOrDeath: () => false,
  /** In a criminal case defending is the same work by either name. */
  specialisms: ({ matterCode, topic }) =>
    forms[String(matterCode)] === 'criminalDefence' ? ['accused', 'custody'] : typeof topic === 'string' ? [topic] : [],
}

/** The form of aid (法律援助法 art. 22) each kind of matter is helped in; what is not listed goes to court. */
const forms: Readonly<Record<string, AidForm>> = {
  M24: 'criminalDefence',
  'M29-1': 'criminalRepresentation',
  'M29-2': 'criminalRepresentation',
  'M29-3': 'criminalRepresentation',
  'M31-5': 'labourDisputeRepresentation',
}
