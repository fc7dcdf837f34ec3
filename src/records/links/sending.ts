import type { Line } from '#kernel/line.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import { refuse } from '#kernel/refusal.ts'
import { linkedActions, seatedIn } from '#kernel/seat.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import { isPartyTo, seatHeldBy, worksOn } from '#engine/standing.ts'
import { isPrivate, isRecused, traitsOf } from '#engine/traits.ts'
import { hashLinkSecret, linkSecret, spokenCode } from '#platform/doors/credentials.ts'
import { audit } from '#platform/keys/audit.ts'
import { formatDue, say } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { as, asSystem, system, type Tx } from '#platform/tx.ts'
import { openField, partyRows } from '#records/people/people.ts'
import { isUseStopped } from '#records/privacy/erasure.ts'
import { officeAt } from '#records/register/offices.ts'
import { recordSettings } from '#records/settings/settings.ts'
import { openWays, standingOf, type Known, type Proof, type Standing, type Way } from './ways.ts'

/** What a desk asks for: a link under an id its page made, to whom, how it goes and what proves them. */
export type Asked = { link: string; holder: string; way: Way; proof: Proof }

/** What there is to send: the letter, to be printed; a text leaves by itself and is shown to nobody. `code` is told apart. */
export type Letter = { letter: string | null; url: string | null; code: string | null }

/** Whether this reader may send links in a matter: whoever works on it, and is no party to it. */
export const maySendLinks = (tx: Tx, matter: Matter): boolean =>
  worksOn(tx, matter) && !isPartyTo(tx, matter) && !isRecused(tx.on, matter, tx.actor.id)

/** Somebody a link can be sent to, with the ways it can go and the last one that was sent. */
export type Reachable = { holder: string; ways: ReturnType<typeof openWays>; last: Sent | null }
export type Sent = { id: string; standing: Standing; way: Way; at: Date; until: Date; openedAt: Date | null; isAskedAgain: boolean }

/** Everybody of a matter who sits where a link leads and has no account; nobody where the matter is over, or to those who may not send one. */
export async function reachableIn(tx: Tx, matter: Matter): Promise<Reachable[]> {
  const line = lineOf(tx.on, matter.line, matter.edition)
  const holders = seatedIn(matter).filter(({ id }) => linkedActions(line, matter, id).length > 0)
  if (!holders.length || isOver(line, matter) || !maySendLinks(tx, matter)) return []
  const [known, sent] = [await knownIn(tx, line, matter), await lastSent(tx, matter)]
  return holders.map(({ id }) => ({ holder: id, ways: openWays(known(id)), last: sent.get(id) ?? null }))
}

const isOver = ({ states }: Line, { state }: Matter): boolean => states[state]?.final === true

/** What the records know of each holder, and whether their side let texts be sent. */
async function knownIn(tx: Tx, line: Line, matter: Matter): Promise<(holder: string) => Known> {
  const people = await partyRows(tx, [matter])
  const told = traitsOf(tx.on, matter).mayText?.(matter.data) ?? false
  return (holder) => {
    const person = people.find(({ id }) => id === holder)
    return {
      phone: person ? openField(tx, person, 'phone') : null,
      idNumber: person ? openField(tx, person, 'idNumber') : null,
      mayText: told || line.seats[seatHeldBy(matter, holder) ?? '']?.side === 'answers',
      isPrivate: isPrivate(tx.on, matter),
    }
  }
}

async function lastSent(tx: Tx, { region, id }: MatterId): Promise<ReadonlyMap<string, Sent>> {
  const rows = await tx.db
    .selectFrom('seat_link')
    .select(['id', 'holder', 'way', 'made_at', 'sent_at', 'expires_at', 'opened_at', 'asked_again_at', 'ended_because'])
    .where('region', '=', region)
    .where('matter', '=', id)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  return new Map(
    rows.map((row) => [
      row.holder,
      {
        id: row.id,
        standing: standingOf(row, tx.now),
        way: row.way,
        at: row.made_at,
        until: row.expires_at,
        openedAt: row.opened_at,
        isAskedAgain: row.asked_again_at !== null,
      },
    ]),
  )
}

/**
 * Makes a link for one holder of a matter, and with it ends the one before. On paper its letter is answered, and by text it leaves once this stands. Sent again under its id it is
 * the same link. Refuses whoever may not, `not_applicable` where nobody without an account sits there, the matter is over, or it cannot go that way, and `use_stopped`.
 */
export async function sendLink(tx: Tx, at: MatterId, asked: Asked, origin: string): Promise<Letter> {
  const matter = (await lockMatter(tx, at)) ?? refuse('not_found')
  if (!maySendLinks(tx, matter)) refuse('not_permitted', { action: 'sendLink' })
  if (await isUseStopped(tx, at)) refuse('use_stopped')
  const before = await findSent(tx, at, asked)
  if (before) return letterOf(tx, matter, asked, { origin, until: before.expires_at })
  const line = lineOf(tx.on, matter.line, matter.edition)
  const [actions, known] = [linkedActions(line, matter, asked.holder), await knownIn(tx, line, matter)]
  const isOpen = openWays(known(asked.holder)).some(({ way, proofs }) => way === asked.way && proofs.includes(asked.proof))
  if (!isOpen || !actions.length || isOver(line, matter)) refuse('not_applicable', { holder: asked.holder })
  const until = lastMoment(tx, at.region)
  await asSystem(tx, (own) => endLinks(own, at, { holder: asked.holder, because: 'reissued' }))
  await keepLink(tx, matter, asked, { actions: [...actions], until })
  await audit(tx, 'oneTimeLink', { region: at.region, matter: at.id, detail: { change: 'sent', ...asked } })
  if (asked.way === 'text') sendLater(tx, matter, asked, { phone: known(asked.holder).phone ?? '', origin, until })
  return letterOf(tx, matter, asked, { origin, until })
}

/** The same link, asked for before; `key_reused` where its id is another's. */
async function findSent(tx: Tx, at: MatterId, { link, holder, way, proof }: Asked) {
  const row = await tx.db.selectFrom('seat_link').selectAll().where('region', '=', at.region).where('id', '=', link).executeTakeFirst()
  const isSame = row?.matter === at.id && row.holder === holder && row.way === way && row.proof === proof && row.made_by === tx.actor.id
  if (row && !isSame) refuse('key_reused')
  return row
}

async function keepLink(
  tx: Tx,
  matter: Matter,
  { link, holder, way, proof }: Asked,
  its: { actions: string[]; until: Date },
): Promise<void> {
  const ring = tx.on.keyring
  const secret_hash = hashLinkSecret(ring.blind, linkSecret(ring.blind, link))
  const seat = seatHeldBy(matter, holder) ?? refuse('not_found', { holder })
  const made = { made_by: tx.actor.id, made_at: tx.now, expires_at: its.until, sent_at: way === 'paper' ? tx.now : null }
  await tx.db
    .insertInto('seat_link')
    .values({ region: matter.region, id: link, matter: matter.id, seat, holder, actions: its.actions, way, proof, secret_hash, ...made })
    .execute()
}

/** The moment after the last of the days a link may be opened, as its region sets it. */
function lastMoment(tx: Tx, region: string): Date {
  const { schema, default: usual } = recordSettings['links.lifeDays']
  const days = schema.parse(tx.on.settings.at('links.lifeDays', region, dayOf(tx.now)) ?? usual)
  return new Date(`${addDays(dayOf(tx.now), days + 1)}T00:00:00+08:00`)
}

type Going = { origin: string; until: Date }

/** What the letter says: who sends it, where it is opened and until when; of the matter and of people nothing. */
async function letterOf(tx: Tx, matter: Matter, { link, way, proof }: Asked, { origin, until }: Going): Promise<Letter> {
  const code = proof === 'spoken' ? spokenCode(tx.on.keyring.blind, link) : null
  if (way === 'text') return { letter: null, url: null, code }
  const { desk } = lineOf(tx.on, matter.line, matter.edition)
  const office = await officeAt(tx, matter.region, desk)
  const its = {
    url: addressOf(tx, link, origin),
    until: formatDue(until, tx.now, 'zh'),
    phone: office?.phone ?? '12348',
    proof: say('zh', `link.proof.${proof}`),
  }
  return { letter: say('zh', 'link.letter', { who: office?.name ?? desk.title.zh, ...its }), url: its.url, code }
}

/** Where a link leads, in groups of four letters: it may be typed from paper. */
const addressOf = (tx: Tx, link: string, origin: string): string =>
  `${origin}/l/${(linkSecret(tx.on.keyring.blind, link).match(/.{4}/g) ?? []).join('-')}`

/** A text leaves once the link stands, and is noted as sent where a carrier took it; the desk sees one that is not and sends another. */
function sendLater(tx: Tx, matter: Matter, { link }: Asked, { phone, origin, until }: Going & { phone: string }): void {
  const who = lineOf(tx.on, matter.line, matter.edition).desk.title.zh
  const text = say('zh', 'link.text', { who, url: addressOf(tx, link, origin), until: formatDue(until, tx.now, 'zh') })
  tx.afterwards(async () => {
    await tx.on.gateway.send({ id: link, to: phone, text })
    await as(tx.on, system, tx.now, (own) =>
      own.db.updateTable('seat_link').set({ sent_at: tx.now }).where('region', '=', matter.region).where('id', '=', link).execute(),
    )
  })
}

/** Takes a link back: from now on it opens nothing, and what it opened is over. Refuses whoever may not send one, and what is no link of the matter. */
export async function withdrawLink(tx: Tx, at: MatterId, link: string): Promise<void> {
  const matter = (await lockMatter(tx, at)) ?? refuse('not_found')
  if (!maySendLinks(tx, matter)) refuse('not_permitted', { action: 'withdrawLink' })
  const isThere = tx.db
    .selectFrom('seat_link')
    .select('id')
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .where('id', '=', link)
  if (!(await isThere.executeTakeFirst())) refuse('not_found')
  const isEnded = await asSystem(tx, (own) => endLinks(own, at, { id: link, because: 'withdrawn' }))
  if (isEnded) await audit(tx, 'oneTimeLink', { region: at.region, matter: at.id, detail: { change: 'withdrawn', link } })
}

type Ending = ({ id: string } | { holder: string }) & { because: 'withdrawn' | 'reissued' | 'tries' }

/** Ends a link, or whichever a holder has; whether one was ended. Runs as the system. */
export async function endLinks(tx: Tx, { region, id: matter }: MatterId, { because, ...which }: Ending): Promise<boolean> {
  const [column, value] = 'id' in which ? (['id', which.id] as const) : (['holder', which.holder] as const)
  const ended = await tx.db
    .updateTable('seat_link')
    .set({ ended_at: tx.now, ended_because: because, token_hash: null })
    .where('region', '=', region)
    .where('matter', '=', matter)
    .where(column, '=', value)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute()
  return ended.length > 0
}
