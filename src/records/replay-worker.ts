import { parentPort, workerData } from 'node:worker_threads'
import { sliceDecider, type ReplayTask } from './replay-deciding.ts'

const task = workerData as ReplayTask // `openCrew` alone starts this
// Keys crossed to this thread as plain bytes.
const keys = new Map([...task.ring.keys].map(([kid, key]) => [kid, Buffer.from(key)]))
const decide = sliceDecider({ ...task, ring: { ...task.ring, keys } })

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
parentPort?.on('message', (lines: string) => parentPort?.postMessage(decide(lines)))
