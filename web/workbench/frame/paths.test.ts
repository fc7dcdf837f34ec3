import { describe, expect, it } from 'vitest'
import { queueSearch, signInSearch } from './paths.ts'

describe('addresses of the desk', () => {
  it('a queue nobody knows is the queue of today', () => {
    expect(queueSearch({ purpose: 'constructor', line: '', after: 'x' })).toEqual({ purpose: 'today', after: 'x' })
  })

  it('signing in leads back into the desk and never to another site', () => {
    expect(signInSearch({ back: '/matters/630102/1?do=grant' })).toEqual({ back: '/matters/630102/1?do=grant' })
    for (const back of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:0'])
      expect(signInSearch({ back })).toEqual({})
  })

  it('the sign-in page says so where a session ended in the midst of work', () => {
    expect(signInSearch({ back: '/calendar', expired: '1' })).toEqual({ back: '/calendar', expired: '1' })
    expect(signInSearch({ expired: 'yes' })).toEqual({})
  })
})
