import { sql } from 'kysely'
import type { Text } from '#kernel/line.ts'
import { hashLinkSecret, hashToken, isSameHash, linkToken, readLinkSecret, spokenCode } from '#platform/doors/credentials.ts'
import { closeSession, type Session } from '#platform/doors/sessions.ts'
import { sendCode, takeCode } from '#platform/doors/sign-in.ts'
import type { Source } from '#platform/http/sender.ts'
import { audit } from '#platform/keys/audit.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { openField } from '#records/people/people.ts'
import { endLinks } from './sending.ts'
import { standingOf, type Proof, type Standing } from './ways.ts'

/** How often a proof may be tried before the link is of no use: enough for whoever mistypes. */
const mostTries = 5

/** A link as the door knows it. `over`: the matter has ended, or nobody without an account sits there any more. */
type Row = {
  region: string
  id: string
  matter: string
  code: string
  line: string
  edition: string
  seat: string
  holder: string
  proof: Proof
  sent_at: Date | null
  opened_at: Date | null
  expires_at: Date
  ended_because: 'withdrawn' | 'reissued' | 'tries' | null
  asked_again_at: Date | null
  token_hash: string | null
  isOver: boolean
}

/** Why a link opens nothing. */
export type Shut = Exclude<Standing, 'unsent' | 'sent'> | 'unknown' | 'over'

/** What is shown of a link before anybody proved who they are: which kind of body wrote, and what proves them. */
export type Shown = { who: Text; proof: Proof }

const rowsWhere = async (tx: Tx, which: ReturnType<typeof sql>): Promise<Row | undefined> =>
  (
    await sql<Row>`select l.region, l.id, l.matter, m.code, m.line, m.edition, l.seat, l.holder, l.proof, l.sent_at, l.opened_at, l.expires_at, l.ended_because, l.asked_again_at, l.token_hash,
      not (m.is_open and m.erased_at is null and exists (select from standing s where s.region = l.region and s.matter = l.matter and s.seat = l.seat and s.holder = l.holder
        and s.account is null and s.until is null)) as "isOver"
    from seat_link l join matter m on m.region = l.region and m.id = l.matter where ${which} limit 1`.execute(tx.db)
  ).rows[0]

const bySecret = ({ on }: Tx, secret: string) => sql`l.secret_hash = ${hashLinkSecret(on.keyring.blind, readLinkSecret(secret))}`

function shutBecause(row: Row | undefined, now: Date): Shut | null {
  if (!row) return 'unknown'
  const standing = standingOf(row, now)
  if (standing !== 'sent' && standing !== 'unsent') return standing
  return row.isOver ? 'over' : null
}

/** A link by its place; what a browser carries between two pages. */
export type Pressed = { region: string; id: string; browser: string }

/** What came of pressing: the place of a link that is still good, the code of the matter its reader is in already, or why it is shut. */
type Press = { at: Omit<Pressed, 'browser'> } | { code: string } | { shut: Shut }

/** Somebody pressed the button of the page a link leads to. Nothing is spent by it, and nothing told but whether it is still good. */
export const press = (on: Platform, secret: string, session: Session | null, now: Date): Promise<Press> =>
  as(on, system, now, async (tx) => {
    const row = await rowsWhere(tx, bySecret(tx, secret))
    if (row && session?.id === row.id) return { code: row.code }
    const shut = shutBecause(row, now)
    return shut || !row ? { shut: shut ?? 'unknown' } : { at: { region: row.region, id: row.id } }
  })

const byPlace = ({ region, id }: Pick<Pressed, 'region' | 'id'>) => sql`l.region = ${region} and l.id = ${id}`

/** What the page of the proof says of a link; why it is shut, where it is. */
export const shownOf = (on: Platform, at: Pressed, now: Date): Promise<Shown | { shut: Shut }> =>
  as(on, system, now, async (tx) => {
    const row = await rowsWhere(tx, byPlace(at))
    const shut = row && isItsOwn(on, row, at) ? null : shutBecause(row, now)
    return shut || !row ? { shut: shut ?? 'unknown' } : { who: lineOf(on, row.line, row.edition).desk.title, proof: row.proof }
  })

/** Sends the code to the phone that is known of the person a link is for; false where one was sent within the minute, or their phone is no proof. */
export async function sendProof(on: Platform, at: Pressed, now: Date): Promise<boolean> {
  const phone = await as(on, system, now, async (tx) => {
    const row = await rowsWhere(tx, byPlace(at))
    return row?.proof === 'phone' && !shutBecause(row, now) ? ((await knownOf(tx, row))?.phone ?? null) : null
  })
  return phone !== null && sendCode(on, phone, now, laneOf(at))
}

/** The codes of a link are counted apart from those of the same phone at other doors. */
const laneOf = ({ id }: Pick<Pressed, 'id'>): string => `link ${id}`

/** What came of a try: the session's token and the matter's code; how many tries are left; or why the link is shut. */
export type Proved = Opened | { left: number } | { shut: Shut }
type Opened = { token: string; code: string }

type Trying = { answer: string; session: Session | null; source: Source }

/**
 * Judges what somebody proves themselves by. A try is counted before it is judged, and stands whatever becomes of it. The first that is right spends the link and opens a session; the
 * same browser sending it again is in the same session.
 */
export async function prove(on: Platform, at: Pressed, trying: Trying, now: Date): Promise<Proved> {
  const tried = await as(on, system, now, (tx) => countTry(tx, at))
  if ('shut' in tried || 'token' in tried) return tried
  const opened = await as(on, system, now, (tx) => openIfRight(tx, at, tried, trying))
  if (opened && trying.session) await closeSession(on, trying.session.tokenHash, now)
  if (opened) return opened
  const left = mostTries - tried.tries
  if (left > 0) return { left }
  return { shut: await as(on, system, now, (tx) => giveUp(tx, at)) }
}

type Tried = { row: Row; tries: number }

async function countTry(tx: Tx, at: Pressed): Promise<Tried | Opened | { shut: Shut }> {
  const row = await rowsWhere(tx, byPlace(at))
  if (row && isItsOwn(tx.on, row, at)) return { token: tokenOf(tx.on, at), code: row.code }
  const shut = shutBecause(row, tx.now)
  if (shut || !row) return { shut: shut ?? 'unknown' }
  const counted = await sql<{ tries: number }>`update seat_link set tries = tries + 1
    where region = ${at.region} and id = ${at.id} and opened_at is null and ended_at is null and tries < ${mostTries} returning tries`.execute(
    tx.db,
  )
  const tries = counted.rows[0]?.tries
  return tries === undefined ? { shut: 'tries' } : { row, tries }
}

const tokenOf = (on: Platform, { id, browser }: Pressed): string => linkToken(on.keyring.blind, id, browser)

/** Whether a link was opened at this very browser, and its session still stands. */
const isItsOwn = (on: Platform, { token_hash, ended_because }: Row, at: Pressed): boolean =>
  !ended_because && token_hash !== null && isSameHash(token_hash, hashToken(tokenOf(on, at)))

/** Of two right answers at once one opens it: the row is taken by whoever comes first. */
async function openIfRight(tx: Tx, at: Pressed, { row }: Tried, { answer, source }: Trying): Promise<Opened | null> {
  if (!(await isRight(tx, row, answer))) return null
  const token = tokenOf(tx.on, at)
  const taken = await tx.db
    .updateTable('seat_link')
    .set({ opened_at: tx.now, seen_at: tx.now, token_hash: hashToken(token) })
    .where('region', '=', row.region)
    .where('id', '=', row.id)
    .where('opened_at', 'is', null)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!taken) return null
  const { region, matter, holder, id: link, seat, proof } = row
  await audit(tx, 'oneTimeLink', { region, matter, by: holder, detail: { change: 'opened', link, holder, relation: seat, proof }, source })
  return { token, code: row.code }
}

type Person = { phone: string | null; idNumber: string | null }

const checks: Record<Proof, (tx: Tx, its: { row: Row; person: Person; answer: string }) => Promise<boolean> | boolean> = {
  phone: (tx, { row, person: { phone }, answer }) => phone !== null && takeCode(tx, { phone, code: answer, device: laneOf(row) }),
  idDigits: (_, { person: { idNumber }, answer }) => idNumber !== null && answer.length === 4 && idNumber.toUpperCase().endsWith(answer),
  spoken: (tx, { row, answer }) => isSameHash(spokenCode(tx.on.keyring.blind, row.id), answer),
}

async function isRight(tx: Tx, row: Row, typed: string): Promise<boolean> {
  const person = await knownOf(tx, row)
  const answer = typed.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
  return person !== undefined && checks[row.proof](tx, { row, person, answer })
}

async function knownOf(tx: Tx, { region, holder }: Row): Promise<Person | undefined> {
  const row = await tx.db
    .selectFrom('person')
    .select(['region', 'id', 'name', 'id_number', 'phone', 'address'])
    .where('region', '=', region)
    .where('id', '=', holder)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return row && { phone: openField(tx, row, 'phone'), idNumber: openField(tx, row, 'idNumber') }
}

/** Too many were wrong: whoever holds the letter is not the person, or needs the desk. One that somebody opened meanwhile is theirs. */
async function giveUp(tx: Tx, at: Pressed): Promise<Shut> {
  const row = await rowsWhere(tx, byPlace(at))
  if (!row || row.opened_at) return 'opened'
  const { region, matter, id, holder } = row
  const isEnded = await endLinks(tx, { region, id: matter }, { id, because: 'tries' })
  if (isEnded) await audit(tx, 'oneTimeLink', { region, matter, detail: { change: 'tries', link: id, holder } })
  return 'tries'
}

/** Tells the desk that whoever holds a link that is shut asks for another; once for each link. False where there is none, or nobody is to be told any more. */
export const askAgain = (on: Platform, secret: string, now: Date): Promise<boolean> =>
  as(on, system, now, async (tx) => {
    const row = await rowsWhere(tx, bySecret(tx, secret))
    const shut = shutBecause(row, now)
    if (!row || !shut || shut === 'over' || shut === 'reissued') return false
    await sql`update seat_link set asked_again_at = ${now} where region = ${row.region} and id = ${row.id} and asked_again_at is null`.execute(
      tx.db,
    )
    const letter = {
      account: `agency@${row.region}`,
      template: 'tellLinkAsked',
      channel: 'page',
      status: 'shown',
      params: JSON.stringify({ code: row.code }),
    } as const
    await tx.db
      .insertInto('message')
      .values({ ...letter, region: row.region, id: row.id, matter: row.matter, created_at: now })
      .onConflict((conflict) => conflict.columns(['region', 'id']).doNothing())
      .execute()
    return true
  })
