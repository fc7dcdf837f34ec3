import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { noticesQuery, readNotices, unreadNotices } from '../api.ts'
import type { DeskNotice } from '../contract.ts'
import { Mark, type Tone } from '../frame/mark.tsx'
import { paths } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { lastOf, timeOf } from '../ui/time.ts'
import { useUndo } from '../act/undo.tsx'

/** What this reader is told: messages to their desk, and limits that passed on what they have to do. */
export default function NoticesPage() {
  const { data, error, refetch } = useQuery(noticesQuery)
  const { read, readAll } = useReading()
  const unread = data?.notices.filter(({ isRead }) => !isRead) ?? []
  return (
    <div className="page">
      <title>通知 · 法惠工作台</title>
      <div className="queue-title">
        <h1>通知</h1>
        <Button disabled={unread.length === 0} loading={readAll.isPending} onClick={() => readAll.mutate(unread.map(({ id }) => id))}>
          全部标为已读
        </Button>
      </div>
      <p className="aside">要您办、要您督办的事，每件一条；办完或者转到别人手里，它就不再提醒。看过没看过只记您自己的。</p>
      {error && !data && <LoadFailure error={error} retry={refetch} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {data?.notices.length === 0 && <p className="empty">没有要提醒您的。有新的事到您这里，或者有期限超过了，会在这里出现。</p>}
      {data && data.notices.length > 0 && (
        <ul className="notices">
          {data.notices.map((notice) => (
            <NoticeItem key={notice.id} notice={notice} read={() => read.mutate([notice.id])} />
          ))}
        </ul>
      )}
    </div>
  )
}

const kinds: Record<DeskNotice['kind'], { words: string; tone: Tone }> = {
  late: { words: '超期', tone: 'bad' },
  oversight: { words: '督办', tone: 'bad' },
  contradicted: { words: '结果不符', tone: 'warn' },
  hearing: { words: '开庭', tone: 'warn' },
  assignment: { words: '指派', tone: 'info' },
  urgent: { words: '紧急查阅', tone: 'warn' },
  confided: { words: '限定知悉', tone: 'info' },
  work: { words: '待办', tone: 'plain' },
}

function NoticeItem({ notice, read }: { notice: DeskNotice; read: () => void }) {
  const { words, tone } = kinds[notice.kind]
  return (
    <li className={notice.isRead ? undefined : 'fresh'}>
      <div>
        {!notice.isRead && <Mark tone="info">未读</Mark>}
        <Mark tone={tone}>{words}</Mark>
        <NoticeLink notice={notice} read={read} />
        <span className="aside">{notice.aside}</span>
      </div>
      <span className="aside">
        {[notice.kind !== 'late' && timeOf(notice.at), notice.dueAt && `期限 ${lastOf(notice.dueAt)}`].filter(Boolean).join(' · ')}
      </span>
    </li>
  )
}

/** To the matter, or to where urgent access is decided on. */
function NoticeLink({ notice, read }: { notice: DeskNotice; read: () => void }) {
  const words = `${notice.text}（${notice.title}）`
  const onClick = notice.isRead ? undefined : read
  if (!notice.matter)
    return (
      <Link to={paths.urgent} onClick={onClick}>
        {words}
      </Link>
    )
  return (
    <Link to={paths.matter} params={notice.matter} onClick={onClick}>
      {words}
    </Link>
  )
}

function useReading() {
  const queries = useQueryClient()
  const offerUndo = useUndo()
  const keep = (notices: Awaited<ReturnType<typeof readNotices>>) => queries.setQueryData(noticesQuery.queryKey, notices)
  const read = useMutation({ mutationFn: readNotices, onSuccess: keep })
  const readAll = useMutation({
    mutationFn: readNotices,
    onSuccess: (notices, ids) => {
      keep(notices)
      offerUndo(`${ids.length} 条已标为已读`, async () => keep(await unreadNotices(ids)))
    },
  })
  return { read, readAll }
}
