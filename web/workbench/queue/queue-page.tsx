import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { meQuery, queueQuery } from '../api.ts'
import { BulkBar } from './bulk-bar.tsx'
import type { Queue } from '../contract.ts'
import { listenTo } from '../frame/live.ts'
import { firstPage, paths, purposes, queueText, type QueueSearch } from '../frame/paths.ts'
import { purposesFor, purposeWords } from '../matter/purposes.ts'
import { FloodBar } from './flood-bar.tsx'
import { countOf, QueueFilters } from './queue-filters.tsx'
import { QueueTable } from './queue-table.tsx'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { daysBetween, now } from '../ui/time.ts'
import { useQueueKeys } from './use-queue-keys.ts'
import { useSelection } from './use-selection.ts'

/** Matters queued by purpose; which queue, narrowed to what, and which page are in the address. */
export default function QueuePage() {
  const search = useSearch({ from: paths.queue })
  // The counts of the page before stay while the next one loads, so that the tabs do not jump; its rows do not.
  const queue = useQuery({ ...queueQuery(search), placeholderData: keepPreviousData })
  const rows = queue.isPlaceholderData ? undefined : queue.data?.rows
  const selection = useSelection(rows, queueText(search))
  useQueueKeys(rows, selection)
  useFreshWalk()
  useFreshQueue()
  return (
    <div className="page">
      <title>{`${purposes[search.purpose]} · 法惠工作台`}</title>
      <div className="queue-title">
        <h1>{purposes[search.purpose]}</h1>
        <p className="aside">{purposeWords[search.purpose].about}</p>
        <Start search={search} queue={rows ? queue.data : undefined} />
      </div>
      <StaffFloodBar />
      <Purposes queue={queue.data} />
      <SavedFilters />
      <QueueFilters found={queue.isPlaceholderData ? undefined : queue.data?.found} />
      {queue.error && <LoadFailure error={queue.error} retry={queue.refetch} />}
      {(rows || !queue.error) && <QueueTable search={search} rows={rows} selection={selection} />}
      <Pages queue={queue.isPlaceholderData ? undefined : queue.data} />
      <BulkBar selection={selection} />
    </div>
  )
}

/** Lawyers have their own few matters, and are told nothing of a desk's. */
function StaffFloodBar() {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  return me?.kind === 'staff' ? <FloodBar isQueue /> : null
}

/** Whoever sets out from the queue again walks through it as it stands now. */
function useFreshWalk() {
  const queries = useQueryClient()
  useEffect(() => queries.removeQueries({ queryKey: ['walk'] }), [queries])
}

/** Whoever looks at a queue sees what others do in it. */
function useFreshQueue() {
  const queries = useQueryClient()
  useEffect(() => listenTo('queue', { changed: () => void queries.invalidateQueries({ queryKey: ['queue'] }) }), [queries])
}

function Start({ search, queue }: { search: QueueSearch; queue: Queue | undefined }) {
  const first = queue?.rows[0]
  if (!first) return null
  return (
    <Link to={paths.matter} params={first} search={{ from: queueText(search) }} className="start">
      {purposeWords[search.purpose].start}
    </Link>
  )
}

function Purposes({ queue }: { queue: Queue | undefined }) {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  return (
    <nav aria-label="按要做的事分" className="purposes">
      {purposesFor(me).map((purpose) => (
        <Link key={purpose} to={paths.queue} search={(was) => ({ ...firstPage({ ...was, purpose }) })} activeOptions={{ exact: false }}>
          <span className="purpose">{purposes[purpose]}</span>
          <span className="count">{queue ? countOf(queue.counts[purpose]) : '\u00a0'}</span>
          <span className="age">{ageOf(queue?.oldest[purpose])}</span>
        </Link>
      ))}
    </nav>
  )
}

function ageOf(oldest: string | null | undefined): string {
  if (!oldest) return '\u00a0'
  const days = daysBetween(oldest, now())
  return days > 0 ? `最早 ${days} 天前` : '最早今天'
}

function Pages({ queue }: { queue: Queue | undefined }) {
  const search = useSearch({ from: paths.queue })
  const first = firstPage(search)
  const isInside = search.after !== undefined || search.before !== undefined
  if (!queue || (!isInside && !queue.next)) return null
  return (
    <nav aria-label="翻页" className="pages">
      {isInside && (
        <Link to={paths.queue} search={first}>
          回到第一页
        </Link>
      )}
      {queue.previous && (
        <Link to={paths.queue} search={{ ...first, before: queue.previous }}>
          上一页
        </Link>
      )}
      {queue.next && (
        <Link to={paths.queue} search={{ ...first, after: queue.next }}>
          下一页
        </Link>
      )}
    </nav>
  )
}
