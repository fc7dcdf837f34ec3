import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Select } from 'antd'
import { queueQuery } from './api.ts'
import type { Purpose, Queue } from './contract.ts'
import { paths, purposes } from './paths.ts'
import { QueueTable } from './queue-table.tsx'
import { LoadFailure } from './refusal-note.tsx'
import { daysBetween, now } from './time.ts'

/** Matters queued by purpose; which queue, line and page are in the address. */
export default function QueuePage() {
  const search = useSearch({ from: paths.queue })
  // The counts of the page before stay while the next one loads, so that the tabs do not jump; its rows do not.
  const queue = useQuery({ ...queueQuery(search), placeholderData: keepPreviousData })
  const rows = queue.isPlaceholderData ? undefined : queue.data?.rows
  return (
    <div className="page">
      <title>{`${purposes[search.purpose]} · 法惠工作台`}</title>
      <h1>{purposes[search.purpose]}</h1>
      <div className="queue-head">
        <Purposes queue={queue.data} />
        <LineFilter />
      </div>
      {queue.error && <LoadFailure error={queue.error} retry={queue.refetch} />}
      {(rows || !queue.error) && <QueueTable purpose={search.purpose} rows={rows} />}
      <Pages next={queue.isPlaceholderData ? null : queue.data?.next} />
    </div>
  )
}

const Purposes = ({ queue }: { queue: Queue | undefined }) => (
  <nav aria-label="按要做的事分" className="purposes">
    {(Object.keys(purposes) as Purpose[]).map((purpose) => (
      // the table's keys are the union
      <Link key={purpose} to={paths.queue} search={({ line }) => ({ purpose, ...(line && { line }) })} activeOptions={{ exact: false }}>
        <span className="purpose">{purposes[purpose]}</span>
        <span className="count">{queue ? queue.counts[purpose] : '\u00a0'}</span>
        <span className="age">{ageOf(queue?.oldest[purpose])}</span>
      </Link>
    ))}
  </nav>
)

function ageOf(oldest: string | null | undefined): string {
  if (!oldest) return '\u00a0'
  const days = daysBetween(oldest, now())
  return days > 0 ? `最早 ${days} 天前` : '最早今天'
}

function LineFilter() {
  const { purpose, line } = useSearch({ from: paths.queue })
  const navigate = useNavigate()
  return (
    <div className="filter">
      <label htmlFor="line">业务</label>
      <Select
        id="line"
        value={line ?? ''}
        options={[{ value: '', label: '全部业务' }, ...useLines(line)]}
        onChange={(chosen) => void navigate({ to: paths.queue, search: { purpose, ...(chosen && { line: chosen }) } })}
      />
    </div>
  )
}

/** The lines met so far in any queue, and the one chosen. */
function useLines(chosen: string | undefined) {
  const seen = useQueryClient().getQueriesData<Queue>({ queryKey: ['queue'] })
  const titles = new Map(seen.flatMap(([, queue]) => queue?.rows ?? []).map(({ line, lineTitle }) => [line, lineTitle]))
  if (chosen && !titles.has(chosen)) titles.set(chosen, chosen)
  return [...titles].map(([value, label]) => ({ value, label }))
}

function Pages({ next }: { next: string | null | undefined }) {
  const { after, ...first } = useSearch({ from: paths.queue })
  if (!after && !next) return null
  return (
    <nav aria-label="翻页" className="pages">
      {after && (
        <Link to={paths.queue} search={first}>
          回到第一页
        </Link>
      )}
      {next && (
        <Link to={paths.queue} search={{ ...first, after: next }}>
          下一页
        </Link>
      )}
    </nav>
  )
}
