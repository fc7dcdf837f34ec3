import { Session, type Profiler } from 'node:inspector/promises'

/** What part of the serving thread's busy time went where, the most first. */
export type Profiled = readonly { what: string; share: number }[]

type Frame = Profiler.ProfileNode['callFrame']

/** The first that fits takes a frame. */
const groups: readonly [what: string, fits: (frame: Frame) => boolean][] = [
  ['writing to the socket', ({ functionName }) => /^write(v|Buffer|Utf8String|Latin1String)$/.test(functionName)],
  ['the garbage collector', ({ functionName }) => functionName === '(garbage collector)'],
  ['encoding statements and reading answers (pg)', ({ url }) => /node_modules\/pg(-[a-z]+)?\//.test(url) && !url.includes('pg-boss')],
  ['queueing the job (pg-boss)', ({ url }) => url.includes('node_modules/pg-boss')],
  ['building queries (Kysely)', ({ url }) => url.includes('node_modules/kysely')],
  ['checking the form (Zod)', ({ url }) => url.includes('node_modules/zod')],
  ['signing and digests (node:crypto)', ({ url }) => url.startsWith('node:internal/crypto')],
  ['the engine and the platform (src)', ({ url }) => url.includes('/src/')],
  ['sockets, streams and promises (Node)', ({ url, functionName }) => url.startsWith('node:') || functionName === 'runMicrotasks'],
  ['other', () => true],
]
const waiting = new Set(['(idle)', '(root)'])

/** Profiles this thread while `work` runs. */
export async function profiled(work: () => Promise<unknown>): Promise<Profiled> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return sharesOf(profile)
}

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Profiled {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const spent = new Map<string, number>()
  for (const [n, id] of samples.entries()) {
    const frame = frames.get(id)
    const what = frame && !waiting.has(frame.functionName) ? groups.find(([, fits]) => fits(frame))?.[0] : undefined
    if (what) spent.set(what, (spent.get(what) ?? 0) + (timeDeltas[n] ?? 0))
  }
  const busy = [...spent.values()].reduce((sum, one) => sum + one, 0)
  return [...spent].map(([what, time]) => ({ what, share: time / busy })).toSorted((a, b) => b.share - a.share)
}
