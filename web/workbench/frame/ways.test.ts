import { describe, expect, it } from 'vitest'
import type { Me } from '../contract.ts'
import { isOpenTo } from './ways.ts'

const officer = (...duties: Me['duties']) => ({ kind: 'staff', duties }) as unknown as Me // nothing else of them is looked at

describe('pages somebody may not see', () => {
  it.each(['/', '/matters/630102/1', '/notices', '/settings', '/settings/drafts/1', '/audit', '/directory/people/630102/1'])(
    'whoever keeps the accounts sees no page of the matters: %s',
    (path) => expect(isOpenTo(path, officer('administrator'))).toBe(false),
  )

  it('the head of an office reads matters and standards, and neither the audit nor the accounts', () => {
    const open = ['/', '/matters/630102/1', '/settings/drafts/1', '/account'].map((path) => isOpenTo(path, officer('director')))
    expect(open).toEqual([true, true, true, true])
    expect(['/audit', '/users'].map((path) => isOpenTo(path, officer('director')))).toEqual([false, false])
  })

  it('everybody keeps their own account, and an auditor the audit', () => {
    expect(isOpenTo('/account', officer('administrator'))).toBe(true)
    expect(isOpenTo('/audit', officer('auditor'))).toBe(true)
  })
})
