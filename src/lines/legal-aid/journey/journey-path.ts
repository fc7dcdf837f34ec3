import { kindOf, kinds, rarerKinds } from './journey-options.ts'
import type { Beneficiary, KindKey } from './journey-options.ts'
import type { Said } from './said.ts'
import type { NoMeansTest } from '../matters.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import { has } from '#kernel/keyed.ts'

/** Who the application is for; undefined before it is asked. */
export const forWhom = (said: Said): Beneficiary | undefined => said.forWhom?.who

const forAnother: ReadonlySet<Beneficiary | undefined> = new Set(['child', 'relative', 'custody', 'proxy'])

/** Someone files for another: a parent, a relative or a proxy. */
export const isForAnother = (said: Said): boolean => forAnother.has(forWhom(said))

export const isInCustody = (said: Said): boolean => forWhom(said) === 'custody'

/** The kind of matter chosen, on the first page or the one after it. */
export function kindKey(said: Said): KindKey | undefined {
  const first = said.kind?.kind
  const key = first === 'more' ? said.kindMore?.kind : first
  return isInCustody(said) || key === undefined || !(has(kinds, key) || has(rarerKinds, key)) ? undefined : key
}

/** The situation that lifts the means test altogether (法律援助法第三十二条). */
export function noMeansTest(said: Said): NoMeansTest | undefined {
  const key = kindKey(said)
  return key && kindOf(key).noMeansTest
}

/** Violence at home: nothing about means may be asked or kept (AC-11). */
export const isViolence = (said: Said): boolean => noMeansTest(said) === 'N32-4'

/** Whoever hurts the person may be reading along: pages offer a quick way out. So already where the story tells of it, whatever is chosen afterwards. */
export const isWatched = (said: Said): boolean => isViolence(said) || tellsViolence(said.story?.story ?? '')

/** 法律援助法 art. 42(3) covers pay and injury at work only, not a worker's divorce (AC-03). */
export const mayBeMigrantClaim = (said: Said): boolean => ['wages', 'workInjury'].includes(kindKey(said) ?? '')

const isMigrant = (said: Said) => mayBeMigrantClaim(said) && said.migrant?.isMigrant === 'yes'

/** Works away from home: the page asks for any one paper that shows the work. */
export const asksWorkProof = isMigrant

const holdsAny = (list: readonly string[] = []) => list.some((item) => item !== 'none')

/** A migrant worker who holds any proof: the check of means falls away (法律援助法 art. 42(3), AC-02). */
export const isProvenMigrant = (said: Said): boolean => isMigrant(said) && holdsAny(said.workProof?.proofs)

/** Whether a status that frees from the check could still matter. */
export const asksStatus = (said: Said): boolean => !noMeansTest(said) && !isProvenMigrant(said)

/** Means are asked only of those whom neither article 32 nor article 42 frees. */
export const asksMeans = (said: Said): boolean => asksStatus(said) && !holdsAny(said.status?.statuses)

/** The other side may share the roof, and means are still looked at: then it changes whose income counts (RULEBOOK §3.5). */
export function asksOpponentHome(said: Said): boolean {
  const key = kindKey(said)
  return key !== undefined && kindOf(key).withinFamily === true
}

/** Only one's own income counts against a family member under the same roof (AC-13). */
export const asksHousehold = (said: Said): boolean =>
  asksMeans(said) && !(asksOpponentHome(said) && said.opponentHome?.livesTogether === 'yes')

/** Whether a guardian must agree first (个人信息保护法 art. 31). We protect through the fourteenth birthday itself (AC-29). Days as YYYY-MM-DD. */
export const isUnder14 = (birthDate: string, today: string): boolean =>
  today <= `${Number(birthDate.slice(0, 4)) + 14}${birthDate.slice(4)}`

/** The day of birth, from the identity number or as told; undefined while unknown. */
export function birthDateOf(said: Said): string | undefined {
  const match = /^\d{6}(\d{4})(\d{2})(\d{2})/.exec(said.person?.idNumber ?? '')
  return match ? match.slice(1).join('-') : said.person?.birthDate
}

/** A guardian speaks for every child who applies; on `today` also for one who did not say so but whose number shows it. */
export function needsGuardian(said: Said, today?: string): boolean {
  if (['child', 'youngSelf'].includes(forWhom(said) ?? '')) return true
  const birthDate = birthDateOf(said)
  return today !== undefined && birthDate !== undefined && isUnder14(birthDate, today)
}
