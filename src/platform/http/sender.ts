import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'
import type { IncomingHttpHeaders } from 'node:http'

/** Where a request comes from, as floods are told by: one subscriber's line, and the network it lies in. Null where nothing tells: this machine, or a proxy nobody named. */
export type Sender = { address: string; network: string } | null

/** Where a unit of work was asked for: the whole address, which the audit notes, and what floods are told by. */
export type Source = { ip: string; sender: Sender }

/** A subscriber is given one IPv4 address, and of IPv6 no less than a /64; their provider's part of town a /24, or a /48. */
export function senderAt(ip: string): Sender {
  const plain = mapped.exec(ip)?.[1] ?? ip
  if (isIPv4(plain)) return loopback.check(plain) ? null : { address: plain, network: `${plain.split('.').slice(0, 3).join('.')}.0/24` }
  if (!isIPv6(plain) || loopback.check(plain, 'ipv6')) return null
  const groups = groupsOf(plain)
  return { address: `${groups.slice(0, 4).join(':')}::/64`, network: `${groups.slice(0, 3).join(':')}::/48` }
}

/** What of an address may stand in the access log: the network, by which nobody is told from their neighbours. */
export const networkOf = (ip: string): string => senderAt(ip)?.network ?? 'local'

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** Addresses nobody in the street has: what comes from one, and says that it was sent on, comes through a proxy. */
const inside = new BlockList()
inside.addSubnet('127.0.0.0', 8)
inside.addSubnet('10.0.0.0', 8)
inside.addSubnet('172.16.0.0', 12)
inside.addSubnet('192.168.0.0', 16)
inside.addSubnet('169.254.0.0', 16)
inside.addAddress('::1', 'ipv6')
inside.addSubnet('fc00::', 7, 'ipv6')
inside.addSubnet('fe80::', 10, 'ipv6')

const isInside = (ip: string): boolean => inside.check(mapped.exec(ip)?.[1] ?? ip, isIPv6(ip) && !mapped.test(ip) ? 'ipv6' : 'ipv4')

/** Whether a request says that somebody sent it on. */
export const isSentOn = (headers: IncomingHttpHeaders): boolean => 'x-forwarded-for' in headers || 'forwarded' in headers

/** The sender behind `ip`, which is the address as the named proxies tell it; where none is named, what an inner address sends on comes from nobody in particular, or all would count as one. */
export const senderOf = (ip: string, headers: IncomingHttpHeaders, hasProxies: boolean): Sender =>
  !hasProxies && isSentOn(headers) && isInside(ip) ? null : senderAt(ip)

/** An IPv6 address as eight groups of hexadecimal digits, as an address of the web is normalised. */
function groupsOf(ip: string): string[] {
  const plain = new URL(`http://[${ip.split('%')[0]}]`).hostname.slice(1, -1)
  const [before = '', after] = plain.split('::')
  const [first, last] = [before, after ?? ''].map((half) => (half ? half.split(':') : []))
  const missing = after === undefined ? 0 : 8 - (first?.length ?? 0) - (last?.length ?? 0)
  return [...(first ?? []), ...Array.from({ length: missing }, () => '0'), ...(last ?? [])]
}

/** Whether this names a proxy: an address, or a network in CIDR. */
export function isProxy(text: string): boolean {
  const [ip = '', bits, ...rest] = text.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(ip)] ?? -1
  return rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}
