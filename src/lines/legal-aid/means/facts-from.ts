import type { Answers } from '#kernel/journey/journey.ts'
import type { Facts } from './facts.ts'
import { kindOf, statuses } from '../journey/journey-options.ts'
import {
  asksHousehold,
  asksMeans,
  asksStatus,
  birthDateOf,
  forWhom,
  isInCustody,
  isProvenMigrant,
  kindKey,
  mayBeMigrantClaim,
  noMeansTest,
  said,
} from '../journey/journey-path.ts'
import type { HardshipStandard } from '../settings.ts'

/** What the decision needs besides the answers: the day of receipt, and what the province has set. */
export type Circumstances = {
  receivedOn: string
  standard: HardshipStandard | null | undefined
  allowanceFenPerMonth: number | undefined
  urbanIncomeFenPerMonth?: number | undefined
}

/** The facts of the eligibility decision as the applicant's answers give them. What was not asked is left out, and the engine says so. */
export function factsFrom(answers: Answers, its: Circumstances): Facts {
  return {
    route: 'application',
    person: {
      kind: 'citizen',
      isInCustody: isInCustody(answers),
      lacksCapacity: said(answers, 'ability', 'able') === 'unable',
      ...defined('birthDate', birthDateOf(answers)),
    },
    filedBy: filerOf(answers),
    matter: matterFacts(answers),
    noMeansTest: { situation: noMeansTest(answers) ?? 'none' },
    ...(asksStatus(answers) || isProvenMigrant(answers) ? { exemption: exemptionFacts(answers) } : {}),
    ...(asksMeans(answers) ? incomeFacts(answers) : {}),
    deadlines: deadlineFacts(answers, its.receivedOn),
    preservationNeeded: said(answers, 'deadline', 'what') === 'preservation',
    ...defined('hardshipStandard', its.standard ?? undefined),
    ...defined('allowanceFenPerMonth', its.allowanceFenPerMonth),
    ...defined('urbanIncomeFenPerMonth', its.urbanIncomeFenPerMonth),
  }
}

const defined = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : ({ [key]: value } as Record<K, V>)) // one key, one value

function filerOf(answers: Answers): NonNullable<Facts['filedBy']> {
  const who = String(forWhom(answers))
  if (who === 'child') return filerForChild(answers)
  if (who === 'relative')
    return {
      relation: said(answers, 'ability', 'able') === 'unable' ? 'statutoryRepresentative' : 'proxy',
      isRepresentativeTheOpponent: false,
    }
  if (who === 'custody') return { relation: 'closeRelative', isRepresentativeTheOpponent: false }
  return { relation: who === 'proxy' ? 'proxy' : 'self' }
}

/** The journey lets no debtor file for the child they owe: the other representative does, or a relative in their place (法律援助法 art. 40(1)). */
const filerForChild = (answers: Answers): NonNullable<Facts['filedBy']> =>
  said(answers, 'opponentParent', 'isParent') === 'relative'
    ? { relation: 'closeRelative', isRepresentativeTheOpponent: true }
    : { relation: 'statutoryRepresentative', isRepresentativeTheOpponent: false }

/** A matter that lifts the means test has no row of article 31; the rest carry theirs. */
function matterFacts(answers: Answers): NonNullable<Facts['matter']> {
  if (isInCustody(answers)) return { code: 'M24', track: 'criminalOnApplication', hasCounsel: false, noCounselReason: 'hardship' }
  const key = kindKey(answers)
  if (!key) return {}
  const { code, claim, topic } = kindOf(key)
  return {
    ...defined('code', code),
    ...defined('claim', claim),
    ...defined('topic', topic),
    hasCounsel: false,
    ...(code === 'M24' && { noCounselReason: 'hardship' as const }),
  }
}

function exemptionFacts(answers: Answers): NonNullable<Facts['exemption']> {
  const claimed = (said(answers, 'status', 'statuses') as string[] | undefined) ?? [] // the schema makes it a list
  const codes = new Set(
    claimed.flatMap((key) => (key in statuses ? [(statuses as Record<string, { exemption?: 'X42-1' | 'X42-2' }>)[key]?.exemption] : [])),
  )
  const held = [...codes].flatMap((code) => (code ? [{ code, hasProof: true }] : []))
  const worker =
    mayBeMigrantClaim(answers) && said(answers, 'migrant', 'isMigrant') === 'yes'
      ? [{ code: 'X42-3' as const, hasProof: isProvenMigrant(answers) }]
      : []
  return { statuses: [...worker, ...held] }
}

/** The page asks for the others' income together; what counts is the sum, so one member carries it and the rest none. */
function incomeFacts(answers: Answers): Partial<Facts> {
  const own = said(answers, 'income', 'fen')
  const others = Number(said(answers, 'household', 'others') ?? 0)
  const together = Number(said(answers, 'household', 'fen') ?? 0)
  const members = Array.from({ length: others }, (_, i) => ({ incomeFenPerMonth: i === 0 ? together : 0, isOpponent: false }))
  const method = said(answers, 'verify', 'method')
  return {
    ...(typeof own === 'number' && { applicantOwnIncomeFenPerMonth: own }),
    opponentLivesTogether: said(answers, 'opponentHome', 'livesTogether') === 'yes',
    household: { members: asksHousehold(answers) ? members : [] },
    ...((method === 'undertaking' || method === 'dataQuery') && { verification: { method, done: method === 'undertaking' } }),
  }
}

function deadlineFacts(answers: Answers, receivedOn: string): NonNullable<Facts['deadlines']> {
  const what = said(answers, 'deadline', 'what')
  const day = said(answers, 'deadline', 'day')
  // A hearing is a date, not a period that runs out (法律援助法 art. 44).
  const isDated = (what === 'limitation' || what === 'appeal') && typeof day === 'string'
  return {
    receivedOn,
    ...(isDated && { limitationEnds: day, filing: kindKey(answers) === 'wages' ? ('arbitration' as const) : ('suit' as const) }),
  }
}
