import { liveUrl } from './paths.ts'

/** What a page does about a topic it listens to: `again` when its stream begins, each time, `over` when the topic is the reader's no more or the server refuses. */
export type Hearing = {
  changed?(mark?: string): void
  people?(): void
  over?(): void
  again?(): void
  lost?(isLost: boolean): void
}

/** A lost connection mostly comes back by itself before anybody needs to know. */
const lostMs = 5000
/** After the server's no, or a proxy's, the page asks again this often. */
const againMs = 10_000

const hearings = new Map<string, Set<Hearing>>()
let stop: (() => void) | undefined
let isTurning = false

/** Listens to a topic while the page is looked at. However many topics a page has, there is one stream: a browser allows few connections to one server. */
export function listenTo(topic: string, hearing: Hearing): () => void {
  const its = hearings.get(topic) ?? new Set()
  hearings.set(topic, its.add(hearing))
  turn()
  return () => {
    its.delete(hearing)
    if (!its.size) hearings.delete(topic)
    hearing.lost?.(false)
    turn()
  }
}

/** Begins anew with the topics there are, once a page has said all of them. */
function turn(): void {
  if (isTurning) return
  isTurning = true
  queueMicrotask(() => {
    isTurning = false
    stop?.()
    stop = hearings.size > 0 && !document.hidden ? follow([...hearings.keys()].toSorted()) : undefined
  })
}

document.addEventListener('visibilitychange', turn)

const tell = (what: (its: Hearing) => void) => {
  for (const its of hearings.values()) for (const one of its) what(one)
}
const tellOf = (topic: string, what: (its: Hearing) => void) => {
  for (const one of hearings.get(topic) ?? []) what(one)
}

type Said = { topic: string; mark?: string }
const saidIn = ({ data }: MessageEvent<string>): Said => JSON.parse(data) as Said // as src/api/live.ts writes it

function follow(topics: readonly string[]): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: EventSource
  const found = () => {
    clearTimeout(timer)
    timer = undefined
    tell((one) => one.lost?.(false))
    tell((one) => one.again?.())
  }
  const lost = () => {
    timer ??= setTimeout(() => tell((one) => one.lost?.(true)), lostMs)
    if (source.readyState !== EventSource.CLOSED) return
    tell((one) => one.over?.())
    clearTimeout(timer)
    timer = setTimeout(open, againMs)
  }
  const open = () => {
    timer = undefined
    source = new EventSource(liveUrl(topics))
    source.addEventListener('open', found)
    source.addEventListener('error', lost)
    source.addEventListener('changed', (event: MessageEvent<string>) => {
      const { topic, mark } = saidIn(event)
      tellOf(topic, (one) => one.changed?.(mark))
    })
    source.addEventListener('people', (event: MessageEvent<string>) => tellOf(saidIn(event).topic, (one) => one.people?.()))
    source.addEventListener('over', (event: MessageEvent<string>) => tellOf(saidIn(event).topic, (one) => one.over?.()))
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
