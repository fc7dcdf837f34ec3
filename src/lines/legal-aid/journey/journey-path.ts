import type { Answers } from '#kernel/journey/journey.ts'
import { kindOf, kinds, rarerKinds } from './journey-options.ts'
import type { KindKey } from './journey-options.ts'
import type { NoMeansTest } from '../matters.ts'
import { tellsViolence } from './violence-words.ts'
import { has } from '#kernel/keyed.ts'

/** What was said in one field, or undefined. */
export function said(answers: Answers, question: string, field: string): unknown {
  const answer = answers[question]
  return typeof answer === 'object' && answer !== null ? Reflect.get(answer, field) : undefined
}

/** Who the application is for; undefined before it is asked. */
export const forWhom = (answers: Answers): unknown => said(answers, 'forWhom', 'who')

/** Someone files for another: a parent, a relative or a proxy. */
export const isForAnother = (answers: Answers): boolean => ['child', 'relative', 'custody', 'proxy'].includes(String(forWhom(answers)))

export const isInCustody = (answers: Answers): boolean => forWhom(answers) === 'custody'

/** The kind of matter chosen, on the first page or the one after it. */
export function kindKey(answers: Answers): KindKey | undefined {
  const first = said(answers, 'kind', 'kind')
  const key = String(first === 'more' ? said(answers, 'kindMore', 'kind') : first)
  const found = has(kinds, key) || has(rarerKinds, key) ? key : undefined
  return isInCustody(answers) || found === 'more' ? undefined : found
}

/** The situation that lifts the means test altogether (法律援助法第三十二条). */
export function noMeansTest(answers: Answers): NoMeansTest | undefined {
  const key = kindKey(answers)
  return key && kindOf(key).noMeansTest
}

/** Violence at home: nothing about means may be asked or kept (AC-11). */
export const isViolence = (answers: Answers): boolean => noMeansTest(answers) === 'N32-4'

/** Whoever hurts the person may be reading along: pages offer a quick way out. So already where the story tells of it, whatever is chosen afterwards. */
export const isWatched = (answers: Answers): boolean => isViolence(answers) || tellsViolence(String(said(answers, 'story', 'story') ?? ''))

/** 法律援助法 art. 42(3) covers pay and injury at work only, not a worker's divorce (AC-03). */
export const mayBeMigrantClaim = (answers: Answers): boolean => ['wages', 'workInjury'].includes(kindKey(answers) ?? '')

const isMigrant = (answers: Answers) => mayBeMigrantClaim(answers) && said(answers, 'migrant', 'isMigrant') === 'yes'

/** Works away from home: the page asks for any one paper that shows the work. */
export const asksWorkProof = isMigrant

const holdsAny = (list: unknown) => Array.isArray(list) && list.some((item) => item !== 'none')

/** A migrant worker who holds any proof: the check of means falls away (法律援助法 art. 42(3), AC-02). */
export const isProvenMigrant = (answers: Answers): boolean => isMigrant(answers) && holdsAny(said(answers, 'workProof', 'proofs'))

/** Whether a status that frees from the check could still matter. */
export const asksStatus = (answers: Answers): boolean => !noMeansTest(answers) && !isProvenMigrant(answers)

/** Means are asked only of those whom neither article 32 nor article 42 frees. */
export const asksMeans = (answers: Answers): boolean => asksStatus(answers) && !holdsAny(said(answers, 'status', 'statuses'))

/** The other side may share the roof, and means are still looked at: then it changes whose income counts (RULEBOOK §3.5). */
export function asksOpponentHome(answers: Answers): boolean {
  const key = kindKey(answers)
  return key !== undefined && kindOf(key).withinFamily === true
}

/** Only one's own income counts against a family member under the same roof (AC-13). */
export const asksHousehold = (answers: Answers): boolean =>
  asksMeans(answers) && !(asksOpponentHome(answers) && said(answers, 'opponentHome', 'livesTogether') === 'yes')

/** Whether a guardian must agree first (个人信息保护法 art. 31). We protect through the fourteenth birthday itself (AC-29). Days as YYYY-MM-DD. */
export const isUnder14 = (birthDate: string, today: string): boolean =>
  today <= `${Number(birthDate.slice(0, 4)) + 14}${birthDate.slice(4)}`

/** The day of birth, from the identity number or as told; undefined while unknown. */
export function birthDateOf(answers: Answers): string | undefined {
  const id = said(answers, 'person', 'idNumber')
  const match = typeof id === 'string' ? /^\d{6}(\d{4})(\d{2})(\d{2})/.exec(id) : null
  if (match) return match.slice(1).join('-')
  const told = said(answers, 'person', 'birthDate')
  return typeof told === 'string' ? told : undefined
}

/** A guardian speaks for every child who applies; on `today` also for one who did not say so but whose number shows it. */
export function needsGuardian(answers: Answers, today?: string): boolean {
  if (['child', 'youngSelf'].includes(String(forWhom(answers)))) return true
  const birthDate = birthDateOf(answers)
  return today !== undefined && birthDate !== undefined && isUnder14(birthDate, today)
}
