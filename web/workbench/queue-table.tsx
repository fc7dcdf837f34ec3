import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import type { Due, Purpose, QueueRow } from './contract.ts'
import { Mark } from './mark.tsx'
import { paths, purposes } from './paths.ts'
import { dayOf, daysLeft, lastOf } from './time.ts'
import { waits } from './waits.ts'

/** The matters of one queue page; `undefined` rows are still on their way. */
export function QueueTable({ purpose, rows }: { purpose: Purpose; rows: QueueRow[] | undefined }) {
  if (rows?.length === 0) return <p className="empty">{nothing[purpose]}</p>
  return (
    <table className="grid queue" aria-busy={!rows}>
      <caption className="unseen">{purposes[purpose]}的事项。在事项上按上下方向键可以逐件移动。</caption>
      <thead>
        <tr>
          <th scope="col">事项</th>
          <th scope="col">当事人</th>
          <th scope="col">状态</th>
          <th scope="col">期限</th>
          <th scope="col">承办</th>
          <th scope="col">收到</th>
        </tr>
      </thead>
      <tbody>{rows ? rows.map((row) => <MatterRow key={row.id} row={row} />) : waiting.map((at) => <WaitingRow key={at} />)}</tbody>
    </table>
  )
}

const nothing: Record<Purpose, string> = {
  today: '今天要办的都办完了。',
  risk: '没有快到期限的事项。',
  unassigned: '没有等着分派的事项。',
  waiting: '没有在等别人的事项。',
  all: '这里还没有事项。',
}

const MatterRow = ({ row }: { row: QueueRow }) => (
  <tr>
    <th scope="row">
      <Link to={paths.matter} params={{ region: row.region, id: row.id }} onKeyDown={moveFocus}>
        {row.title}
      </Link>
      <span className="aside">{`${row.lineTitle} · ${row.number ?? row.code}`}</span>
    </th>
    <td data-label="当事人">{row.recipient ?? '—'}</td>
    <td data-label="状态">
      {row.stateTitle}
      <span className="aside">{waits[row.waitsFor]}</span>
    </td>
    <td data-label="期限">{row.due ? <DueCell due={row.due} /> : '—'}</td>
    <td data-label="承办">{row.assigneeName ?? '未分派'}</td>
    <td data-label="收到">{dayOf(row.openedAt)}</td>
  </tr>
)

/** How near is near enough to point out, in days. */
const soonDays = 3

const DueCell = ({ due }: { due: Due }) => (
  <>
    <span>
      <Mark tone={due.isLate ? 'bad' : due.days <= soonDays ? 'warn' : 'plain'}>{daysLeft(due.days)}</Mark>
      {due.isProvisional && <Mark tone="warn">暂定</Mark>}
    </span>
    <span className="aside">{`${due.title} ${lastOf(due.dueAt)}`}</span>
  </>
)

function moveFocus(event: KeyboardEvent<HTMLAnchorElement>) {
  const row = event.currentTarget.closest('tr')
  const next = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[event.key]
  if (!next) return
  event.preventDefault()
  next.querySelector('a')?.focus()
}

const waiting = Array.from({ length: 8 }, (_, at) => at)

const WaitingRow = () => (
  <tr>
    <td colSpan={6} className="waiting">
      <span className="unseen">正在载入</span>
      <span className="bar" />
      <span className="bar short" />
    </td>
  </tr>
)
