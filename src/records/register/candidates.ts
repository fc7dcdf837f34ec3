import { dayOf } from '#kernel/calendar.ts'
import type { Matter } from '#kernel/matter.ts'
import { rank, type AidCase, type Candidate, type Ranked } from '#lines/legal-aid/assignment.ts'
import { settingsFrom } from '#lines/legal-aid/settings.ts'
import type { AidForm } from '#lines/legal-aid/suitability.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { ageOn } from '#records/people/age.ts'
import { conflictsIn, otherSide, otherSuspect } from './conflicts.ts'
import { openField, partyRows } from '#records/people/people.ts'
import { accountsOf, listPractitioners, openCaseCounts, registered, type Practitioner, type PractitionerKind } from './practitioners.ts'
import { parseResidentId } from '#records/people/resident-id.ts'
import { principalIn } from '#engine/standing.ts'

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
export async function candidatesFor(tx: Tx, matter: Matter, { bothConsent = false } = {}): Promise<Proposed[]> {
  const aidCase = await caseOf(tx, matter)
  const judged = (prefix: string, its = aidCase) => proposals(tx, matter, its, prefix)
  const near = await judged(matter.region)
  const consent = { bothPartiesConsented: bothConsent, noOtherProviderInCounty: countFree(near) === 0 }
  const consented = { ...aidCase, firmConflictConsent: consent }
  const here = consent.bothPartiesConsented && consent.noOtherProviderInCounty ? await judged(matter.region, consented) : near
  return countFree(here) < enough ? judged(matter.region.slice(0, 4), consented) : here
}

const countFree = (proposed: readonly Proposed[]): number => proposed.filter(({ verdict }) => verdict === 'assignable').length

async function proposals(tx: Tx, matter: Matter, aidCase: AidCase, prefix: string): Promise<Proposed[]> {
  const rows = await listPractitioners(tx, prefix)
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
async function caseOf(tx: Tx, matter: Matter): Promise<AidCase> {
  const parties = await partyRows(tx, [matter])
  const idsOf = (role: string) => parties.filter((party) => party.role === role).map(({ id }) => id)
  const on = dayOf(tx.now)
  const births = parties.filter(({ role }) => role === 'recipient').map((row) => birthDateIn(openField(tx, row, 'idNumber'), on))
  return {
    dispute: matter.id,
    form: formOf(matter),
    on,
    recipient: idsOf('recipient')[0] ?? principalIn(tx, matter) ?? matter.id,
    opponents: [...idsOf('opponent'), otherSide],
    coDefendants: [otherSuspect],
    recipientIsMinor: isMinorByFile(matter) || births.some((birth) => birth !== undefined && ageOn(birth, on) < 18),
    isLifeOrDeath: ['lifeOrDeath', 'deathReview'].includes(String(matter.data['ground'])),
    specialisms: specialismsOf(matter),
  }
}

/** What the file is about, as the register says what people are good at; in a criminal case defending is the same work by either name. */
function specialismsOf(matter: Matter): string[] {
  if (formOf(matter) === 'criminalDefence') return ['accused', 'custody']
  return typeof matter.data['topic'] === 'string' ? [matter.data['topic']] : []
}

const isMinorByFile = ({ data }: Matter): boolean => data['forWhom'] === 'child' || data['isUnder14'] === true || data['ground'] === 'minor'

function birthDateIn(idNumber: string | null, on: string): string | undefined {
  const parsed = idNumber ? parseResidentId(idNumber, on) : undefined
  return parsed?.ok ? parsed.birthDate : undefined
}

/** The form of aid (法律援助法 art. 22) each kind of matter is helped in; what is not listed goes to court. */
const forms: Readonly<Record<string, AidForm>> = {
  M24: 'criminalDefence',
  'M29-1': 'criminalRepresentation',
  'M29-2': 'criminalRepresentation',
  'M29-3': 'criminalRepresentation',
  'M31-5': 'labourDisputeRepresentation',
}

const formOf = ({ line, data }: Matter): AidForm =>
  line === 'criminal-notice' ? 'criminalDefence' : (forms[String(data['matterCode'])] ?? 'litigationRepresentation')
