import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Secret, TOTP } from 'otpauth'

/** Draws a whole number from 0 up to, not including, `below`. The real one is `randomInt`; a test brings its own. */
export type Draw = (below: number) => number

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; about 12 ms on our smallest machine. */
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** Nobody's password at the same cost, checked when a login is unknown so that the answer takes as long. */
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$EvXR7fqoES97bcpCJh81Gw$OcA46Deg6sr7SyyAC0WxqRj+Bdt0NT7aOK9gYn+/4vs'

/** What is stored of a staff password: argon2id with its salt and cost. */
export const hashPassword = (password: string): Promise<string> => hash(typed(password), cost)

/** Whether this is the stored password. Pass null for an unknown login: the answer is no, and takes as long as any other. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const isMatch = await verify(stored ?? nobodys, typed(password))
  return stored !== null && isMatch
}

/** Why a staff password is too weak: a message key. */
export type PasswordFlaw = 'password.tooShort' | 'password.containsLogin' | 'password.containsName' | 'password.common'

/** Why a password is too weak, or null. At least 12 characters, neither login nor name in it, and not what everybody tries first (NIST SP 800-63B §5.1.1). */
export function passwordFlaw(login: string, password: string, name = ''): PasswordFlaw | null {
  const [plain, ...its] = [password, login, name].map((text) => typed(text).toLowerCase())
  if (Array.from(plain ?? '').length < 12) return 'password.tooShort'
  const [holdsLogin, holdsName] = its.map((one) => one !== '' && plain?.includes(one))
  if (holdsLogin) return 'password.containsLogin'
  if (holdsName) return 'password.containsName'
  return isCommon(plain ?? '') ? 'password.common' : null
}

/** What fills the top of every leaked list once it must have twelve characters, what is typed with one finger, and what a trial prints. */
const commonest =
  /^(?:(.{1,4})\1+.{0,3}|.*(?:password|passw0rd|woaini|iloveyou|qwertyuiop|1qaz2wsx|fahui12348|demo-fahui).{0,8}|(?:0?123456789\d*|q1w2e3r4t5y6.*))$/

const isCommon = (plain: string): boolean => commonest.test(plain) || new Set(plain).size < 5

/** A new secret for an authenticator app: 160 bits in base32 (RFC 4226 §4). */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** A code on a sheet of paper by which an account is set up: twenty letters, near a hundred bits. */
export const newEnrolmentCode = (draw: Draw = randomInt): string => letters(20, draw)

/** How many letters of an enrolment code each of two people hands over: near fifty bits, which nobody guesses at a door in three days. */
const halfLetters = 10

/** The half that one of the two hands over: the same each time they ask for it, and nothing to anyone without the server's key. `whose` names the request, and which of the two. */
export function enrolmentHalfOf(key: Buffer, whose: string): string {
  const bytes = createHmac('sha256', key).update(`enrolment half ${whose}`).digest()
  let at = 0
  // Three bytes a letter: what is left over by 31 is one part in half a million.
  return letters(halfLetters, (below) => bytes.readUIntBE(3 * at++, 3) % below)
}

/** What is stored of an enrolment code: whoever has one half and reads the table finds nothing without the server's key. */
export const hashEnrolmentCode = (key: Buffer, code: string): string =>
  createHmac('sha256', key).update(`enrolment code ${code}`).digest('hex')

/** The enrolment code as it was made, however it was typed. */
export const readEnrolmentCode = (text: string): string =>
  typed(text)
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')

/** The authenticator secret that goes with an enrolment code: the same each time the page is opened, and nothing to anyone without the server's key. */
export const enrolmentSecret = (key: Buffer, code: string): string =>
  new Secret({ buffer: Uint8Array.from(createHmac('sha256', key).update(`enrolment ${code}`).digest().subarray(0, 20)).buffer }).base32

/** What the authenticator app scans. */
export const totpUri = (login: string, secret: string): string => authenticator(secret, login).toString()

/**
 * The 30-second step this code belongs to, or null when it is wrong or was used already. Store the step: a code counts once, and one
 * step early or late is allowed for slow hands and clocks (RFC 6238 §5.2).
 */
export function verifyTotp(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  const delta = authenticator(secret, '').validate({ token: typed(code).replaceAll(/\s/g, ''), timestamp: now.getTime(), window: 1 })
  if (delta === null) return null
  const step = Math.floor(now.getTime() / 30_000) + delta
  return lastStep === null || step > lastStep ? step : null
}

/** A session or link that cannot be guessed: 256 random bits in base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. Plain SHA-256 is enough for 256 random bits; it is not for anything a person can remember. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A one-time code for a citizen's phone: six digits. */
export const newCode = (draw: Draw = randomInt): string => String(draw(1_000_000)).padStart(6, '0')

/** What is stored of a one-time code. Six digits fall to anyone who has the salt, so the code's few minutes and few tries protect it, or a salt kept outside the database. */
export const hashCode = (code: string, salt: string): string => createHmac('sha256', salt).update(typed(code)).digest('hex')

/** Whether two stored hashes are equal, in a time that does not tell how much of them is. */
export const isSameHash = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** No 0/O and no 1/I/L, so that it can be read out over a village phone. Being 31, a prime, is what lets one check character catch every swap. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** What a person without a login shows to see their matter again, eight characters. Forty bits: store it under a keyed or slow hash. */
export const newMatterSecret = (draw: Draw = randomInt): string => letters(8, draw)

/**
 * The secret of the matter that this account opened under this id: the same each time the form that opened it is sent, so that whoever lost the answer is
 * shown it by the next; nothing to anyone without the server's key.
 */
export const matterSecret = (key: Buffer, account: string, matter: string): string => {
  const drawn = createHmac('sha256', key).update(`matter secret ${account} ${matter}`).digest()
  let at = 0
  // Eight draws of four bytes each: the remainder favours no letter by more than one in a hundred million.
  return newMatterSecret((below) => drawn.readUInt32BE(4 * at++) % below)
}

/** What a one-time link holds, sixteen letters, near eighty bits: the same each time its letter is made, and nothing to anyone without the server's key. */
export const linkSecret = (key: Buffer, link: string): string => letters(16, drawnFrom(key, `link ${link}`))

/** What is stored of a link's secret: whoever reads the table finds nothing without the server's key. */
export const hashLinkSecret = (key: Buffer, secret: string): string =>
  createHmac('sha256', key).update(`link secret ${secret}`).digest('hex')

/** The secret of a link as it was made, however it was typed. */
export const readLinkSecret = (text: string): string => readEnrolmentCode(text)

/** The six digits told apart from a link's letter, where nothing else proves the person: the same each time, and stored nowhere. */
export const spokenCode = (key: Buffer, link: string): string => newCode(drawnFrom(key, `link spoken ${link}`))

/** The session a link opens at one browser: the same for the same press sent twice. */
export const linkToken = (key: Buffer, link: string, browser: string): string =>
  createHmac('sha256', key).update(`link session ${link} ${browser}`).digest('base64url')

/** Draws up to sixteen numbers from a name and the server's key, four bytes each: the remainder favours none by more than one in a thousand. */
function drawnFrom(key: Buffer, name: string): Draw {
  const bytes = createHmac('sha512', key).update(name).digest()
  let at = 0
  return (below) => bytes.readUInt32BE(4 * at++) % below
}

/** The number a matter is asked for by: nine random characters and one that checks them. */
export function newMatterCode(draw: Draw = randomInt): string {
  const body = letters(9, draw)
  return body + alphabet.charAt((alphabet.length - weighed(`${body}${alphabet.charAt(0)}`)) % alphabet.length)
}

/** Whether this is a matter code as we write them. Any one wrong character and any two exchanged ones are noticed. */
export const isMatterCode = (code: string): boolean =>
  code.length === 10 && Array.from(code).every((letter) => alphabet.includes(letter)) && weighed(code) === 0

/** Σ weight × value mod 31, weights 10 … 1: all different and none zero, so one changed value or one exchange always moves the sum. */
const weighed = (code: string): number =>
  Array.from(code).reduce((sum, letter, at) => sum + (code.length - at) * alphabet.indexOf(letter), 0) % alphabet.length

const letters = (count: number, draw: Draw): string => Array.from({ length: count }, () => alphabet.charAt(draw(alphabet.length))).join('')

const authenticator = (secret: string, label: string): TOTP => new TOTP({ issuer: '法惠', label, secret: Secret.fromBase32(secret) })

/** Text as the person meant it: a Chinese keyboard may send full-width letters and digits. */
const typed = (text: string): string => text.normalize('NFKC')
