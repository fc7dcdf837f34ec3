import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Actor } from '#kernel/actor.ts'
import type { Platform } from '#platform/platform.ts'
import type { Login } from '#platform/database/postgres-pool.ts'
import { as, signContext } from '#platform/tx.ts'
import type { Decided, ReplayTask } from './deciding.ts'
import { readSlice, type Slice } from './reading.ts'

/** Threads that open and decide slices beside the one that serves. */
export type Crew = AsyncDisposable & { size: number; decide(reader: Actor, slice: Slice, now: Date): Promise<Decided> }

/** What a thread begins with; `login` where it can read for itself, so that no slice passes through the thread that serves, and the folder of a key added while it runs. */
export type CrewTask = ReplayTask & { login: Login | null; keyFolder: string }
/** A slice to read as whom the signed context names, or the lines of one read already. */
export type Work = { slice: Slice; context: string } | { lines: string }
export type Asked = Work & { id: number }
export type Answered = { id: number; decided: Decided }

/** More would only take the cores from the database, which has as much to do. */
const most = 2
/** While one slice is decided, the next is read. */
export const slicesAtOnce = 2

/** Starts the threads of one replay; disposing ends them. */
export function openCrew(on: Platform, { replay, draft, rows, ring: { suite, current, keys } }: ReplayTask): Crew {
  const { login } = on.database
  const task: CrewTask = { replay, draft, rows, ring: { suite, current, keys }, login, keyFolder: on.keyring.folder }
  const workers = Array.from({ length: Math.min(most, availableParallelism()) }, () => openWorker(task))
  let turn = 0
  const workOf = async (reader: Actor, slice: Slice, now: Date): Promise<Work> =>
    login
      ? { slice, context: signContext(on.keyring.contextKey, reader, on.wallClock()) }
      : { lines: await as(on, reader, now, (tx) => readSlice(tx, slice)) }
  return {
    size: workers.length * slicesAtOnce,
    decide: async (...asked) => workers[turn++ % workers.length]!.decide(await workOf(...asked)), // there is at least one core
    [Symbol.asyncDispose]: async () => void (await Promise.all(workers.map((worker) => worker.end()))),
  }
}

function openWorker(workerData: CrewTask) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
  const waiting = new Map<number, PromiseWithResolvers<Decided>>()
  let asked = 0
  worker.on('message', ({ id, decided }: Answered) => {
    waiting.get(id)?.resolve(decided)
    waiting.delete(id)
  })
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  const decide = (work: Work): Promise<Decided> => {
    const slice = Promise.withResolvers<Decided>()
    waiting.set(++asked, slice)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    worker.postMessage({ ...work, id: asked } satisfies Asked)
    return slice.promise
  }
  return { decide, end: () => worker.terminate() }
}
