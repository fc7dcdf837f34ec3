import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client'
import { z } from 'zod'
import type { Config } from '#platform/config.ts'

/** What the browser carries sealed between going to the provider and coming back. */
export const Kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() })
export type Kept = z.output<typeof Kept>

/** How sure the provider is of who this is: L1 says so themselves, L2 checked against the register, L3 in person or by face. */
export type Assurance = 'L1' | 'L2' | 'L3'

/** Someone the provider vouches for. Only issuer and subject together name a person (OWASP ASVS 6.8.1). */
export type Identity = { issuer: string; subject: string; assurance: Assurance }

/** Who vouches for citizens. A provincial gateway that speaks no OpenID Connect is another of these. */
export type IdentityProvider = {
  /** Where to send the browser, which comes back to `returnTo`, and what to keep until then. Throws `IdentityFailed` when the provider is away. */
  begin(returnTo: string): Promise<{ url: string; kept: Kept }>
  /** Who came back. Throws `IdentityFailed` unless the answer is the provider's, fresh, and to the question that was kept. */
  finish(callback: URL, kept: Kept): Promise<Identity>
}

/** Nobody was vouched for: refused, forged, stale, or the provider is away. `code` is for the log and holds nothing of the person. */
export class IdentityFailed extends Error {
  override readonly name = 'IdentityFailed'
  readonly code: string

  constructor(code: string) {
    super('The identity provider vouched for nobody.')
    this.code = code
  }
}

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** A slow provider must not hold the person longer than this; the phone is the other way in. */
const patienceSeconds = 10

/** An OpenID Connect provider: authorization code with PKCE, state and nonce, and the ID token's signature checked (OpenID Connect Core §3.1). */
export function openIdProvider({ issuer, clientId, clientSecret }: NonNullable<Config['oidc']>): IdentityProvider {
  // readConfig lets plain http through only for localhost in a trial.
  const execute = issuer.startsWith('http:') ? [enableNonRepudiationChecks, allowInsecureRequests] : [enableNonRepudiationChecks]
  const discover = () => discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: patienceSeconds, execute })
  const known = once(discover)
  return {
    begin: (returnTo) => vouched(async () => ask(await known(), returnTo)),
    finish: (callback, kept) => vouched(async () => hear(await known(), callback, kept)),
  }
}

/** Remembers what succeeded; a failure is tried again by the next to come. */
function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined
  return () => {
    found ??= find().catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
}

/** Everything that goes wrong in here is the world outside: the network, the provider, or a forger. */
const vouched = <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((error: unknown) => {
    throw new IdentityFailed(codeOf(error))
  })

async function ask(provider: Configuration, returnTo: string): Promise<{ url: string; kept: Kept }> {
  const kept = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
  const url = buildAuthorizationUrl(provider, {
    redirect_uri: returnTo,
    scope: 'openid',
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, kept }
}

async function hear(provider: Configuration, callback: URL, kept: Kept): Promise<Identity> {
  const checks = { expectedState: kept.state, expectedNonce: kept.nonce, pkceCodeVerifier: kept.verifier, idTokenExpected: true }
  const claims = (await authorizationCodeGrant(provider, callback, checks)).claims()
  if (!claims) throw new Error('The provider sent no ID token although one was asked for.')
  return { issuer: claims.iss, subject: claims.sub, assurance: assuranceOf(claims['acr']) }
}

/** A level we cannot read counts as the lowest. */
const assuranceOf = (acr: unknown): Assurance => (acr === 'L2' || acr === 'L3' ? acr : 'L1')
