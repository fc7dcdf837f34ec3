import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Text } from '#kernel/line.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { ageOn } from '#records/people/age.ts'
import type { Practitioner } from '#records/register/practitioners.ts'
import type { Candidate } from '../assignment/aid-case.ts'
import { candidacy } from '../assignment/assignment.ts'
import { providerKinds, settingsFrom, type ProviderKind } from '../settings.ts'
import type { AidForm } from '../assignment/suitability.ts'
import type { Staffing } from '../../service.ts'
import { rowsIn } from '#kernel/keyed.ts'

/** Somebody on the register who gives legal aid; mediators stand there too. */
export type AidProvider = Practitioner & { kind: ProviderKind }

export const givesAid = (row: Practitioner): row is AidProvider => providerKinds.some((kind) => kind === row.kind)

/** What the register says of a practitioner on a day, as the assignment rules read it; what is known of the case is added by `candidatesFor`. */
export function registered(row: AidProvider, day: string, openCaseload: number): Candidate {
  return {
    id: row.id,
    kind: row.kind,
    isQualified: row.licence !== null,
    annualAssessment: assessmentOn(row.assessedYear, day),
    isFamiliarWithMinors: row.isFamiliarWithMinors,
    specialisms: row.specialisms,
    openCaseload,
    isOnStandingCommittee: row.isOnStandingCommittee,
    ...(row.licence !== null && { licence: licenceOn(row, day) }),
    ...(row.criminalDefenceSince !== null &&
      row.criminalDefenceSince <= day && { criminalDefenceYears: ageOn(row.criminalDefenceSince, day) }),
    ...(row.leftBenchOn !== null && { leftJudiciaryOn: row.leftBenchOn }),
  }
}

function licenceOn(
  { kind, licenceFrom, licenceTo, suspendedFrom, suspendedTo }: Practitioner,
  day: string,
): NonNullable<Candidate['licence']> {
  const isSuspended = suspendedFrom !== null && suspendedFrom <= day && (suspendedTo === null || day <= suspendedTo)
  return {
    as: kind === 'grassrootsLegalWorker' ? kind : 'lawyer',
    status: isSuspended ? 'suspended' : 'valid',
    from: licenceFrom,
    ...(licenceTo !== null && { until: licenceTo }),
  }
}

/** A year is assessed in the spring after it, so until then the year before the last is the newest there can be; whoever was licensed since has none. */
function assessmentOn(assessedYear: number | null, day: string): NonNullable<Candidate['annualAssessment']> {
  if (assessedYear === null) return 'notYetDue'
  return assessedYear >= Number(day.slice(0, 4)) - 2 ? 'passed' : 'failed'
}

/** What everybody is asked to give: to court, and to a suspect. */
const usual = {
  litigationRepresentation: { zh: '民事、行政代理', en: 'Civil and administrative cases' },
  criminalDefence: { zh: '刑事辩护', en: 'Criminal defence' },
} satisfies Partial<Record<AidForm, Text>>

/** Whether somebody could be sent to some case in a form of aid now: every rule of assignment that needs no particular matter. */
export const standingOf: Staffing['standing'] = (tx, row, openMatters) =>
  givesAid(row)
    ? rowsIn<keyof typeof usual, Text>(usual).map(([form, title]) => {
        const { verdict, reasons } = candidacyOf(tx, row, form, openMatters)
        return { title, isAssignable: verdict === 'assignable', reasons }
      })
    : []

function candidacyOf(tx: Tx, row: AidProvider, form: AidForm, openMatters: number) {
  const on = dayOf(tx.now)
  const nobodys = { dispute: 'none', form, on, recipient: 'none', opponents: [] }
  return candidacy(
    nobodys,
    registered(row, on, openMatters),
    settingsFrom((key) => lawOf(tx, row.region).setting(key)),
  )
}
