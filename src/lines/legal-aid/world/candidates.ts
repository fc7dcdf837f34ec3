import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Matter } from '#kernel/matter.ts'
import { Refusal, refuse } from '#kernel/refusal.ts'
import type { AidCase, Candidate } from '../assignment/aid-case.ts'
import { rank, type Ranked } from '../assignment/assignment.ts'
import { settingsFrom } from '../settings.ts'
import type { AidForm } from '../assignment/suitability.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { ageOn } from '#records/people/age.ts'
import { conflictsIn, otherSide, otherSuspect } from './conflicts.ts'
import { openField, partyRows } from '#records/people/people.ts'
import { accountsOf, listPractitioners, openCaseCounts, type Practitioner } from '#records/register/practitioners.ts'
import type { PractitionerKind } from '#registry/kinds/practitioners.ts'
import { no } from '../refusals.ts'
import { givesAid, registered } from './registered.ts'
import type { Preparer } from '../../service.ts'
import { parseResidentId } from '#records/people/resident-id.ts'
import { principalIn } from '#engine/standing.ts'

/** What a line's file says to the rules of assignment: the form of aid, whose it is, what is at stake, and what one would be good at. */
export type CaseReading = {
  form(data: Matter['data']): AidForm
  isMinor(data: Matter['data']): boolean
  isLifeOrDeath(data: Matter['data']): boolean
  specialisms(data: Matter['data']): string[]
}

export type Proposed = Pick<Ranked, 'verdict' | 'reasons' | 'favours'> & {
  practitioner: string
  account: string
  name: string
  region: string
  office: string
  officeName: string
  kind: PractitionerKind
  openCases: number
  specialisms: string[]
}

/** Fewer than this to choose from in the county, and the prefecture's are proposed too: one to send, one to replace them, one for the other party. */
const enough = 3

/**
 * Everyone who could be sent on a matter, in the order to consider, each with the verdict and its articles (RULEBOOK §3.9). With the written
 * consent of both parties a conflict within the firm is lifted where the county has nobody else. Caseloads, and service to the other side,
 * are counted over the matters the actor sees; run as the system it is the whole province.
 */
export async function candidatesFor(tx: Tx, matter: Matter, reading: CaseReading, { bothConsent = false } = {}): Promise<Proposed[]> {
  const aidCase = await caseOf(tx, matter, reading)
  const judged = (prefix: string, its = aidCase) => proposals(tx, matter, its, prefix)
  const near = await judged(matter.region)
  const consent = { bothPartiesConsented: bothConsent, noOtherProviderInCounty: countFree(near) === 0 }
  const consented = { ...aidCase, firmConflictConsent: consent }
  const here = consent.bothPartiesConsented && consent.noOtherProviderInCounty ? await judged(matter.region, consented) : near
  return countFree(here) < enough ? judged(matter.region.slice(0, 4), consented) : here
}

const countFree = (proposed: readonly Proposed[]): number => proposed.filter(({ verdict }) => verdict === 'assignable').length

async function proposals(tx: Tx, matter: Matter, aidCase: AidCase, prefix: string): Promise<Proposed[]> {
  const rows = (await listPractitioners(tx, prefix)).filter(givesAid)
  const accounts = await accountsOf(
    tx,
    rows.map(({ id }) => id),
  )
  const able = rows.filter(({ id }) => accounts.has(id))
  const counts = await openCaseCounts(tx, [...accounts.values()])
  const known = await conflictsIn(tx, matter, aidCase, able, accounts)
  const candidates = able.map((row): Candidate => ({
    ...registered(row, aidCase.on, counts.get(accounts.get(row.id) ?? '') ?? 0),
    ...known(row),
  }))
  const byId = new Map(able.map((row) => [row.id, row]))
  const settings = settingsFrom((key) => lawOf(tx, matter.region).setting(key))
  return rank(aidCase, candidates, settings).flatMap((ranked) => {
    const [row, account] = [byId.get(ranked.candidate.id), accounts.get(ranked.candidate.id)]
    return row && account ? [proposed(row, account, ranked)] : []
  })
}

const proposed = (
  { id, name, region, office, officeName, kind, specialisms }: Practitioner,
  account: string,
  { candidate, verdict, reasons, favours }: Ranked,
): Proposed => ({
  practitioner: id,
  account,
  name,
  region,
  office,
  officeName,
  kind,
  openCases: candidate.openCaseload,
  specialisms,
  verdict,
  reasons,
  favours,
})

/** The matter as the assignment rules see it. Whom the office noted without naming them in the file stands as `otherSide` and `otherSuspect`. */
async function caseOf(tx: Tx, matter: Matter, reading: CaseReading): Promise<AidCase> {
  const { data } = matter
  const parties = await partyRows(tx, [matter])
  const idsOf = (role: string) => parties.filter((party) => party.role === role).map(({ id }) => id)
  const on = dayOf(tx.now)
  const births = parties.filter(({ role }) => role === 'recipient').map((row) => birthDateIn(openField(tx, row, 'idNumber'), on))
  return {
    dispute: matter.id,
    form: reading.form(data),
    on,
    recipient: idsOf('recipient')[0] ?? principalIn(tx, matter) ?? matter.id,
    opponents: [...idsOf('opponent'), otherSide],
    coDefendants: [otherSuspect],
    recipientIsMinor: reading.isMinor(data) || births.some((birth) => birth !== undefined && ageOn(birth, on) < 18),
    isLifeOrDeath: reading.isLifeOrDeath(data),
    specialisms: reading.specialisms(data),
  }
}

function birthDateIn(idNumber: string | null, on: string): string | undefined {
  const parsed = idNumber ? parseResidentId(idNumber, on) : undefined
  return parsed?.ok ? parsed.birthDate : undefined
}

/** Prepares the choice of whom to send: only whoever may be sent is; a conflict within the firm is lifted as `candidatesFor` judges it, by both parties' consent and the director's explanation (RULEBOOK §3.9 C3). */
export const preparingChoice =
  (reading: CaseReading): Preparer<{ practitioner: string; bothConsent?: boolean | undefined; reason?: string | undefined }> =>
  async (tx, matter, asked) => {
    const bothConsent = asked.bothConsent === true && asked.reason !== undefined
    const candidates = await candidatesFor(tx, matter, reading, { bothConsent })
    const chosen = candidates.find((one) => one.practitioner === asked.practitioner) ?? refuse('not_found')
    if (chosen.verdict !== 'assignable') throw new Refusal(no('conflict_of_interest', { reasons: chosen.reasons.map(({ code }) => code) }))
    return { ...asked, provider: chosen.account, office: chosen.office, verdict: chosen.verdict }
  }
