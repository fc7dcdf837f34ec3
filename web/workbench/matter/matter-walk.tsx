import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect } from 'react'
import { queueQuery, walkQuery } from '../api.ts'
import type { Queue, QueueRow } from '../contract.ts'
import { firstPage, paths, purposes, queueFrom, queueText, type QueueSearch } from '../frame/paths.ts'
import { leaveRow } from '../queue/row-left.ts'
import { useKeys } from '../ui/use-keys.ts'

/** The way back to the queue one came from, and on to its neighbours in the order in which the queue was read. */
export function MatterWalk() {
  const { id } = useParams({ from: paths.matter })
  const { from } = useSearch({ from: paths.matter })
  const search = queueFrom(from)
  const walk = useWalk(search, id)
  const navigate = useNavigate()
  useEffect(() => leaveRow(id, walk.index), [id, walk.index])
  const back = () => void navigate({ to: paths.queue, search })
  const go = (step: Step | undefined) =>
    step && void navigate({ to: paths.matter, params: step.row, search: { from: queueText(step.search) } })
  useKeys({ backToQueue: back, nextMatter: () => go(walk.next), previousMatter: () => go(walk.previous) })
  return (
    <nav aria-label="在列表里前后翻看" className="walk">
      <Link to={paths.queue} search={search}>{`← 回到${purposes[search.purpose]}`}</Link>
      {from && (
        <span className="walk-steps">
          {walk.index >= 0 && <span className="aside">{`本页第 ${walk.index + 1} 件，共 ${walk.count} 件`}</span>}
          <Button size="small" disabled={!walk.previous} onClick={() => go(walk.previous)}>
            上一件
          </Button>
          <Button size="small" disabled={!walk.next} onClick={() => go(walk.next)}>
            下一件
          </Button>
        </span>
      )}
    </nav>
  )
}

/** A neighbour, and the page of the queue it stands on. */
type Step = { row: QueueRow; search: QueueSearch }

function useWalk(search: QueueSearch, id: string) {
  const page = usePage(search, true)
  const rows = page?.rows ?? []
  const index = rows.findIndex((row) => row.id === id)
  const isKnown = page !== undefined && index >= 0
  const after = { ...firstPage(search), ...(page?.next && { after: page.next }) }
  const before = { ...firstPage(search), ...(page?.previous && { before: page.previous }) }
  const onward = usePage(after, isKnown && index === rows.length - 1 && page.next !== null)
  const backward = usePage(before, isKnown && index === 0 && page.previous !== null)
  return {
    index,
    count: rows.length,
    next: step(rows[index + 1], search) ?? (onward && step(onward.rows[0], after)),
    previous: index < 0 ? undefined : (step(rows[index - 1], search) ?? (backward && step(backward.rows.at(-1), before))),
  }
}

const step = (row: QueueRow | undefined, search: QueueSearch): Step | undefined => row && { row, search }

/** A page of the queue as it stood when one set out from it. */
function usePage(search: QueueSearch, isWanted: boolean): Queue | undefined {
  const queries = useQueryClient()
  const asItStood = () => queries.getQueryData<Queue>(queueQuery(search).queryKey)
  return useQuery({ ...walkQuery(search), enabled: isWanted, initialData: asItStood }).data
}
