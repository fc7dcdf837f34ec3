import { createHash, generateKeyPairSync, randomBytes, sign, timingSafeEqual, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Claims = Record<string, unknown>
type Asked = { redirectUri: string; nonce: string; challenge: string }

/** How this provider, or somebody between, misbehaves. Everything not named is honest. */
export type Misdeed = {
  /** Changes the ID token's claims. */
  claims?: (honest: Claims) => Claims
  alg?: 'none' | 'RS256'
  /** Signs with a key that is not published. */
  foreignKey?: boolean
  /** Answers the browser in another issuer's name (RFC 9207). */
  answersAs?: string
  /** Calls itself something else in its own description. */
  describesAs?: string
  /** The person pressed "no". */
  denies?: boolean
}

const clientId = 'fahui'
const clientSecret = 'a secret of the test alone'
const digest = (value: string) => createHash('sha256').update(value).digest()
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const json = (response: ServerResponse, body: unknown, status = 200) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

/** A national identity provider at a real socket: discovery, keys, an authorization endpoint that says yes at once, and a token endpoint that checks the client, the code's single use and PKCE. */
export async function identityProvider(alg: 'ES256' | 'RS256' = 'ES256') {
  const keys = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 })
  const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const codes = new Map<string, Asked>()
  const its = { subject: 'citizen-1', acr: 'L2', misdeed: {} as Misdeed }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}` // a TCP server's address is one

  const description = () => ({
    issuer: its.misdeed.describesAs ?? issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    // "none" is listed so that refusing it is the client's doing.
    id_token_signing_alg_values_supported: [alg, 'none'],
    authorization_response_iss_parameter_supported: true,
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    if (url.pathname === '/.well-known/openid-configuration') return json(response, description())
    if (url.pathname === '/keys')
      return json(response, { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg }] })
    if (url.pathname === '/authorize') return void response.writeHead(302, { location: authorize(url.searchParams) }).end()
    const granted = grant(new URLSearchParams(await text(request)))
    return granted ? json(response, granted) : json(response, { error: 'invalid_grant' }, 400)
  }

  function authorize(query: URLSearchParams): string {
    const redirectUri = query.get('redirect_uri') ?? ''
    const code = randomBytes(16).toString('hex')
    codes.set(code, { redirectUri, nonce: query.get('nonce') ?? '', challenge: query.get('code_challenge') ?? '' })
    const back = new URL(redirectUri)
    if (its.misdeed.denies) back.searchParams.set('error', 'access_denied')
    else back.searchParams.set('code', code)
    back.searchParams.set('state', query.get('state') ?? '')
    back.searchParams.set('iss', its.misdeed.answersAs ?? issuer)
    return back.href
  }

  function grant(form: URLSearchParams): Claims | null {
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const isClient = form.get('client_id') === clientId && form.get('client_secret') === clientSecret
    if (!asked || !isClient || form.get('redirect_uri') !== asked.redirectUri) return null
    const challenge = digest(form.get('code_verifier') ?? '').toString('base64url')
    if (!timingSafeEqual(digest(challenge), digest(asked.challenge))) return null
    return { access_token: randomBytes(16).toString('hex'), token_type: 'Bearer', id_token: idToken(asked.nonce) }
  }

  function idToken(nonce: string): string {
    const { claims = (honest: Claims) => honest, foreignKey, alg: otherAlg } = its.misdeed
    const now = Math.floor(Date.now() / 1000)
    const said = claims({ iss: issuer, sub: its.subject, aud: clientId, iat: now, exp: now + 300, nonce, acr: its.acr })
    const signed = `${base64url({ alg: otherAlg ?? alg, kid: '1' })}.${base64url(said)}`
    return `${signed}.${otherAlg === 'none' ? '' : signature(signed, foreignKey ? foreign.privateKey : keys.privateKey)}`
  }

  const signature = (signed: string, key: KeyObject) =>
    sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')

  return {
    issuer,
    oidc: { issuer, clientId, clientSecret },
    its,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
