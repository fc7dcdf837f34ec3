import { useSyncExternalStore } from 'react'
import { act, Refused } from '../api.ts'
import type { At, BulkRow } from '../contract.ts'
import { newKey } from './drafts.ts'

/** One matter of a batch. Its key is made before anything is sent and never changes, so sending it again does nothing twice. */
export type BulkItem = At & {
  label: string
  path: string
  version: number
  key: string
  status: 'waiting' | 'done' | 'failed'
  why?: string
}

/** One action taken for many matters, by one person. */
export type BulkJob = { by: string; title: string; input: Record<string, unknown>; items: readonly BulkItem[] }

type Standing = { job: BulkJob | null; isRunning: boolean }

// Kept with the tab, so that reloading half-way loses nothing; it ends when another signs in or this one signs out.
const shelf = 'fahui.bulk'
let standing: Standing = { job: kept(), isRunning: false }
const changed = new EventTarget()

function kept(): BulkJob | null {
  const text = sessionStorage.getItem(shelf)
  return text ? (JSON.parse(text) as BulkJob) : null // written below alone
}

function stand(next: Standing): void {
  standing = next
  if (next.job) sessionStorage.setItem(shelf, JSON.stringify(next.job))
  else sessionStorage.removeItem(shelf)
  changed.dispatchEvent(new Event('change'))
}

const subscribe = (tell: () => void) => {
  changed.addEventListener('change', tell)
  return () => changed.removeEventListener('change', tell)
}

/** The batch at hand, wherever one is in the workbench. */
export const useBulkJob = (): Standing => useSyncExternalStore(subscribe, () => standing)

/** Begins a batch with the matters the preview allowed. */
export function startBulk(job: Omit<BulkJob, 'items'>, rows: readonly BulkRow[]): void {
  const items = rows.map(({ region, id, number, title, path, version }): BulkItem => ({
    region,
    id,
    label: [number, title].filter(Boolean).join(' '),
    path,
    version,
    key: newKey(),
    status: 'waiting',
  }))
  stand({ job: { ...job, items }, isRunning: false })
  void runBulk()
}

/** Goes on where it stopped, one matter after another. */
export async function runBulk(): Promise<void> {
  if (standing.isRunning) return
  stand({ ...standing, isRunning: true })
  for (let item = nextItem(); item && standing.isRunning; item = nextItem()) await take(item)
  stand({ ...standing, isRunning: false })
}

const nextItem = () => standing.job?.items.find(({ status }) => status === 'waiting')

/** Stops after the matter that is being taken. */
export const stopBulk = () => stand({ ...standing, isRunning: false })

/** Puts what failed back in line; what moved on meanwhile is taken as it stands now, since its reader was told. */
export function retryBulk(): void {
  for (const item of standing.job?.items ?? []) if (item.status === 'failed') mark(item, { status: 'waiting' })
  void runBulk()
}

/** Forgets the batch; what was done stays done. */
export const dropBulk = () => stand({ job: null, isRunning: false })

function mark({ key }: BulkItem, change: Partial<BulkItem>): void {
  const { job } = standing
  if (job) stand({ ...standing, job: { ...job, items: job.items.map((item) => (item.key === key ? { ...item, ...change } : item)) } })
}

async function take(item: BulkItem): Promise<void> {
  try {
    await act(item.path, { version: item.version, key: item.key, input: standing.job?.input ?? {} })
    mark(item, { status: 'done' })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (stopping.has(error.code)) return stopBulk()
    const { version = item.version } = error.detail
    mark(item, { status: 'failed', why: error.message, version })
  }
}

/** Without a session or a network nothing further would be taken; whether this one was, its key will tell when it is sent again. */
const stopping = new Set(['sign_in_first', 'unreachable'])
