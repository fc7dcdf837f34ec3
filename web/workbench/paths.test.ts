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
})
