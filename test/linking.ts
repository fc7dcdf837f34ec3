import { v7 } from 'uuid'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '#kernel/actor.ts'
import type { MatterId } from '#kernel/matter.ts'
import type { Proof, Way } from '#records/links/ways.ts'
import { sendLink, withdrawLink } from '#records/links/sending.ts'
import { browser, type Browser } from '#test/site.ts'
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
