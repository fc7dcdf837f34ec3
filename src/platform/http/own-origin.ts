import type { FastifyRequest } from 'fastify'

/** Whether a request was begun by a page of ours. One from another site says so in one of three headers, the last known to the oldest phones; one that says nothing cannot be told apart and is not. */
export function isOwnOrigin(request: FastifyRequest, origin: string | undefined): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const own = ownOrigin(request, origin)
  if (own === undefined) return false
  const from = request.headers.origin ?? originOf(request.headers.referer)
  return from === undefined ? site !== undefined : from === own
}

/** The service's own origin: as configured, else as the request has it. */
export const ownOrigin = (request: FastifyRequest, origin: string | undefined): string | undefined =>
  originOf(origin ?? `${request.protocol}://${request.headers.host}`)

/** Whether a request names one host at most: of two, a proxy may go by the one and we by the other (RFC 9112 §3.2). */
export const hasOneHost = ({ raw }: FastifyRequest): boolean =>
  raw.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'host').length <= 1

const originOf = (url: string | undefined): string | undefined => (url && URL.canParse(url) ? new URL(url).origin : undefined)
