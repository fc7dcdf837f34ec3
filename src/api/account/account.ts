import { z } from 'zod'
import { duties, dutiesOf, reachOf } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import type { Platform } from '#platform/platform.ts'
import { route, type AnyRoute, type Answering } from '#platform/http/route.ts'
import { closeSession, findSession, type Session } from '#platform/doors/sessions.ts'
import { signInStaff } from '#platform/doors/sign-in.ts'
import { as } from '#platform/tx.ts'
import { regionName } from '#records/register/regions.ts'

/** Who is signed in, on the wire. */
export const Me = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['citizen', 'staff', 'provider']),
    duties: z.array(z.enum(duties)),
    region: z.string(),
    regionName: z.string(),
  })
  .meta({ id: 'Me' })

/** The person signed in, as every page of the workbench knows them. */
export const meOf = async (on: Platform, session: Session, now: Date): Promise<z.input<typeof Me>> => {
  const { id, kind } = session.actor
  if (kind === 'party') refuse('not_found') // a link is no account
  const region = reachOf(session.actor)
  const name = region ? await as(on, session.actor, now, (tx) => regionName(tx, region)) : ''
  return { id, name: session.name ?? '', kind, duties: dutiesOf(session.actor), region, regionName: name }
}

/** Seats whoever has just proved who they are: their browser has the session, and is known to their account from now on. */
export async function seat(on: Platform, reply: Answering, token: string, now: Date): Promise<Session> {
  const session = (await findSession(on, token, now)) ?? refuse('wrong_credentials')
  reply.setSession('desk', token)
  reply.setKnown(session.actor.id)
  return session
}

export const accountRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/me',
    id: 'account.me',
    summary: 'Who is signed in',
    returns: Me,
    enter: (on, { session }, now) => meOf(on, session ?? refuse('sign_in_first'), now),
  }),
  route({
    method: 'POST',
    path: '/api/sign-in',
    id: 'account.signIn',
    summary: 'Sign in as staff or provider',
    returns: Me,
    body: z
      .object({ login: z.string().trim().min(1).max(60), password: z.string().min(1).max(200), totp: z.string().regex(/^\d{6}$/) })
      .strict(),
    async enter(on, { body, device, session, source, devices, reply }, now) {
      return meOf(on, await seat(on, reply, await signInStaff(on, { ...body, device, session, source, devices }, now), now), now)
    },
  }),
  route({
    method: 'POST',
    path: '/api/sign-out',
    id: 'account.signOut',
    summary: 'Sign out',
    returns: z.object({}),
    async enter(on, { session, source, reply }, now) {
      if (session) {
        await as(on, session.actor, now, (tx) => audit(tx, 'signOut', { source }))
        await closeSession(on, session.tokenHash, now)
      }
      reply.setSession('desk', null)
      return {}
    },
  }),
]
