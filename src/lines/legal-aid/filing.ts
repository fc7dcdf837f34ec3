import { kindOf } from './journey/journey-options.ts'
import { asksMeans, forWhom, isInCustody, isWatched, kindKey, needsGuardian, noMeansTest } from './journey/journey-path.ts'
import type { Said } from './journey/said.ts'

/** The decisions filing draws from the answers; never the answers themselves. */
export function filingFrom(said: Said, its: { recipient: string; channel: string; today: string }) {
  const key = kindKey(said)
  const who = forWhom(said)
  const isUnder14 = needsGuardian(said, its.today)
  return {
    matterCode: noMeansTest(said) ?? (isInCustody(said) ? 'M24' : ((key && kindOf(key).code) ?? 'M31-9')),
    forWhom: who === 'youngSelf' ? 'self' : who,
    route: noMeansTest(said) ? 'noMeansTest' : asksMeans(said) ? 'check' : 'exempt',
    recipient: its.recipient,
    channel: its.channel,
    isPrivate: isWatched(said),
    isUnder14,
    hasGuardianConsent: isUnder14 && hasConsent(said),
    topic: isInCustody(said) ? 'custody' : (key ?? 'other'),
    contact: ['both', 'smsOnly'].includes(said.contact?.safe ?? '') ? 'sms' : 'page',
  }
}

/** Harm by the guardian needs no guardian's word: protecting a child's life and safety comes first (个人信息保护法 art. 13(4), 未成年人保护法 art. 4). */
function hasConsent(said: Said): boolean {
  const consent = said.guardian?.consent ?? said.guardianByAge?.consent
  return consent === 'guardian' || consent === 'present' || consent === 'unsafe'
}
