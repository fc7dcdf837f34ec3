import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import type { Due, QueueRow } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { isNarrowed, paths, purposes, queueText, type QueueSearch } from '../frame/paths.ts'
import { purposeWords } from '../matter/purposes.ts'
import { dayOf, daysLeft, lastOf } from '../ui/time.ts'
import type { Selection } from './use-selection.ts'

type Its = { search: QueueSearch; rows: QueueRow[] | undefined; selection: Selection }

/** The matters of one queue page; `undefined` rows are still on their way. */
export function QueueTable({ search, rows, selection }: Its) {
  if (rows?.length === 0) return <Nothing search={search} />
  return (
    <table className="grid queue" aria-busy={!rows}>
      <caption className="unseen">{purposes[search.purpose]}的事项。在事项上按上下方向键可以逐件移动。</caption>
      <thead>
        <tr>
          <th scope="col" className="pick">
            <PickAll rows={rows} selection={selection} />
          </th>
          <th scope="col">事项</th>
          <th scope="col">当事人</th>
          <th scope="col">状态</th>
          <th scope="col">期限</th>
          <th scope="col">承办</th>
          <th scope="col">收到</th>
        </tr>
      </thead>
      <tbody>
        {rows
          ? rows.map((row) => <MatterRow key={row.id} row={row} from={queueText(search)} selection={selection} />)
          : waiting.map((at) => <WaitingRow key={at} />)}
      </tbody>
    </table>
  )
}

const Nothing = ({ search }: { search: QueueSearch }) => (
  <p className="empty">
    {isNarrowed(search) ? '没有符合这些条件的事项。可以去掉一两个筛选条件再看。' : purposeWords[search.purpose].nothing}
  </p>
)

const PickAll = ({ rows, selection }: { rows: QueueRow[] | undefined; selection: Selection }) => (
  <input
    type="checkbox"
    aria-label="选中本页全部"
    disabled={!rows}
    checked={rows !== undefined && rows.length > 0 && selection.ids.size === rows.length}
    onChange={({ target }) => selection.setAll(target.checked)}
  />
)

const MatterRow = ({ row, from, selection }: { row: QueueRow; from: string; selection: Selection }) => (
  <tr data-row={row.id} className={classOf(row, selection)}>
    <td className="pick">
      <input
        type="checkbox"
        aria-label={`选中 ${row.number ?? row.code}`}
        checked={selection.ids.has(row.id)}
        onChange={({ nativeEvent }) => selection.toggle(row.id, isWithShift(nativeEvent))}
      />
    </td>
    <th scope="row">
      <Link to={paths.matter} params={{ region: row.region, id: row.id }} search={{ from }} onKeyDown={moveFocus}>
        {row.title}
      </Link>
      <span className="aside">{`${row.lineTitle} · ${row.number ?? row.code}`}</span>
      {row.isFlood && <Mark tone="warn">批量递交</Mark>}
    </th>
    <td data-label="当事人">{row.recipient ?? '—'}</td>
    <td data-label="状态">
      {row.stateTitle}
      <span className="aside">{row.waitsForTitle}</span>
    </td>
    <td data-label="期限">{row.due ? <DueCell due={row.due} /> : '—'}</td>
    <td data-label="承办">{row.assigneeName ?? '未分派'}</td>
    <td data-label="收到">{dayOf(row.openedAt)}</td>
  </tr>
)

const classOf = ({ id, due }: QueueRow, { ids }: Selection) =>
  [ids.has(id) && 'picked', due?.isLate && 'late', due && isSoon(due) && 'soon'].filter(Boolean).join(' ')

/** A change of a checkbox comes from a click, which knows whether Shift was held. */
const isWithShift = (event: Event): boolean => event instanceof MouseEvent && event.shiftKey

/** How near is near enough to point out, in days. */
const soonDays = 3
const isSoon = ({ isLate, days }: Due) => !isLate && days <= soonDays

const DueCell = ({ due }: { due: Due }) => (
  <>
    <span>
      <Mark tone={due.isLate ? 'bad' : isSoon(due) ? 'warn' : 'plain'}>{daysLeft(due.days)}</Mark>
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
    <td colSpan={7} className="waiting">
      <span className="unseen">正在载入</span>
      <span className="bar" />
      <span className="bar short" />
    </td>
  </tr>
)
