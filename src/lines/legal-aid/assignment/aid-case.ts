import type { ProviderKind } from '../settings.ts'
import type { AidForm } from './suitability.ts'

/** A case to be given to someone, on a day. Every person, firm and dispute is an id; no names. */
export type AidCase = {
  /** The dispute both sides are in: the handling organ's case, or the aid matter itself. */
  dispute: string
  form: AidForm
  /** The day of assignment, YYYY-MM-DD. */
  on: string
  recipient: string
  opponents: readonly string[]
  /** Co-defendants, also in related cases that were not joined. */
  coDefendants?: readonly string[]
  recipientIsMinor?: boolean
  /** Life imprisonment or death is possible, or a death sentence is under review. */
  isLifeOrDeath?: boolean
  /** What one would be good at to help here: any of these. */
  specialisms?: readonly string[]
  /** The only way past a firm conflict: both together, by decision of the agency's head. */
  firmConflictConsent?: { bothPartiesConsented: boolean; noOtherProviderInCounty: boolean }
}

/** A dispute, and the client for whom somebody was in it. */
export type Engagement = { dispute: string; client: string }

/** Someone who could be sent, as the register and their declarations show them. Ids only. */
export type Candidate = {
  id: string
  kind: ProviderKind
  licence?: {
    as: 'lawyer' | 'grassrootsLegalWorker'
    status: 'valid' | 'suspended' | 'revoked' | 'cancelled'
    from: string
    until?: string
  }
  /** Holds the lawyer's or legal-profession qualification (法律援助法第十三条). */
  isQualified?: boolean
  annualAssessment?: 'passed' | 'failed' | 'notYetDue'
  criminalDefenceYears?: number
  isFamiliarWithMinors?: boolean
  specialisms?: readonly string[]
  openCaseload: number
  /** Disputes in which the candidate or a close relative has an interest. */
  interestsIn?: readonly string[]
  /** Advised or represented, now or before. */
  engagements?: readonly (Engagement & { as: 'representation' | 'defence' | 'advice' })[]
  /** What others of the same firm do. */
  firmEngagements?: readonly Engagement[]
  /** Suspects helped as duty lawyer. */
  dutyHelped?: readonly string[]
  /** The day of leaving a court or procuratorate. */
  leftJudiciaryOn?: string
  isOnStandingCommittee?: boolean
  /** Disputes for which an interest or an inability was reported after assignment. */
  reportedUnable?: readonly string[]
}
