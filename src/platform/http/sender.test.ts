import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isProxy, networkOf, senderAt, senderOf } from './sender.ts'

describe('where a request comes from', () => {
  test('is one address of IPv4 in its /24, and one /64 of IPv6 in its /48', () => {
    expect(senderAt('203.0.113.7')).toEqual({ address: '203.0.113.7', network: '203.0.113.0/24' })
    expect(senderAt('2001:db8:a:b:1:2:3:4')).toEqual({ address: '2001:db8:a:b::/64', network: '2001:db8:a::/48' })
    expect(senderAt('2001:db8::1')).toEqual({ address: '2001:db8:0:0::/64', network: '2001:db8:0::/48' })
  })

  test('is the same however an IPv4 address is written', () => {
    expect(senderAt('::ffff:203.0.113.7')).toEqual(senderAt('203.0.113.7'))
  })

  test('is not told by an address of this machine, nor by an inner one that sends on, unless proxies are named', () => {
    const on = { 'x-forwarded-for': '203.0.113.7' }
    expect([senderAt('127.0.0.1'), senderAt('::1'), senderOf('10.0.0.2', on, false)]).toEqual([null, null, null])
    expect(senderOf('10.0.0.2', on, true)).toEqual(senderAt('10.0.0.2'))
    expect(senderOf('203.0.113.9', on, false)).toEqual(senderAt('203.0.113.9'))
  })

  test('whoever has a whole /64 is one sender, whichever of its addresses they take', () => {
    const half = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(half, half, half, (net, one, other) => {
        const at = (host: number[]) => [...net, ...host].map((group) => group.toString(16)).join(':')
        fc.pre(net.some((group) => group !== 0))
        expect(senderAt(at(one))).toEqual(senderAt(at(other)))
      }),
    )
  })

  test('in the log it is the network alone', () => {
    expect([networkOf('203.0.113.7'), networkOf('127.0.0.1')]).toEqual(['203.0.113.0/24', 'local'])
  })
})

test('a proxy is named by its address or its network, and by nothing else', () => {
  const rightly = ['10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8']
  const wrongly = ['', 'proxy', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', 'fd00::/129', '*']
  expect([rightly.filter(isProxy), wrongly.filter(isProxy)]).toEqual([rightly, []])
})
