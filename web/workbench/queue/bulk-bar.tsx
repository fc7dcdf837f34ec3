import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { meQuery } from '../api.ts'
import { useBulkJob } from '../act/bulk-job.ts'
import type { Selection } from './use-selection.ts'

const BulkDrawer = lazy(() => import('../act/bulk-drawer.tsx'))
const BulkProgress = lazy(() => import('../act/bulk-progress.tsx'))

/** What can be done with the rows picked, and the batch that is under way or was left half-done. */
export function BulkBar({ selection }: { selection: Selection }) {
  const [isOpen, setOpen] = useState(false)
  const job = useOwnJob()
  const close = () => setOpen(false)
  if (job)
    return (
      <Bar>
        <BulkProgress job={job} />
      </Bar>
    )
  if (selection.rows.length === 0) return null
  return (
    <Bar>
      <span>{`已选 ${selection.rows.length} 件`}</span>
      <Button type="primary" onClick={() => setOpen(true)}>
        一起办理
      </Button>
      <Button onClick={() => selection.setAll(false)}>取消选择</Button>
      {isOpen && <BulkDrawer rows={selection.rows} close={close} started={() => selection.setAll(false)} />}
    </Bar>
  )
}

const Bar = ({ children }: { children: ReactNode }) => (
  <section className="bulk-bar" aria-label="批量办理">
    <Suspense fallback={null}>{children}</Suspense>
  </section>
)

/** The batch of whoever is signed in; when it stops, the queues are read again. */
function useOwnJob() {
  const { data: me } = useQuery(meQuery)
  const { job, isRunning } = useBulkJob()
  const queries = useQueryClient()
  useEffect(() => {
    if (job && !isRunning) for (const key of ['queue', 'matter']) void queries.invalidateQueries({ queryKey: [key] })
  }, [queries, job, isRunning])
  return job && job.by === me?.id ? job : null
}
