import { describe, expect, test } from 'vitest'
import { lines } from '#lines/services.ts'
import { legalAid } from '#lines/legal-aid/legal-aid.line.ts'
import { criminalNotice } from '#lines/criminal-notice/criminal-notice.line.ts'
import { plain } from './line.ts'
import { papersWanted } from './papers.ts'
import { flaws } from './proof/prove.ts'

const wanted = (state: string, data: Record<string, unknown> = {}) => papersWanted(plain(legalAid), { state, data })

describe('a paper is wanted of whoever owes it, when they owe it', () => {
  test('whoever applies for herself is asked for no authority, and whoever acts for her is (法律援助法 §40)', () => {
    expect(wanted('submitted', { forWhom: 'self', route: 'check' })).toEqual(['identity', 'means', 'evidence'])
    expect(wanted('submitted', { forWhom: 'proxy', route: 'check' })).toContain('authority')
  })

  test('means are stated where they are looked at, a status proved where it spares that (法律援助法 §41, §42)', () => {
    expect(wanted('submitted', { forWhom: 'self', route: 'exempt' })).toEqual(['identity', 'status', 'evidence'])
    expect(wanted('submitted', { forWhom: 'self', route: 'noMeansTest' })).toEqual(['identity', 'evidence'])
  })

  test('the agreement is wanted once somebody is assigned, the closing report once it is concluded (法律援助法 §50)', () => {
    expect(wanted('granted')).toEqual([])
    expect(wanted('assigned')).toEqual(['agreement'])
    expect(wanted('concluded')).toEqual(['report', 'judgment'])
    expect(wanted('archived')).toEqual([])
  })

  test('what the applicant was asked for is wanted while they are waited for (法律援助法 §43)', () => {
    const asked = { forWhom: 'self', route: 'noMeansTest', asked: { missing: ['status'], until: '2026-04-01' } }
    expect(wanted('supplementing', asked)).toContain('status')
    expect(wanted('submitted', asked)).not.toContain('status')
  })

  test('an indictment comes with a notice in a trial, not in an investigation', () => {
    const notice = (stage: string) => papersWanted(plain(criminalNotice), { state: 'received', data: { stage } })
    expect([notice('investigation'), notice('trial')]).toEqual([['notice'], ['notice', 'indictment']])
  })

  test('an applicant is asked only for what is theirs to bring, never for the closing report (法律援助法 §43)', () => {
    const { form } = legalAid.actions.ask
    const asks = (missing: string) => form.safeParse({ missing: [missing], until: '2026-04-01' }).success
    expect(['identity', 'authority', 'means', 'status', 'evidence'].map(asks)).toEqual([true, true, true, true, true])
    expect(['agreement', 'report', 'judgment'].map(asks)).toEqual([false, false, false])
  })

  test('a paper owed in a state the line does not know is a flaw', () => {
    expect(lines.flatMap((line) => flaws(line))).toEqual([])
    const line = plain(legalAid)
    const wrong = {
      ...line,
      documents: { ...line.documents, report: { ...line.documents['report']!, owed: { by: 'assignee' as const, in: ['gone'] } } },
    }
    expect(flaws(wrong)).toEqual(['document report is owed in no state of the line'])
  })
})
