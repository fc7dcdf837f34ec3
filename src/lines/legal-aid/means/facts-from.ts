import type { Facts } from './facts.ts'
import { exemptionOf, kindOf } from '../journey/journey-options.ts'
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
} from '../journey/journey-path.ts'
import type { Said } from '../journey/said.ts'
import type { HardshipStandard } from '../settings.ts'
import { byKey } from '#kernel/keyed.ts'

/** What the decision needs besides the answers: the day of receipt, and what the province has set. */
export type Circumstances = {
  receivedOn: string
  standard: HardshipStandard | null | undefined
  allowanceFenPerMonth: number | undefined
  urbanIncomeFenPerMonth?: number | undefined
}

/** The facts of the eligibility decision as the applicant's answers give them. What was not asked is left out, and the engine says so. */
export function factsFrom(said: Said, its: Circumstances): Facts {
  return {
    route: 'application',
    person: {
      kind: 'citizen',
      isInCustody: isInCustody(said),
      lacksCapacity: said.ability?.able === 'unable',
      ...defined('birthDate', birthDateOf(said)),
    },
    filedBy: filerOf(said),
    matter: matterFacts(said),
    noMeansTest: { situation: noMeansTest(said) ?? 'none' },
    ...(asksStatus(said) || isProvenMigrant(said) ? { exemption: exemptionFacts(said) } : {}),
    ...(asksMeans(said) ? incomeFacts(said) : {}),
    deadlines: deadlineFacts(said, its.receivedOn),
    preservationNeeded: said.deadline?.what === 'preservation',
    ...defined('hardshipStandard', its.standard ?? undefined),
    ...defined('allowanceFenPerMonth', its.allowanceFenPerMonth),
    ...defined('urbanIncomeFenPerMonth', its.urbanIncomeFenPerMonth),
  }
}

const defined = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : byKey([key], () => value))

function filerOf(said: Said): NonNullable<Facts['filedBy']> {
  const who = forWhom(said)
  if (who === 'child') return filerForChild(said)
  if (who === 'relative')
    return {
      relation: said.ability?.able === 'unable' ? 'statutoryRepresentative' : 'proxy',
      isRepresentativeTheOpponent: false,
    }
  if (who === 'custody') return { relation: 'closeRelative', isRepresentativeTheOpponent: false }
  return { relation: who === 'proxy' ? 'proxy' : 'self' }
}

/** The journey lets no debtor file for the child they owe: the other representative does, or a relative in their place (法律援助法 art. 40(1)). */
const filerForChild = (said: Said): NonNullable<Facts['filedBy']> =>
  said.opponentParent?.isParent === 'relative'
    ? { relation: 'closeRelative', isRepresentativeTheOpponent: true }
    : { relation: 'statutoryRepresentative', isRepresentativeTheOpponent: false }

/** A matter that lifts the means test has no row of article 31; the rest carry theirs. */
function matterFacts(said: Said): NonNullable<Facts['matter']> {
  if (isInCustody(said)) return { code: 'M24', track: 'criminalOnApplication', hasCounsel: false, noCounselReason: 'hardship' }
  const key = kindKey(said)
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

function exemptionFacts(said: Said): NonNullable<Facts['exemption']> {
  const codes = new Set((said.status?.statuses ?? []).flatMap((key) => exemptionOf(key) ?? []))
  const held = [...codes].map((code) => ({ code, hasProof: true }))
  const worker =
    mayBeMigrantClaim(said) && said.migrant?.isMigrant === 'yes' ? [{ code: 'X42-3' as const, hasProof: isProvenMigrant(said) }] : []
  return { statuses: [...worker, ...held] }
}

/** The page asks for the others' income together; what counts is the sum, so one member carries it and the rest none. */
function incomeFacts(said: Said): Partial<Facts> {
  const own = said.income?.fen
  const { others = 0, fen: together = 0 } = said.household ?? {}
  const members = Array.from({ length: others }, (_, i) => ({ incomeFenPerMonth: i === 0 ? together : 0, isOpponent: false }))
  const method = said.verify?.method
  return {
    ...defined('applicantOwnIncomeFenPerMonth', own),
    opponentLivesTogether: said.opponentHome?.livesTogether === 'yes',
    household: { members: asksHousehold(said) ? members : [] },
    ...(method && { verification: { method, done: method === 'undertaking' } }),
  }
}

function deadlineFacts(said: Said, receivedOn: string): NonNullable<Facts['deadlines']> {
  const { what, day } = said.deadline ?? {}
  // A hearing is a date, not a period that runs out (法律援助法 art. 44).
  const isDated = (what === 'limitation' || what === 'appeal') && day !== undefined
  return {
    receivedOn,
    ...(isDated && { limitationEnds: day, filing: kindKey(said) === 'wages' ? ('arbitration' as const) : ('suit' as const) }),
  }
}
