import { parentPort, workerData } from 'node:worker_threads'
import { connectThread } from '#platform/database/thread-database.ts'
import { keyFinder } from '#platform/keys/keyring.ts'
import { slicesAtOnce, type Answered, type Asked, type CrewTask, type Work } from './crew.ts'
import { sliceDecider } from './deciding.ts'
import { readSlice } from './reading.ts'

const { login, keyFolder, ...task } = workerData as CrewTask // `openCrew` alone starts this
// Keys crossed to this thread as plain bytes.
const keys = new Map([...task.ring.keys].map(([kid, key]) => [kid, Buffer.from(key)]))
const decide = sliceDecider({ ...task, ring: { ...task.ring, keys, learn: keyFinder(keyFolder, keys) } })
const reading = login && connectThread(login, slicesAtOnce)

async function linesOf(work: Work): Promise<string> {
  if ('lines' in work) return work.lines
  const under = await reading
  if (!under) throw new Error('A slice to be read came to a thread without a login. Does `openCrew` ask as its database can?')
  return under(work.context, (tx) => readSlice(tx, work.slice))
}

async function answer({ id, ...work }: Asked): Promise<void> {
  const lines = await linesOf(work)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage({ id, decided: decide(lines) } satisfies Answered)
}

parentPort?.on('message', (asked: Asked) => void answer(asked))
