import type { CaseReading } from '../../legal-aid/world/candidates.ts'

/** A notice as the rules of assignment see it. */
export const reading: CaseReading = {
  form: () => 'criminalDefence',
  isMinor: ({ ground }) => ground === 'minor',
  isLifeOrDeath: ({ ground }) => ground === 'lifeOrDeath' || ground === 'deathReview',
  specialisms: () => ['accused', 'custody'],
}
