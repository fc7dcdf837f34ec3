import { z } from 'zod'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { refuse } from '#kernel/refusal.ts'
import { addPasskey, askPasskey, beginPasskey, checkPasskey, removePasskey } from '#platform/doors/passkeys.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { markProved, needProof } from '#platform/doors/sessions.ts'
import { welcomeStaff } from '#platform/doors/sign-in.ts'
import { as, system } from '#platform/tx.ts'
import { noteChange } from '#records/accounts/accounts.ts'
import { keysOf } from '#records/accounts/own-account.ts'
import { AccountView, viewAccount } from './account-view.ts'
import { Me, meOf, seat } from './account.ts'

/** What the browser is told and what it answers: its own shapes, judged by the library that reads them. */
const Options = z.record(z.string(), z.unknown())
const Response = z.looseObject({ id: z.string().max(1400), rawId: z.string().max(1400), type: z.literal('public-key'), response: Options })
const nothing = z.strictObject({})

/** Keys that sign for one site alone, kept by a phone, a computer or a token: at the door, and as a proof of who is at the desk. */
export const passkeyRoutes: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/api/sign-in/passkey/begin',
    id: 'passkey.ask',
    summary: 'What a passkey must sign to come in',
    returns: Options,
    body: nothing,
    enter: (on, { origin }, now) => as(on, system, now, async (tx) => ({ ...(await askPasskey(tx, 'enter', null, origin)) })),
  }),
  route({
    method: 'POST',
    path: '/api/sign-in/passkey',
    id: 'passkey.signIn',
    summary: 'Sign in with a passkey alone',
    returns: Me,
    body: z.strictObject({ response: Response }),
    async enter(on, { body, origin, device, session, source, reply }, now) {
      const response = body.response as unknown as AuthenticationResponseJSON // judged by the library
      const token = await as(on, system, now, async (tx) => {
        const account = await checkPasskey(tx, { response, origin, purpose: 'enter', account: null })
        return welcomeStaff(tx, account, { device, session, source }, 'passkey')
      })
      return meOf(on, await seat(on, reply, token, now), now)
    },
  }),
  route({
    method: 'POST',
    path: '/api/account/prove/passkey/begin',
    id: 'passkey.askProof',
    summary: 'What a passkey must sign to show who is at the desk',
    returns: Options,
    body: nothing,
    enter: (on, { session, origin }, now) =>
      as(on, system, now, async (tx) => ({
        ...(await askPasskey(tx, 'prove', (session ?? refuse('sign_in_first')).actor.id, origin)),
      })),
  }),
  route({
    method: 'POST',
    path: '/api/account/prove/passkey',
    id: 'passkey.prove',
    summary: 'Show who is at the desk with a passkey',
    returns: z.object({}),
    body: z.strictObject({ response: Response }),
    enter: (on, { session, body, origin }, now) =>
      as(on, system, now, async (tx) => {
        const { id, actor } = session ?? refuse('sign_in_first')
        const response = body.response as unknown as AuthenticationResponseJSON // judged by the library
        await checkPasskey(tx, { response, origin, purpose: 'prove', account: actor.id })
        await markProved(tx, id)
        return {}
      }),
  }),
  route({
    method: 'POST',
    path: '/api/account/passkeys/begin',
    id: 'passkey.begin',
    summary: 'What a new passkey is made of',
    returns: Options,
    body: nothing,
    enter: (on, { session, origin }, now) =>
      as(on, system, now, async (tx) => {
        const { actor } = needProof(session, now)
        const { login, name } = await keysOf(tx, actor.id)
        return { ...(await beginPasskey(tx, { id: actor.id, login, name }, origin)) }
      }),
  }),
  route({
    method: 'POST',
    path: '/api/account/passkeys',
    id: 'passkey.add',
    summary: 'Add a passkey of mine',
    returns: AccountView,
    body: z.strictObject({ name: z.string().trim().min(1).max(40), response: Response }),
    enter: (on, { session, body, origin }, now) =>
      as(on, system, now, async (tx) => {
        const its = needProof(session, now)
        const response = body.response as unknown as RegistrationResponseJSON // judged by the library
        await addPasskey(tx, its.actor.id, { response, name: body.name, origin })
        await noteChange(tx, its.actor.id, 'passkeyAdded', { by: its.actor.id })
        return viewAccount(tx, its)
      }),
  }),
  route({
    method: 'POST',
    path: '/api/account/passkeys/remove',
    id: 'passkey.remove',
    summary: 'Remove a passkey of mine',
    returns: AccountView,
    body: z.strictObject({ id: z.string().max(1400) }),
    enter: (on, { session, body }, now) =>
      as(on, system, now, async (tx) => {
        const its = needProof(session, now)
        if (await removePasskey(tx, its.actor.id, body.id)) await noteChange(tx, its.actor.id, 'passkeyRemoved', { by: its.actor.id })
        return viewAccount(tx, its)
      }),
  }),
]
