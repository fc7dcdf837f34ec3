import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import type { Actor } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import type { Proof, Way } from '#records/links/ways.ts'
import { sendLink, withdrawLink } from '#records/links/sending.ts'
import { browser, type Browser } from '#test/site.ts'
import { mediating } from '#test/scenarios/mediating.ts'
import { cast, type World } from '#test/world.ts'

/** Where people reach the service, in tests that read a link. */
const origin = 'https://fahui.test'

/** A link as its letter holds it: its id, the path it leads to, and the six digits that were told apart. */
export type Link = { id: string; path: string; secret: string; code: string; letter: string }

/** Liu at the counter sends somebody a link: on paper, proved by what they are told, where nothing else is said. The letter of one by text is the text that left. */
export async function sent(
  w: World,
  m: MatterId,
  holder: string,
  { who = cast.liu, way = 'paper', proof = 'spoken', id = v7() }: { who?: Actor; way?: Way; proof?: Proof; id?: string } = {},
): Promise<Link> {
  const made = await w.run(who, (tx) => sendLink(tx, m, { link: id, holder, way, proof }, origin))
  const letter = made.letter ?? w.gateway.sent.findLast((message) => message.id === id)?.text ?? ''
  const path = /https:\/\/fahui\.test(\/l\/[0-9A-Z-]+)/.exec(letter)?.[1] ?? ''
  return { id, path, secret: path.slice('/l/'.length), code: made.code ?? '', letter }
}

/** Liu takes a link back. */
export const withdrawn = (w: World, m: MatterId, link: Link): Promise<void> => w.run(cast.liu, (tx) => withdrawLink(tx, m, link.id))

/** Somebody opens the address of a letter, presses the button and is asked who they are. */
export async function pressed(app: FastifyInstance, { path, secret }: Link, its: Browser = browser(app)): Promise<Browser> {
  await its.get(path)
  await its.post('/l', { secret })
  return its
}

/** The same, and they prove it. */
export async function openedBy(app: FastifyInstance, link: Link, answer = link.code, its?: Browser): Promise<Browser> {
  const there = await pressed(app, link, its)
  await there.post('/l/proof', { answer })
  return there
}

/** The number that the other side of a dispute is reached by. */
export const phone = '19900007788'

/** Li asks for mediation, and the other side, 马老三, was named and has no account; with their holder. */
export async function dispute(w: World, reached: object = { phone }, over: object = {}): Promise<{ m: Matter; holder: string }> {
  const the = mediating(w)
  const m = await the.open({ ...over })
  await the.link(m, await the.heldBy(m, 'applicant'), cast.li)
  await the.invite(m, '马老三', reached)
  return { m: await w.read(m), holder: await the.heldBy(m, 'respondent') }
}

/** Whether this browser is shown the page of a matter. */
export const isIn = async (its: Browser, m: Matter): Promise<boolean> => (await its.get(`/m/${m.code}`)).statusCode === 200

/** Somebody presses the button of an action on the page of a matter. */
export const doneBy = (its: Browser, m: Matter, action: string) => its.post(`/m/${m.code}/do/${action}`, { key: v7() })

/** A link as it is kept. */
export const rowOf = (w: World, { id }: Link) =>
  w.run(cast.clockwork, (tx) => tx.db.selectFrom('seat_link').selectAll().where('id', '=', id).executeTakeFirstOrThrow())

/** The code that was last sent to the phone. */
export const codeSent = (w: World): string =>
  /\d{6}/.exec(w.gateway.sent.findLast(({ to, isCode }) => to === phone && isCode)?.text ?? '')?.[0] ?? ''
