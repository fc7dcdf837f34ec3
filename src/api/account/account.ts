import { z } from 'zod'
import { duties, dutiesOf, reachOf } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import type { Platform } from '#platform/platform.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
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
  const region = reachOf(session.actor)
  const name = region ? await as(on, session.actor, now, (tx) => regionName(tx, region)) : ''
  return { id, name: session.name ?? '', kind, duties: dutiesOf(session.actor), region, regionName: name }
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
    async enter(on, { body, device, session, reply }, now) {
      const token = await signInStaff(on, { ...body, device, session }, now)
      reply.setSession('desk', token)
      return meOf(on, (await findSession(on, token, now)) ?? refuse('wrong_credentials'), now)
    },
  }),
  route({
    method: 'POST',
    path: '/api/sign-out',
    id: 'account.signOut',
    summary: 'Sign out',
    returns: z.object({}),
    async enter(on, { session, reply }, now) {
      if (session) {
        await as(on, session.actor, now, (tx) => audit(tx, 'signOut'))
        await closeSession(on, session.tokenHash, now)
      }
      reply.setSession('desk', null)
      return {}
    },
  }),
]
