import type { Answers } from '#kernel/journey/journey.ts'
import { kindOf } from './journey/journey-options.ts'
import { asksMeans, forWhom, isInCustody, isWatched, kindKey, needsGuardian, noMeansTest, said } from './journey/journey-path.ts'

/** The decisions filing draws from the answers; never the answers themselves. */
export function filingFrom(answers: Answers, its: { recipient: string; channel: string; today: string }) {
  const key = kindKey(answers)
  const who = String(forWhom(answers))
  const isUnder14 = needsGuardian(answers, its.today)
  return {
    matterCode: noMeansTest(answers) ?? (isInCustody(answers) ? 'M24' : ((key && kindOf(key).code) ?? 'M31-9')),
    forWhom: who === 'youngSelf' ? 'self' : who,
    route: noMeansTest(answers) ? 'noMeansTest' : asksMeans(answers) ? 'check' : 'exempt',
    recipient: its.recipient,
    channel: its.channel,
    isPrivate: isWatched(answers),
    isUnder14,
    hasGuardianConsent: isUnder14 && hasConsent(answers),
    topic: isInCustody(answers) ? 'custody' : (key ?? 'other'),
    contact: ['both', 'smsOnly'].includes(String(said(answers, 'contact', 'safe'))) ? 'sms' : 'page',
  }
}

/** Harm by the guardian needs no guardian's word: protecting a child's life and safety comes first (个人信息保护法 art. 13(4), 未成年人保护法 art. 4). */
function hasConsent(answers: Answers): boolean {
  const consent = said(answers, 'guardian', 'consent') ?? said(answers, 'guardianByAge', 'consent')
  return consent === 'guardian' || consent === 'present' || consent === 'unsafe'
}
