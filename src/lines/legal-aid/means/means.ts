import type { Text } from '#kernel/line.ts'
import { ageOn } from './days.ts'
import type { FactPath, Facts } from './facts.ts'
import { factLabels } from './facts.ts'
import { inHardship } from './hardship.ts'
import type { FindingCode } from './law.ts'
import { findings } from './law.ts'
import type { Exemption } from '../matters.ts'
import { exemptions, matterOf, noMeansTests } from '../matters.ts'
import type { Settings } from '../settings.ts'
import type { Proposal, Step, Trace } from './trace.ts'
import { ask, includes, made, note } from './trace.ts'
import type { Urgency } from './urgency.ts'
import { daysToLimit, notUrgent, urgency } from './urgency.ts'

/** What the engine proposes and why. It never decides: a named officer does (个人信息保护法第二十四条第三款). */
export type Assessment = {
  proposal: Proposal
  urgent: Urgency
  steps: readonly Step[]
  missing: readonly FactPath[]
  refusalGrounds: readonly Step[]
}

/** Weighs the facts in the rulebook's order. Income is read last, and never where an earlier step makes it needless (个人信息保护法第六条). */
export function assess(facts: Facts, settings: Settings): Assessment {
  const trace: Trace = { steps: [], missing: [] }
  const elsewhere = takeRoute(facts, trace)
  if (elsewhere) return conclude(elsewhere, notUrgent, trace)
  if (qualifies(facts, settings, trace)) provincialConditions(facts, settings, trace)
  const urgent = urgency(facts, settings)
  for (const step of urgent.steps) trace.steps.push(step)
  return conclude(proposalFrom(trace), urgent, trace)
}

/** The few things that would change the outcome, in words for the applicant: the questions still open, then the ways out of each ground. */
export function whatWouldChange({ steps, missing }: Pick<Assessment, 'steps' | 'missing'>): Text[] {
  const open = missing.map((path) => factLabels[path]).map(({ zh, en }) => ({ zh: `请补充：${zh}。`, en: `Please add: ${en}.` }))
  const ways = steps.flatMap(({ finding, outcome }) => {
    const { remedy }: { remedy?: Text } = findings[finding]
    return remedy && (outcome === 'fail' || outcome === 'missing' || isProofGap(finding, steps)) ? [remedy] : []
  })
  return [...open, ...ways]
}

const isProofGap = (finding: FindingCode, steps: readonly Step[]) =>
  finding === 'withoutProof' && steps.some(({ outcome }) => outcome === 'fail' || outcome === 'unset')

function conclude(proposal: Proposal, urgent: Urgency, { steps, missing }: Trace): Assessment {
  steps.push(made('proposed', proposal))
  const refusalGrounds = proposal === 'refuse' ? steps.filter(({ outcome }) => outcome === 'fail') : []
  // Someone about to be refused gets no urgent aid, but a quick answer while there is time to go elsewhere.
  return { proposal, urgent: proposal === 'refuse' ? { ...urgent, isUrgent: false } : urgent, steps, missing, refusalGrounds }
}

function proposalFrom({ steps, missing }: Trace): Proposal {
  if (missing.length > 0) return 'cannotDecide'
  return steps.some(({ outcome }) => outcome === 'fail') ? 'refuse' : 'grant'
}

const routes = {
  advice: { finding: 'routeAdvice', proposal: 'consult' },
  drafting: { finding: 'routeDrafting', proposal: 'consult' },
  notice: { finding: 'routeNotice', proposal: 'notice' },
  dutyLawyer: { finding: 'routeDuty', proposal: 'refer' },
} satisfies Record<string, { finding: FindingCode; proposal: Proposal }>

/** The proposal of a request that is no application here; undefined for an application. */
function takeRoute({ route, competentAgency }: Facts, trace: Trace): Proposal | undefined {
  if (!route) {
    ask(trace, 'route', 'routeUnknown')
    return 'cannotDecide'
  }
  if (route !== 'application') {
    note(trace, routes[route].finding, route)
    return routes[route].proposal
  }
  note(trace, competentAgency ? 'routeElsewhere' : 'routeApplication', competentAgency ? 'elsewhere' : route)
  return competentAgency ? 'refer' : undefined
}

/** True once person, matter and means have all been settled in the applicant's favour. */
function qualifies(facts: Facts, settings: Settings, trace: Trace): boolean {
  if (!personMayApply(facts, trace)) return false
  applicationMayBeFiled(facts, trace)
  if (!matterIsCovered(facts, settings, trace)) return false
  return !isMeansTested(facts, settings, trace) || !mustCheckMeans(facts, settings, trace) || inHardship(facts, settings, trace)
}

function personMayApply({ person }: Facts, trace: Trace): boolean {
  const kind = person?.kind
  if (!kind) ask(trace, 'person.kind', 'personUnknown')
  else if (kind === 'organisation') note(trace, 'organisation', kind)
  else if (kind === 'citizen') note(trace, person.serviceMemberOrDependant ? 'personSoldier' : 'personCitizen', kind)
  else if (person.hasTreatyOrReciprocity === undefined) ask(trace, 'person.hasTreatyOrReciprocity', 'treatyUnknown')
  else note(trace, person.hasTreatyOrReciprocity ? 'personTreaty' : 'noTreaty', kind)
  return trace.steps.at(-1)?.outcome !== 'fail'
}

/** A wrongly filed application is never a refusal: it asks for the right person to file (法律援助法第四十条). */
function applicationMayBeFiled(facts: Facts, trace: Trace): void {
  const { filedBy } = facts
  if (!filedBy?.relation) ask(trace, 'filedBy.relation', 'filingUnknown')
  else if (filedBy.isRepresentativeTheOpponent && filedBy.relation === 'statutoryRepresentative')
    ask(trace, 'filedBy.relation', filedBy.anotherRepresentativeAvailable ? 'otherRepresentative' : 'relativeInstead')
  else if (filedBy.relation === 'self') filedInPerson(facts, trace)
  else if (filedBy.relation === 'closeRelative') filedByRelative(facts, trace)
  else note(trace, filings[filedBy.relation], filedBy.relation)
}

const filings = {
  statutoryRepresentative: 'filedByRepresentative',
  custodyForward: 'filedFromCustody',
  proxy: 'filedByProxy',
} satisfies Record<string, FindingCode>

function filedInPerson({ person, deadlines }: Facts, trace: Trace): void {
  if (!person?.birthDate) return ask(trace, 'person.birthDate', 'ageUnknown')
  if (!deadlines) return ask(trace, 'deadlines.receivedOn', 'ageUnknown')
  const age = ageOn(person.birthDate, deadlines.receivedOn)
  const actsAlone = !person.lacksCapacity && (age >= 18 || (age >= 16 && person.livesOnOwnLabour === true))
  if (actsAlone) note(trace, 'filedBySelf', age)
  else ask(trace, 'filedBy.relation', 'needsRepresentative')
}

function filedByRelative({ person, filedBy, matter }: Facts, trace: Trace): void {
  const row = matter?.code && matterOf(matter.code)
  if (row?.relativesMayFile) note(trace, 'filedByRelative', 'closeRelative', row.article)
  else if (filedBy?.isRepresentativeTheOpponent || person?.isInCustody) note(trace, 'filedByRelative', 'closeRelative')
  else ask(trace, 'filedBy.relation', 'relativeNeedsAuthority')
}

/** The no-means-test row the facts meet; the province's own row only for subjects on its list. */
function situationOf({ noMeansTest }: Facts, settings: Settings) {
  const situation = noMeansTest?.situation
  if (!situation || situation === 'none') return undefined
  const isListed =
    situation !== 'N32-5' || (noMeansTest.topic !== undefined && includes(settings['noMeansTest.provincial'], noMeansTest.topic))
  return isListed ? noMeansTests[situation] : undefined
}

/** The situations of article 32 open the scope themselves and are asked before anything can be refused. */
function matterIsCovered(facts: Facts, settings: Settings, trace: Trace): boolean {
  const { noMeansTest, matter } = facts
  const situation = situationOf(facts, settings)
  if (situation) {
    note(trace, 'matterBySituation', noMeansTest?.situation ?? null, situation.article)
    return true
  }
  if (!noMeansTest) ask(trace, 'noMeansTest.situation', 'situationUnknown')
  else if (noMeansTest.situation === 'N32-5' && !noMeansTest.topic) ask(trace, 'noMeansTest.topic', 'situationUnknown')
  if (!matter?.code) ask(trace, 'matter.code', 'matterUnknown')
  else weighMatter(matter.code, matter, settings, trace)
  return trace.missing.length === 0 && trace.steps.at(-1)?.outcome === 'pass'
}

type AidMatter = NonNullable<Facts['matter']>

function weighMatter(code: NonNullable<AidMatter['code']>, matter: AidMatter, settings: Settings, trace: Trace): void {
  const row = matterOf(code)
  const told = matter.track && (matter.track === 'criminalOnApplication' ? 'criminal' : 'other')
  if (told && row.track !== 'either' && told !== row.track) ask(trace, 'matter.track', 'trackContradicts')
  else if (row.topics && !matter.topic) ask(trace, 'matter.topic', 'topicUnknown')
  else if (row.topics && !includes(settings[row.topics], matter.topic)) note(trace, 'notListed', matter.topic ?? null, row.article)
  else if (matter.hasCounsel) note(trace, 'hasCounsel', true, row.article)
  else if (row.track !== 'other' && matter.hasCounsel === undefined) ask(trace, 'matter.hasCounsel', 'counselUnknown', row.article)
  else if (row.needsRetrial && matter.retrialOrdered === undefined) ask(trace, 'matter.retrialOrdered', 'retrialUnknown')
  else if (row.needsRetrial && !matter.retrialOrdered) note(trace, 'noRetrial', false)
  else note(trace, 'matterListed', code, row.article)
}

function isMeansTested(facts: Facts, settings: Settings, trace: Trace): boolean {
  const situation = situationOf(facts, settings)
  const accused = facts.matter?.code === 'M24'
  if (situation) note(trace, 'situationApplies', facts.noMeansTest?.situation ?? null, situation.article)
  else if (accused && !facts.matter?.noCounselReason) ask(trace, 'matter.noCounselReason', 'reasonUnknown')
  else if (accused && facts.matter?.noCounselReason === 'other') note(trace, 'otherReason', 'other')
  else note(trace, 'meansTested', facts.noMeansTest?.situation ?? null)
  return trace.steps.at(-1)?.outcome === 'pass'
}

/** Whether income has to be looked at: not for those of article 42 with proof. An unanswered question here comes before any about income. */
function mustCheckMeans(facts: Facts, settings: Settings, trace: Trace): boolean {
  const statuses = facts.exemption?.statuses
  if (!statuses) ask(trace, 'exemption.statuses', 'statusUnknown')
  else {
    let best: Weighed | undefined
    for (const status of statuses) best = better(best, { code: status.code, standing: standingOf(status, facts, settings) })
    noteExemption(best, trace)
  }
  return trace.steps.at(-1)?.outcome === 'pass'
}

/** How far a claimed status carries, best first: what settles the step comes before what has to be asked. */
const standings = ['exempt', 'claimUnknown', 'groupUnknown', 'proofUnknown', 'withoutProof', 'notCovered'] as const
type Standing = (typeof standings)[number]
type Weighed = { code: Exemption; standing: Standing }

const better = (best: Weighed | undefined, other: Weighed): Weighed =>
  best && standings.indexOf(best.standing) <= standings.indexOf(other.standing) ? best : other

const questions = {
  claimUnknown: 'matter.claim',
  groupUnknown: 'exemption.statuses.topic',
  proofUnknown: 'exemption.statuses.hasProof',
} satisfies Partial<Record<Standing, FactPath>>

function noteExemption(best: Weighed | undefined, trace: Trace): void {
  if (!best || best.standing === 'notCovered') return note(trace, 'notExempt', null)
  const { code, standing } = best
  if (standing === 'exempt' || standing === 'withoutProof') note(trace, standing, code, exemptions[code].article)
  else ask(trace, questions[standing], standing, exemptions[code].article)
}

type Status = NonNullable<Facts['exemption']>['statuses'][number]

function standingOf(status: Status, facts: Facts, settings: Settings): Standing {
  const covers = status.code === 'X42-3' ? coversClaim(facts) : status.code === 'X42-4' ? coversGroup(status, settings) : true
  if (covers === false) return 'notCovered'
  if (status.hasProof === false) return 'withoutProof'
  if (covers === undefined) return status.code === 'X42-3' ? 'claimUnknown' : 'groupUnknown'
  return status.hasProof ? 'exempt' : 'proofUnknown'
}

const coversGroup = ({ topic }: Status, settings: Settings): boolean | undefined =>
  topic && includes(settings['exemption.provincial'], topic)

/** A migrant worker is exempt only when claiming pay or for an injury at work; undefined while the claim has not been asked. */
function coversClaim({ matter }: Facts): boolean | undefined {
  if (matter?.code === 'M31-5') return matter.claim && matter.claim === 'pay'
  if (matter?.code === 'M31-7') return matter.claim && matter.claim === 'workInjury'
  return false
}

/** Grounds a provincial regulation adds; all off by default. */
function provincialConditions(facts: Facts, settings: Settings, trace: Trace): void {
  const grounds = settings['refusal.provincialGrounds']
  if (grounds.includes('opponentUnclear') && facts.opponentIsClear === undefined) ask(trace, 'opponentIsClear', 'opponentUnknown')
  if (grounds.includes('opponentUnclear') && facts.opponentIsClear === false) note(trace, 'opponentUnclear', false)
  const daysLeft = daysToLimit(facts)
  if (grounds.includes('limitationExpired') && daysLeft !== null && daysLeft < 0) note(trace, 'limitationExpired', daysLeft)
}
