import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { refuse } from '#kernel/refusal.ts'
import { hashToken, newToken } from './credentials.ts'
import type { Tx } from '#platform/tx.ts'

/** What a challenge is for; one made for one thing is worth nothing for another. */
type Purpose = 'add' | 'enter' | 'prove'
const challengeLifeMs = 5 * 60_000

/** A challenge kept on our side, good once. It stands as text in what the key signs. */
async function newChallenge(tx: Tx, purpose: Purpose, account: string | null): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = newToken()
  await tx.db.deleteFrom('challenge').where('expires_at', '<=', tx.now).execute()
  await tx.db
    .insertInto('challenge')
    .values({ hash: hashToken(challenge), purpose, account, expires_at: new Date(tx.now.getTime() + challengeLifeMs) })
    .execute()
  return Uint8Array.from(Buffer.from(challenge))
}

/** Spends the challenge that was signed; false when there is none, it ran out, or it was made for something or somebody else. */
const spends = (tx: Tx, purpose: Purpose, account: string | null) => async (signed: string) => {
  const hash = hashToken(Buffer.from(signed, 'base64url').toString())
  const spent = await tx.db
    .deleteFrom('challenge')
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('account', account === null ? 'is' : '=', account)
    .where('expires_at', '>', tx.now)
    .returning('hash')
    .executeTakeFirst()
  return spent !== undefined
}

const hostOf = (origin: string): string => new URL(origin).hostname

/** The passkeys of an account, the oldest first. Runs as the system. */
export const passkeysOf = (tx: Tx, account: string) =>
  tx.db
    .selectFrom('passkey')
    .select(['id', 'name', 'transports', 'added_at', 'used_at'])
    .where('account', '=', account)
    .orderBy('added_at')
    .limit(50)
    .execute()

/** What a browser is told to make a new passkey of: one that finds its owner by itself, and asks for finger, face or PIN. Runs as the system. */
export async function beginPasskey(
  tx: Tx,
  who: { id: string; login: string; name: string },
  origin: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: '法惠工作台',
    rpID: hostOf(origin),
    userName: who.login,
    userDisplayName: who.name,
    userID: Uint8Array.from(Buffer.from(who.id)),
    challenge: await newChallenge(tx, 'add', who.id),
    excludeCredentials: (await passkeysOf(tx, who.id)).map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Keeps a passkey the browser made for the last challenge. Refuses anything else. Runs as the system. */
export async function addPasskey(
  tx: Tx,
  account: string,
  { response, name, origin }: { response: RegistrationResponseJSON; name: string; origin: string },
): Promise<void> {
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: spends(tx, 'add', account),
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    requireUserVerification: true,
  }).catch(() => ({ verified: false as const, registrationInfo: undefined })) // what came from outside and does not verify is no fault of ours
  if (!verified) refuse('wrong_credentials')
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential
  await tx.db
    .insertInto('passkey')
    .values({ id, account, name, public_key: Buffer.from(publicKey).toString('base64url'), counter, transports, added_at: tx.now })
    .execute()
}

/** What a browser is told to ask a passkey for. At the door nobody is named: the key says whose it is. Runs as the system. */
export async function askPasskey(
  tx: Tx,
  purpose: 'enter' | 'prove',
  account: string | null,
  origin: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const known = account === null ? [] : await passkeysOf(tx, account)
  return generateAuthenticationOptions({
    rpID: hostOf(origin),
    challenge: await newChallenge(tx, purpose, account),
    userVerification: 'required',
    allowCredentials: known.map(({ id, transports }) => ({ id, transports })),
  })
}

type Answer = { response: AuthenticationResponseJSON; origin: string; purpose: 'enter' | 'prove'; account: string | null }

/** The account whose passkey signed the challenge. A counter that does not move forward is a copied key, and refused. Runs as the system. */
export async function checkPasskey(tx: Tx, { response, origin, purpose, account }: Answer): Promise<{ id: string; region: string }> {
  const key = await tx.db
    .selectFrom('passkey')
    .innerJoin('account', 'account.id', 'passkey.account')
    .select(['passkey.id as key', 'account.id', 'account.region', 'public_key', 'counter', 'transports'])
    .where('passkey.id', '=', response.id)
    .where('disabled_at', 'is', null)
    .$if(account !== null, (q) => q.where('account.id', '=', account ?? ''))
    .forUpdate('passkey')
    .executeTakeFirst()
  if (!key) refuse('wrong_credentials')
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: spends(tx, purpose, account),
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    requireUserVerification: true,
    credential: {
      id: key.key,
      publicKey: Uint8Array.from(Buffer.from(key.public_key, 'base64url')),
      counter: key.counter,
      transports: key.transports,
    },
  }).catch(() => ({ verified: false, authenticationInfo: undefined })) // as above
  if (!verified || !authenticationInfo) refuse('wrong_credentials')
  await tx.db.updateTable('passkey').set({ counter: authenticationInfo.newCounter, used_at: tx.now }).where('id', '=', key.key).execute()
  return { id: key.id, region: key.region }
}

/** Takes a passkey from an account; refuses the last key of somebody without an authenticator. True when there was one. Runs as the system. */
export async function removePasskey(tx: Tx, account: string, id: string): Promise<boolean> {
  const { totp_secret } = await tx.db
    .selectFrom('account')
    .select('totp_secret')
    .where('id', '=', account)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const keys = await passkeysOf(tx, account)
  if (!keys.some((key) => key.id === id)) return false
  if (totp_secret === null && keys.length === 1) refuse('last_key')
  await tx.db.deleteFrom('passkey').where('account', '=', account).where('id', '=', id).execute()
  return true
}
