import { sql } from 'kysely'
import type { Field, Question } from '#kernel/journey/journey.ts'
import { rowOf } from '#kernel/keyed.ts'
import type { Line, Text } from '#kernel/line.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { hasTwoSides, holdersIn } from '#kernel/seat.ts'
import { whoTitle } from '#kernel/face.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import { isPartyTo, ownerIn, worksOn } from '#engine/standing.ts'
import { isRecused } from '#engine/traits.ts'
import { audit } from '#platform/keys/audit.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { questionsOf } from '#records/people/questions.ts'
import { isUseStopped } from './erasure.ts'

/** Something somebody holds in a matter: a paper by its id, or what they answered to a question. */
export type Shareable = { paper: string } | { question: string }

/** What tells where somebody lives, how they are reached or who they are in the register of residents. */
const personal: ReadonlySet<Field['kind']> = new Set(['phone', 'address', 'idNumber'])

/** Whether an answer may ever be shown to the other side: none that says how or where its person is found. */
export const isShareable = ({ key, fields }: Pick<Question, 'key' | 'fields'>): boolean =>
  key !== 'contact' && key !== 'notice' && !fields.some(({ kind }) => personal.has(kind))

/** Whether something may be shown to somebody in a matter at all, and is this reader's to show: their own, or the desk's where they work on it. Whoever came by a link shows nothing: they may not come back to take it back. */
export function mayShare(tx: Tx, matter: Matter, holder: string): boolean {
  if (tx.actor.kind === 'party' || !hasTwoSides(lineIn(tx, matter))) return false
  const isDesks = holder === 'desk' && !isPartyTo(tx, matter) && worksOn(tx, matter) && !isRecused(tx.on, matter, tx.actor.id)
  return isDesks || (isPartyTo(tx, matter) && holder === ownerIn(tx, matter, tx.actor.id))
}

const lineIn = (tx: Tx, { line, edition }: Matter): Line => lineOf(tx.on, line, edition)

/** Shows a paper or an answer to the other seats of its matter. Refuses what is not the actor's to show, and with `never_shared` how they are reached. */
export const share = (tx: Tx, at: MatterId, its: Shareable): Promise<void> => change(tx, at, its, true)

/** Takes that back: from now on the others do not find it. What they have read they have read. */
export const unshare = (tx: Tx, at: MatterId, its: Shareable): Promise<void> => change(tx, at, its, false)

async function change(tx: Tx, at: MatterId, its: Shareable, shown: boolean): Promise<void> {
  const matter = (await lockMatter(tx, at)) ?? refuse('not_found')
  if (!hasTwoSides(lineIn(tx, matter))) refuse('not_applicable')
  if (await isUseStopped(tx, at)) refuse('use_stopped')
  const held = await findShareable(tx, matter, its)
  if (!(await held.set(shown))) return
  await audit(tx, shown ? 'shared' : 'unshared', { region: at.region, matter: at.id, detail: { ...its, holder: held.holder } })
}

/** Something held, whether the other seats see it, and the one way to show it or not: whether that changed anything. */
export type Held = { title: Text; holder: string; isShared: boolean; set(shown: boolean): Promise<boolean> }

/** What is named, where it is the actor's to show. Refuses what is not, and with `never_shared` how they are reached. */
export async function findShareable(tx: Tx, matter: Matter, its: Shareable): Promise<Held> {
  const held = 'paper' in its ? await paperIn(tx, matter, its.paper) : await answerIn(tx, matter, its.question)
  return mayShare(tx, matter, held.holder) ? held : refuse('not_permitted', { action: 'share' })
}

async function paperIn(tx: Tx, matter: Matter, paper: string): Promise<Held> {
  const { region, id } = matter
  const { rows } = await sql<{
    kind: string
    holder: string
    isShared: boolean
  }>`select d.kind, d.holder, d.is_shared as "isShared" from document d
    where d.region = ${region} and d.matter = ${id} and d.id::text = ${paper} and d.erased_at is null`.execute(tx.db)
  const { kind, ...held } = rows[0] ?? refuse('not_found')
  const title = rowOf(lineIn(tx, matter).documents, kind)?.title ?? { zh: kind, en: kind }
  return { ...held, title, set: (shown) => changed(tx, sql`sec.share_paper(${region}, ${paper}, ${shown})`) }
}

async function answerIn(tx: Tx, matter: Matter, question: string): Promise<Held> {
  const { region, id } = matter
  const asked = (await questionsOf(tx, matter, dayOf(tx.now))).find(({ key }) => key === question) ?? refuse('not_found', { question })
  if (!isShareable(asked)) refuse('never_shared', { question })
  const holder = ownerIn(tx, matter, tx.actor.id)
  const { rows } = await sql<{ isShared: boolean }>`select a.is_shared as "isShared" from answer a
    where a.region = ${region} and a.matter = ${id} and a.question = ${question} and a.holder = ${holder} order by a.seq desc limit 1`.execute(
    tx.db,
  )
  const { isShared } = rows[0] ?? refuse('not_found', { question })
  return {
    title: asked.title,
    holder,
    isShared,
    set: (shown) => changed(tx, sql`sec.share_answer(${region}, ${id}, ${question}, ${shown})`),
  }
}

const changed = async (tx: Tx, call: ReturnType<typeof sql>): Promise<boolean> =>
  (await sql<{ is: boolean }>`select ${call} as is`.execute(tx.db)).rows[0]?.is ?? false

/** By what word a holder goes at the table: their seat's, or the desk's; what was said there stays when they leave it. */
export function holderTitle(line: Line, matter: Matter, holder: string): Text {
  const seat = Object.keys(line.seats).find((one) => holdersIn(matter, one).some(({ id }) => id === holder))
  return seat || holder === 'desk' ? whoTitle(line, seat ?? 'desk') : gone
}

const gone: Text = { zh: '已经退出的人', en: 'somebody who left' }

/** Those whom something of `holder`'s would be shown to: every seat of a party that somebody else holds. */
export const otherSeats = (line: Line, matter: Matter, holder: string): Text[] =>
  Object.entries(line.seats).flatMap(([seat, { side, title }]) =>
    side !== 'works' && holdersIn(matter, seat).some(({ id }) => id !== holder) ? [title] : [],
  )
