import { withWords } from '#kernel/free-text.ts'
import type { Form, Line } from '#kernel/line.ts'
import type { Event, Matter, MatterId } from '#kernel/matter.ts'
import { putWords, wordsIn } from '#platform/keys/said.ts'
import { keepWords, spelt, type Words } from '#platform/keys/words.ts'
import { say, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { eventsOf } from './matter-rows.ts'

/** An event as the log keeps it: a mark in place of whatever was written in it, which leaves for where it can be erased. */
export function withoutWords(tx: Tx, line: Line, event: Event): Event {
  const form = line.actions[event.action]?.form
  return form ? { ...event, input: marked(tx, form, event, event.input) } : event
}

/** The same of what a matter is opened with. */
export const openedWithoutWords = (tx: Tx, line: Line, at: MatterId, data: Matter['data']): Matter['data'] =>
  line.data ? marked(tx, line.data, { ...at, seq: 0 }, data) : data

function marked(
  tx: Tx,
  form: Form,
  { region, id, seq }: MatterId & { seq: number },
  input: Record<string, unknown>,
): Record<string, unknown> {
  const kept: Words[] = []
  const recorded = withWords(form, input, (said) => {
    const words = keepWords(tx.on.keyring, region, said)
    kept.push(words)
    return words.mark
  })
  putWords(tx, { region, matter: id, seq, kind: 'event', actor: tx.actor.id }, kept)
  return recorded as Record<string, unknown> // a form is an object
}

/** A matter and its log as they are told: with what was written in its steps, or a sentence where that was erased. */
export async function toldOf(tx: Tx, matter: Matter, language: Language): Promise<{ matter: Matter; events: Event[] }> {
  const [events, words] = await Promise.all([eventsOf(tx, matter), wordsIn(tx, matter)])
  const gone = say(language, 'said.erased')
  return {
    matter: { ...matter, data: spelt(matter.data, words, gone) },
    events: events.map((event) => ({ ...event, input: spelt(event.input, words, gone) })),
  }
}

/** The log alone, as it is told. */
export const eventsTold = async (tx: Tx, matter: Matter, language: Language): Promise<Event[]> =>
  (await toldOf(tx, matter, language)).events
