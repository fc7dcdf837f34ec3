import { dutiesFor, type Actor, type Handled } from '#kernel/actor.ts'
import { beginsFiled, beginsIn, born, check, decideAllowed, evolve, opening, type Opening } from '#kernel/decide.ts'
import { tick } from '#kernel/limits/clocks.ts'
import { joiningAccount } from '#kernel/own-steps/joining-account.ts'
import { isPart } from '#kernel/joint.ts'
import { actionOf, type Action, type Form, type Law, type Line } from '#kernel/line.ts'
import type { Event, Matter, MatterId } from '#kernel/matter.ts'
import { no, Refusal, refuse } from '#kernel/refusal.ts'
import { removingPaper, type PaperRemoved } from '#kernel/own-steps/removing-paper.ts'
import { intentOf } from '#platform/keys/words.ts'
import { queueEffect } from './jobs.ts'
import { confineWithParent } from './confining.ts'
import { noteFiling } from './filing-source.ts'
import { noOffice, officeFor } from './handling-office.ts'
import {
  addMatter,
  addOpening,
  addStanding,
  clocksOf,
  drawNumber,
  findReplay,
  lockMatter,
  saveStep,
  touchReplay,
  type Step,
  type Used,
} from './matter-rows.ts'
import { openedWithoutWords, withoutWords } from './words.ts'
import { lineOf, newest } from '#platform/platform.ts'
import { lawOf, type Tx } from '#platform/tx.ts'

export type ActOptions = {
  /** The line whose matters this acts in; another's is not found. */
  line?: string | undefined
  /** The version the actor saw; a newer one refuses the action as `stale`. */
  expect?: number | undefined
  /** A UUID made by the client; the same key again answers what was done and does nothing. */
  key?: string | undefined
  /** Digest of what the client asked, where that is not the input given: tells a repeat from a key used twice. */
  intent?: string | undefined
  /** Makes of the input what is recorded, once the action is allowed and while the matter is held. A repeat is not prepared again: it would record other ids. */
  prepare?(matter: Matter, action: Action<string, Form>): Promise<unknown>
}

/**
 * The only way a matter changes. In one transaction: lock → check → prepare → decide → evolve → append → clocks → jobs.
 * Refuses with `stale`, `key_reused`, or whatever the line says.
 */
export async function act(tx: Tx, at: MatterId, key: string, input: unknown, options: ActOptions = {}): Promise<Matter> {
  const { matter, clocks, before } = await lockCase(tx, at, options.key)
  if (options.line && options.line !== matter.line) refuse('not_found')
  const line = lineOf(tx.on, matter.line, matter.edition)
  const action = actionOf(line, key) ?? refuse('not_found', { action: key })
  const intent = options.intent ?? intentOf(tx.on.keyring, { action: key, input })
  if (options.key && (await replayed(tx, at, options.key, intent, before))) return matter
  if (options.expect !== undefined && options.expect !== matter.version) throw new Refusal(no('stale', { version: matter.version }))
  const its = { actor: tx.actor, now: tx.now, law: lawOf(tx, at.region) }
  const refusal = check(line, matter, key, its)
  if (refusal) throw new Refusal(refusal)
  const recorded = options.prepare ? await options.prepare(matter, action) : input
  const number = await numberFor(tx, line, matter, action, recorded)
  const event = await handled(tx, line, matter, decideAllowed(line, matter, key, recorded, its, number))
  const replay = options.key ? { key: options.key, intent } : null
  if (action.files) await noteFiling(tx, at)
  return write(tx, { line, before: matter, event, clocks, replay, law: its.law })
}

/** Writes what an event makes of its matter: all of it is on its way when this returns. */
function write(tx: Tx, { law, ...step }: Omit<Step, 'matter' | 'changed'> & { law: Law }): Matter {
  const { line, before, clocks } = step
  const event = withoutWords(tx, line, step.event)
  const matter = evolve(line, before, event)
  const changed = tick(line, clocks, { event, matter, law })
  saveStep(tx, { ...step, event, matter, changed })
  enqueue(tx, line, event)
  return matter
}

/** Whoever sat in the matter under one account, or as a `holder` without any, sits there under another account of the same person, by an event of the log. Runs as the system, which has seen the proof. */
export async function joinAccount(tx: Tx, at: MatterId, accounts: { from: string; to: string }): Promise<void> {
  const { matter, clocks } = await lockCase(tx, at, undefined)
  const line = lineOf(tx.on, matter.line, matter.edition)
  const event = joiningAccount(matter, accounts, tx)
  saveStep(tx, { line, before: matter, matter: evolve(line, matter, event), event, clocks, changed: [], replay: null })
}

/** A paper of the matter is no longer held, by an event of the log that is told to whoever the paper was `holder`'s; returns that event. Runs as the system. */
export async function removePaper(tx: Tx, at: MatterId, { holder, ...removed }: PaperRemoved & { holder: string }): Promise<Event> {
  const { matter, clocks } = await lockCase(tx, at, undefined)
  const line = lineOf(tx.on, matter.line, matter.edition)
  const event = removingPaper(matter, removed, tx)
  saveStep(tx, { line, before: matter, matter: evolve(line, matter, event), event, clocks, changed: [], replay: null, holder })
  return event
}

/** The matter held, then its limits and what the key was used for: three statements, each seeing what the one before waited for, on one round trip. */
async function lockCase(tx: Tx, at: MatterId, key: string | undefined) {
  const [matter, clocks, before] = await Promise.all([
    lockMatter(tx, at),
    clocksOf(tx, at),
    key ? findReplay(tx, at.region, key) : undefined,
  ])
  return { matter: matter ?? refuse('not_found'), clocks, before }
}

/** Opens a matter under the newest edition of its line. The id is made by the client: opening the same id again answers the matter that is there. */
export const open = (tx: Tx, lineKey: string, at: MatterId, opened: Opened): Promise<Matter> => openIn(tx, lineKey, at, opened, undefined)

/** Opens one that another service refers here, where its line takes those in; refuses with `not_found` where it takes in none. Runs as the system. */
export async function openReferred(tx: Tx, lineKey: string, at: MatterId, opened: Opened): Promise<Matter> {
  return openIn(tx, lineKey, at, opened, newest(tx.on, lineKey)?.receives ?? refuse('not_found', { line: lineKey }))
}

/** What whoever opens a matter says of it. */
export type Opened = Omit<Opening, 'line' | 'edition' | 'number' | 'office'>

async function openIn(tx: Tx, lineKey: string, at: MatterId, opened: Opened, state: string | undefined): Promise<Matter> {
  const line = newest(tx.on, lineKey) ?? refuse('not_found', { line: lineKey })
  const intent = intentOf(tx.on.keyring, { open: lineKey, at })
  const before = await openedBefore(tx, at, intent)
  if (before) return before
  const office = await officeFor(tx, line, at, opened.parent)
  mayOpen(line, tx.actor, { region: at.region, office, line: lineKey })
  const begins = state ?? beginsIn(line, tx.actor)
  const isFiled = beginsFiled(line, begins)
  if (isFiled && office === noOffice) refuse('no_office')
  const number = isFiled && line.numbered && begins !== line.receives ? await drawNumber(tx, line, at, line.numbered) : null
  const data = openedWithoutWords(tx, line, at, opened.data)
  const its = { actor: tx.actor, now: tx.now, begins }
  const event = opening(at, { ...opened, data, line: line.key, edition: line.edition, office, number }, its)
  const matter = born(line, event)
  const clocks = tick(line, [], { event, matter, law: lawOf(tx, at.region) })
  if (!((await addStanding(tx, line, matter, event)) && (await addMatter(tx, line, matter, clocks))))
    return (await openedBefore(tx, at, intent)) ?? refuse('key_reused') // opened meanwhile, or by somebody else
  if (matter.parent) await confineWithParent(tx, matter)
  if (line.files) await noteFiling(tx, matter)
  addOpening(tx, { line, matter, event, clocks, replay: { key: at.id, intent } })
  enqueue(tx, line, event)
  return matter
}

/** The matter this person opened under this id before. */
const openedBefore = async (tx: Tx, at: MatterId, intent: string): Promise<Matter | undefined> =>
  (await replayed(tx, at, at.id, intent, await findReplay(tx, at.region, at.id)))
    ? ((await lockMatter(tx, at)) ?? refuse('not_found'))
    : undefined

/** A duty opens matters where it holds and nowhere else; a person may ask in any county. */
function mayOpen(line: Line, actor: Actor, matter: Handled): void {
  const is = new Set<string>([actor.kind, ...dutiesFor(actor, matter)])
  if (!line.openedBy.some((who) => is.has(who))) throw new Refusal(no('not_permitted', { action: 'open', by: line.openedBy }))
}

/** What is filed is handled by somebody: a draft opened where no office was registered gets one now, or is refused. */
async function handled(tx: Tx, line: Line, matter: Matter, event: Event): Promise<Event> {
  if (matter.office !== noOffice || !line.actions[event.action]?.files) return event
  const office = await officeFor(tx, line, matter, matter.parent)
  return office === noOffice ? refuse('no_office') : { ...event, input: { ...event.input, office } }
}

/** True when this key was used before for the same intent. The answer to a repeat waits for replication because it writes. */
async function replayed(tx: Tx, at: MatterId, key: string, intent: string, before: Used | undefined): Promise<boolean> {
  if (!before) return false
  if (before.matter !== at.id || before.intent !== intent) throw new Refusal(no('key_reused'))
  await touchReplay(tx, at.region, key)
  return true
}

/** Numbers are drawn only for actions that will stand, since the counter's row is a queue every filing in the county stands in. */
async function numberFor(tx: Tx, line: Line, matter: Matter, action: Action<string, Form>, input: unknown): Promise<string | undefined> {
  const kind = matter.number ? undefined : numberKind(action, input)
  return kind && drawNumber(tx, line, matter, kind)
}

/** Undefined where the action draws none, or `decideAllowed` will refuse what was given. */
function numberKind(action: Action<string, Form>, input: unknown): string | undefined {
  if (typeof action.numbered !== 'object') return action.numbered
  const parsed = action.form.safeParse(input)
  return parsed.success ? action.numbered.of(parsed.data) : undefined
}

/** What an event causes, later: on its way when this returns, behind the event it follows from. */
function enqueue(tx: Tx, line: Line, event: Event): void {
  if (isPart(event)) return
  const effects = event.action === 'open' ? line.onOpen : line.actions[event.action]?.effects
  for (const effect of effects ?? []) queueEffect(tx, { effect, region: event.region, id: event.id, seq: event.seq })
}
