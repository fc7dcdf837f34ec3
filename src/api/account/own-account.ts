import { z } from 'zod'
import { refuse } from '#kernel/refusal.ts'
import { totpUri } from '#platform/doors/credentials.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { markProved, needProof } from '#platform/doors/sessions.ts'
import { proveAgain } from '#platform/doors/sign-in.ts'
import { as, system } from '#platform/tx.ts'
import { enrol, openEnrolment } from '#records/accounts/enrolment.ts'
import { beginAuthenticator, changeAuthenticator, changePassword, endSessionsOf, keysOf } from '#records/accounts/own-account.ts'
import { AccountView, viewAccount } from './account-view.ts'
import { Me, meOf, seat } from './account.ts'

const nothing = z.strictObject({})
const password = z.string().min(1).max(200)
const totp = z.string().regex(/^\d{6}$/, 'account.codeWrong')
const code = z.string().trim().min(20).max(40)
const Authenticator = z.object({ secret: z.string(), uri: z.string() })

/** A person's own account: setting it up by a code, and the keys and sessions that are theirs to change. */
export const ownAccountRoutes: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/api/enrol/open',
    id: 'enrolment.open',
    counts: 'floods.enrolments',
    summary: 'Whose enrolment code this is, and the authenticator that goes with it',
    returns: Authenticator.extend({ login: z.string(), name: z.string() }),
    body: z.strictObject({ code }),
    async enter(on, { body }, now) {
      const { login, name, secret } = await openEnrolment(on, body.code, now)
      return { login, name, secret, uri: totpUri(login, secret) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/enrol',
    id: 'enrolment.enrol',
    counts: 'floods.enrolments',
    summary: 'Set my own password and authenticator, and come in',
    returns: Me,
    body: z.strictObject({ code, password, totp }),
    async enter(on, { body, device, session, source, reply }, now) {
      return meOf(on, await seat(on, reply, await enrol(on, { ...body, device, session, source }, now), now), now)
    },
  }),
  route({
    method: 'GET',
    path: '/api/account',
    id: 'account.read',
    summary: 'My account, its keys and its sessions',
    returns: AccountView,
    enter: (on, { session }, now) => as(on, system, now, (tx) => viewAccount(tx, session ?? refuse('sign_in_first'))),
  }),
  route({
    method: 'POST',
    path: '/api/account/prove',
    id: 'account.prove',
    summary: 'Show who is at the desk by password and authenticator',
    returns: z.object({}),
    body: z.strictObject({ password, totp }),
    async enter(on, { session, body }, now) {
      const { id, actor } = session ?? refuse('sign_in_first')
      await proveAgain(on, actor.id, body, now)
      await as(on, system, now, (tx) => markProved(tx, id))
      return {}
    },
  }),
  route({
    method: 'POST',
    path: '/api/account/sessions/end',
    id: 'account.endSessions',
    summary: 'End one session of mine, or all but this',
    returns: AccountView,
    body: z.strictObject({ id: z.uuid().nullable() }),
    enter: (on, { session, body }, now) =>
      as(on, system, now, async (tx) => {
        const its = session ?? refuse('sign_in_first')
        await endSessionsOf(tx, its.actor.id, body.id ? { only: body.id } : { keep: its.id })
        return viewAccount(tx, its)
      }),
  }),
  route({
    method: 'POST',
    path: '/api/account/password',
    id: 'account.password',
    summary: 'Change my password',
    returns: AccountView,
    body: z.strictObject({ password }),
    async enter(on, { session, body }, now) {
      const its = needProof(session, now)
      await changePassword(on, { account: its.actor.id, session: its.id }, body.password, now)
      return as(on, system, now, (tx) => viewAccount(tx, its))
    },
  }),
  route({
    method: 'POST',
    path: '/api/account/authenticator/begin',
    id: 'account.beginAuthenticator',
    summary: 'A new authenticator, not in use until its code is shown',
    returns: Authenticator.extend({ sealed: z.string() }),
    body: nothing,
    async enter(on, { session }, now) {
      const { actor } = needProof(session, now)
      const { login } = await as(on, system, now, (tx) => keysOf(tx, actor.id))
      const { secret, sealed } = beginAuthenticator(on, actor.id, now)
      return { secret, sealed, uri: totpUri(login, secret) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/account/authenticator',
    id: 'account.authenticator',
    summary: 'Take a new authenticator into use',
    returns: AccountView,
    body: z.strictObject({ sealed: z.string().max(1000), totp }),
    enter: (on, { session, body }, now) =>
      as(on, system, now, async (tx) => {
        const its = needProof(session, now)
        await changeAuthenticator(tx, { account: its.actor.id, session: its.id }, body)
        return viewAccount(tx, its)
      }),
  }),
]
