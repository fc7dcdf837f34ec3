import { z } from 'zod'
import { refuse } from '#kernel/refusal.ts'
import { looksFor, type Look, type Until } from '#engine/listening.ts'
import { stream, type Word } from '#platform/http/route.ts'
import type { Session } from '#platform/doors/sessions.ts'
import type { Platform } from '#platform/platform.ts'
import { listenToMatter } from './matter/live.ts'
import { listenToQueue } from './queue/live.ts'
import type { Listening, Opening } from './live-topic.ts'

/** What a page may listen to, by the first part of a topic's name. */
const topics: Readonly<Record<string, Opening>> = { matter: listenToMatter, queue: listenToQueue }

/** As many as a page can have use for. */
const most = 5

const Topics = z.object({ topics: z.string().regex(/^[a-z]+(\.[0-9a-f-]+)*(,[a-z]+(\.[0-9a-f-]+)*)*$/) })

/**
 * All that one page listens to, in one stream: `changed` when a topic reads differently, `people` when others came to look or went, `over` when it is none of the
 * reader's any more. Each topic asks for itself whether they may hear it. A word holds the topic's name and a mark, and nothing of what is in it.
 */
export const liveStream = stream({
  path: '/api/live/:topics',
  id: 'live',
  params: Topics,
  async open(on, { params, session, lastId }, until) {
    const names = [...new Set(params.topics.split(','))].slice(0, most)
    const heard = new URLSearchParams(lastId ?? '')
    const open = new Map<string, Listening>()
    for (const name of names) {
      const [kind = '', ...rest] = name.split('.')
      const listening = await topics[kind]?.(on, { session, rest, last: heard.get(name), now: until.now })
      if (listening) open.set(name, listening)
    }
    if (!open.size) refuse('not_found')
    return words(on, { session, names, open, marks: new URLSearchParams([...heard].filter(([name]) => open.has(name))) }, until)
  },
})

type Page = { session: Session; names: readonly string[]; open: Map<string, Listening>; marks: URLSearchParams }

async function* words(on: Platform, page: Page, until: Until): AsyncGenerator<Word> {
  const { session, names, open, marks } = page
  for (const name of names) if (!open.has(name)) yield over(name)
  const all = [...open.values()]
  try {
    for await (const look of looksFor(on, { session, matters: all.flatMap(({ matters }) => matters) }, until)) {
      for (const [name, its] of open) yield* told(name, { its, look, open, marks })
      if (!open.size) return
    }
  } catch (error) {
    if (!until.signal.aborted) throw error
  } finally {
    for (const { leave } of all) await leave?.()
  }
}

const over = (topic: string): Word => ({ event: 'over', data: { topic } })

type Telling = Pick<Page, 'open' | 'marks'> & { its: Listening; look: Look }

async function* told(topic: string, { its, look, open, marks }: Telling): AsyncGenerator<Word> {
  const news = await its.hear(look)
  if (!news) {
    open.delete(topic)
    yield over(topic)
  }
  for (const { event, mark } of news ?? []) {
    if (mark !== undefined) marks.set(topic, mark)
    yield { event, ...(marks.size && { id: marks.toString() }), data: { topic, ...(mark !== undefined && { mark }) } }
  }
}
