import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Decided, ReplayTask } from './replay-deciding.ts'

/** Threads that open and decide slices beside the one that serves. */
export type Crew = AsyncDisposable & { size: number; decide(lines: string): Promise<Decided> }

/** More would only take the cores from the database, which has as much to do. */
const most = 2

/** Starts the threads of one replay; disposing ends them. */
export function openCrew({ replay, draft, rows, ring: { suite, current, keys } }: ReplayTask): Crew {
  const task: ReplayTask = { replay, draft, rows, ring: { suite, current, keys } }
  const workers = Array.from({ length: Math.min(most, availableParallelism()) }, () => openWorker(task))
  let turn = 0
  return {
    size: workers.length,
    decide: (lines) => workers[turn++ % workers.length]!.decide(lines), // there is at least one core
    [Symbol.asyncDispose]: async () => void (await Promise.all(workers.map((worker) => worker.end()))),
  }
}

function openWorker(workerData: ReplayTask) {
  const worker = new Worker(new URL('./replay-worker.ts', import.meta.url), { workerData })
  const waiting: PromiseWithResolvers<Decided>[] = []
  worker.on('message', (decided: Decided) => waiting.shift()?.resolve(decided)) // slices are answered in the order they came
  worker.on('error', (error) => waiting.splice(0).forEach(({ reject }) => reject(error)))
  const decide = (lines: string): Promise<Decided> => {
    const slice = Promise.withResolvers<Decided>()
    waiting.push(slice)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    worker.postMessage(lines)
    return slice.promise
  }
  return { decide, end: () => worker.terminate() }
}
