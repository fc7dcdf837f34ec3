import type { FastifyRequest } from 'fastify'
import { isPerson } from '#kernel/actor.ts'
import { pass } from '#platform/doors/flood.ts'
import type { FloodDoor } from '#platform/doors/flood-limits.ts'
import type { HandIn } from '#platform/doors/visits.ts'
import { isSentOn, senderOf, type Source } from './sender.ts'
import type { Serving } from './serving.ts'

type Counting = Pick<Serving, 'on' | 'now'>

/** Counts a request at the door it goes through, where it goes through one. Whoever works at the desk is known, and one hall hands in what a village does. */
export async function knock({ on, now }: Counting, { source, session }: FastifyRequest, door: FloodDoor | undefined): Promise<void> {
  if (door && (!session || isPerson(session.actor))) await pass(on, door, source, now())
}

/** Counts a form with files before the first of them is taken. */
export const handingIn =
  (counting: Counting, request: FastifyRequest): HandIn =>
  () =>
    knock(counting, request, 'floods.files')

/** Where each request comes from. Says once that some were sent on by a proxy nobody named: then floods cannot be told apart by where they come from. */
export function sourcing({ on, proxies }: Pick<Serving, 'on' | 'proxies'>): (request: FastifyRequest) => Source {
  const hasProxies = proxies.length > 0
  let isTold = hasProxies
  return ({ ip, headers }) => {
    if (!isTold && isSentOn(headers)) {
      on.log.error('Requests come through a proxy, and FAHUI_PROXIES names none: no limit by address holds. Name it.')
      isTold = true
    }
    return { ip, sender: senderOf(ip, headers, hasProxies) }
  }
}
