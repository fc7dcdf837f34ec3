import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { Replay, ReplayReport, SettingDraft } from '../contract.ts'
import { newKey } from '../act/drafts.ts'
import { FlipList } from './flip-list.tsx'
import { LoadFailure, messageOf } from '../ui/refusal-note.tsx'
import { cancelReplay, draftQuery, reportQuery, startReplay } from './settings-api.ts'
import { timeOf } from '../ui/time.ts'

const count = new Intl.NumberFormat('zh-CN')

/** Everything decided again under the draft: how far it is, then who would be decided otherwise. */
export function ReplayPart({ draft, mayRead }: { draft: SettingDraft; mayRead: boolean }) {
  const { replay } = draft
  return (
    <>
      <section aria-labelledby="replay" className="part">
        <h2 id="replay">试算</h2>
        <p>用新的值，把这里核算过的每一件重新算一遍，看哪些人的结果会变。只是试算，不会改动任何一件案件。</p>
        {replay && <Progress replay={replay} />}
        {draft.withdraw.allowed && <Turns draft={draft} />}
      </section>
      {replay?.state === 'finished' && mayRead && <Report draft={draft} replay={replay} />}
    </>
  )
}

/** In words, what the bar shows. */
const said: Record<Replay['state'], (its: Replay) => string> = {
  waiting: () => '正在清点件数……',
  running: ({ done, total }) => `正在试算：已算 ${count.format(done)} 件，共 ${count.format(total ?? 0)} 件`,
  finished: ({ total, finishedAt }) => `试算完了，共 ${count.format(total ?? 0)} 件（${timeOf(finishedAt ?? '')}）`,
  cancelled: ({ done }) => `试算停在 ${count.format(done)} 件`,
}

const Progress = ({ replay }: { replay: Replay }) => (
  <output className="progress">
    <progress
      aria-label="试算进度"
      max={Math.max(replay.total ?? 1, 1)}
      value={replay.total === null ? undefined : replay.total ? replay.done : 1}
    />
    <span>
      {said[replay.state](replay)}
      {replay.done > 0 && <strong>{`，其中 ${count.format(replay.flips)} 件结果会变`}</strong>}
    </span>
  </output>
)

function Turns({ draft }: { draft: SettingDraft }) {
  const queries = useQueryClient()
  const [key, setKey] = useState(newKey)
  const again = {
    onSuccess: () => {
      setKey(newKey())
      return queries.invalidateQueries({ queryKey: draftQuery(draft.id).queryKey })
    },
  }
  const begin = useMutation({ mutationFn: () => startReplay(draft.id, key), ...again })
  const stop = useMutation({ mutationFn: () => cancelReplay(draft.id), ...again })
  const isRunning = draft.replay?.state === 'waiting' || draft.replay?.state === 'running'
  const error = begin.error ?? stop.error
  return (
    <p className="turns">
      {isRunning ? (
        <Button loading={stop.isPending} onClick={() => stop.mutate()}>
          停止试算
        </Button>
      ) : (
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          {draft.replay ? '再试算一次' : '开始试算'}
        </Button>
      )}
      {error && <span role="alert">{messageOf(error)}</span>}
    </p>
  )
}

function Report({ draft, replay }: { draft: SettingDraft; replay: Replay }) {
  const { data: report, error, refetch } = useQuery(reportQuery(draft.id, replay.id))
  if (error) return <LoadFailure error={error} retry={refetch} />
  if (!report) return <Skeleton active title={false} paragraph={{ rows: 8 }} />
  return (
    <>
      <Groups report={report} />
      {report.directions.length > 0 && <FlipList draft={draft.id} report={report} />}
    </>
  )
}

const Groups = ({ report }: { report: ReplayReport }) => (
  <section aria-labelledby="groups" className="part">
    <h2 id="groups">哪些人会受影响</h2>
    {report.directions.length === 0 && <p>没有一件的结果会变。</p>}
    {report.unread > 0 && <p role="alert">{`有 ${count.format(report.unread)} 件读不出来，没有算进去。请告诉系统管理员。`}</p>}
    {report.directions.length > 0 && report.groups.map((group) => <GroupTable key={group.key} report={report} group={group} />)}
    <Button className="printing" onClick={() => window.print()}>
      打印
    </Button>
  </section>
)

const GroupTable = ({ report, group }: { report: ReplayReport; group: ReplayReport['groups'][number] }) => (
  <>
    <h3 id={`group-${group.key}`}>{group.title}</h3>
    <table className="grid figures report" aria-labelledby={`group-${group.key}`}>
      <thead>
        <tr>
          <th scope="col">{group.title.replace('按', '')}</th>
          <th scope="col">核算过</th>
          {report.directions.map(({ words }) => (
            <th scope="col" key={words}>
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {group.rows.map((row) => (
          <tr key={row.group}>
            <th scope="row">{row.name}</th>
            <td data-label="核算过">{count.format(row.all)}</td>
            {report.directions.map(({ words }, at) => (
              <td key={words} data-label={words}>
                {count.format(row.turned[at] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </>
)
