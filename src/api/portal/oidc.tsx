import { audit } from '#platform/keys/audit.ts'
import type { Config } from '#platform/config.ts'
import { IdentityFailed, Kept, openIdProvider, type Identity, type IdentityProvider } from '#platform/doors/identity.ts'
import { openNote, sealNote } from '#platform/keys/note.ts'
import type { Platform } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { exchangeSession } from '#platform/doors/sessions.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { findOrAddCitizenByIdentity, lendIdentity } from '#records/accounts/accounts.ts'
import { joinByLink } from '#records/people/one-person.ts'
import { remember } from './coming-back.ts'
import { showSignIn } from './doors.tsx'
import { isShared } from './visiting.ts'

type Doors = Pick<Config, 'oidc' | 'origin'>
type Entering = { on: Platform; visit: Visit; now: Date }

/** Signing in with the national identity: out to the provider and back. Not there at all where no provider is set. */
export function identityPages(config: Doors): Page[] {
  if (!config.oidc) return []
  const provider = openIdProvider(config.oidc)
  const failed = (on: Platform, visit: Visit, why: string) => {
    on.log.warn({ why }, 'identity not confirmed')
    return showSignIn(config, visit, { step: 'phone', hasFailed: true })
  }
  const orSignInPage = (work: (its: Entering) => Promise<PageReply>) => async (on: Platform, visit: Visit, now: Date) => {
    try {
      return await work({ on, visit, now })
    } catch (error) {
      if (error instanceof IdentityFailed) return failed(on, visit, error.code)
      throw error
    }
  }
  return [
    {
      method: 'GET',
      path: '/sign-in/identity',
      id: 'portal.oidc',
      enter: orSignInPage((its) => goOut(provider, backAddress(config, its.visit), its)),
    },
    {
      method: 'GET',
      path: back,
      id: 'portal.oidcBack',
      enter: orSignInPage((its) => comeBack(provider, backAddress(config, its.visit), its)),
    },
  ]
}

const back = '/sign-in/identity/back'
const note = 'identity'

/** Where the provider sends people back to: the same words at both ends, or it refuses. */
const backAddress = ({ origin }: Doors, visit: Visit): URL => new URL(back, origin ?? visit.origin)

async function goOut(provider: IdentityProvider, address: URL, { on, visit, now }: Entering): Promise<PageReply> {
  const { url, kept } = await provider.begin(address.href)
  visit.reply.setNote(note, sealNote(on.keyring, note, JSON.stringify(kept), now))
  return { redirect: url }
}

/** An answer counts once, and only in the browser that asked: the note is spent before the answer is looked at. */
async function comeBack(provider: IdentityProvider, address: URL, { on, visit, now }: Entering): Promise<PageReply> {
  const kept = openNote(on.keyring, note, visit.noteOf(note), now)
  visit.reply.setNote(note, null)
  if (kept === null) throw new IdentityFailed('no_note')
  address.search = new URL(visit.path, address).search
  const identity = await provider.finish(address, Kept.parse(JSON.parse(kept)))
  const { token, account } = await as(on, system, now, (tx) => welcome(tx, visit, identity))
  visit.reply.setSession('citizen', token)
  remember(visit, account)
  return { redirect: '/mine' }
}

/** Whoever filled in an application before signing in finds it again under their identity. */
async function welcome(tx: Tx, visit: Visit, identity: Identity): Promise<{ token: string; account: string }> {
  if (visit.session?.actor.kind === 'citizen') await lendIdentity(tx, visit.session.actor.id, identity)
  const account = await findOrAddCitizenByIdentity(tx, identity)
  if (visit.session && !isShared(visit)) await joinByLink(tx, visit.session.actor, account)
  await audit(tx, 'signIn', { detail: { account, door: 'identity', assurance: identity.assurance }, source: visit.source })
  return { account, token: await exchangeSession(tx, visit.session, account) }
}
