import type { Clock } from './contract.ts'
import { Mark, type Tone } from './mark.tsx'
import { Rows } from './rows.tsx'
import { dayOf, daysBetween, daysLeft, daysUntil, lastOf, now, timeOf } from './time.ts'

/** The limits on a matter, those that still run first. */
export function Clocks({ clocks }: { clocks: Clock[] }) {
  if (clocks.length === 0) return <p className="empty">现在没有期限在走。</p>
  const inOrder = clocks.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  return (
    <ul className="clocks">
      {inOrder.map((clock) => (
        <ClockItem key={`${clock.limit} ${clock.startedOn}`} clock={clock} />
      ))}
    </ul>
  )
}

const order: Clock['status'][] = ['late', 'running', 'paused', 'lapsed', 'stopped']

const ClockItem = ({ clock }: { clock: Clock }) => (
  <li className={`clock ${clock.status}`}>
    <h3>
      {clock.title} <Mark tone={toneOf(clock)}>{statusOf(clock)}</Mark>
      {clock.isProvisional && <Mark tone="warn">暂定</Mark>}
    </h3>
    <Rows rows={rowsOf(clock)} />
    {clock.isProvisional && <p className="aside">日期按暂定的假日安排算出，正式安排公布后可能变动。</p>}
    {clock.uncertain && <p className="aside">{`待确认：${clock.uncertain}`}</p>}
    {clock.article && <p className="aside">{clock.article}</p>}
  </li>
)

function toneOf({ kind, status, dueAt, wasLate }: Clock): Tone {
  if (status === 'late') return 'bad'
  if (kind === 'appointment') return status === 'running' ? 'info' : 'plain'
  if (status === 'stopped') return wasLate ? 'bad' : 'good'
  if (status === 'running' && dueAt && daysUntil(dueAt, now()) <= soonDays) return 'warn'
  return status === 'paused' ? 'info' : 'plain'
}

/** How near is near enough to point out, in days. */
const soonDays = 3

function statusOf(clock: Clock): string {
  const { kind, status, dueAt, wasLate } = clock
  if (kind === 'appointment') return appointmentStatus(clock)
  if (status === 'stopped') return wasLate ? '办了，但晚了' : '已按期'
  if (status === 'paused') return '暂停'
  if (status === 'lapsed') return kind === 'right' ? '权利期已过' : '已失效'
  return dueAt ? daysLeft(daysUntil(dueAt, now())) : '未定截止日'
}

function appointmentStatus({ status, dueAt }: Clock): string {
  if (status === 'stopped') return '已结束或有变动'
  if (status === 'lapsed' || !dueAt) return '已过'
  const days = daysBetween(now(), dueAt)
  return days === 0 ? '就在今天' : `还有 ${days} 天`
}

function rowsOf(clock: Clock) {
  const { kind, ofTitle, startedOn, dueAt, targetAt, stoppedAt, pauses, passing } = clock
  if (kind === 'appointment') return [{ label: '时间', value: dueAt ? timeOf(dueAt) : '未定' }]
  return [
    { label: kind === 'duty' ? '谁来办' : '谁的权利', value: ofTitle },
    { label: '起算', value: dayOf(startedOn) },
    ...(dueAt ? [{ label: '最迟', value: lastOf(dueAt) }] : []),
    ...(targetAt ? [{ label: '内部目标', value: lastOf(targetAt) }] : []),
    ...(stoppedAt ? [{ label: '办结', value: dayOf(stoppedAt) }] : []),
    ...(pauses.length > 0 ? [{ label: pauses.at(-1)?.to === null ? '暂停中' : '暂停过', value: pauses.map(pauseOf).join('；') }] : []),
    ...(passing && !stoppedAt ? [{ label: '过期后', value: passingOf(passing) }] : []),
  ]
}

function pauseOf({ from, to, why }: Clock['pauses'][number]): string {
  const days = to ? `${dayOf(from)} 至 ${dayOf(to)}` : `${dayOf(from)} 起，还没恢复`
  return why ? `${days}，因为${why.title}${why.article ? `（${why.article}）` : ''}` : days
}

const passingOf = ({ title, tells }: NonNullable<Clock['passing']>) =>
  `系统自动记为“${title}”${tells.length > 0 ? `，并通知${[...new Set(tells)].join('、')}` : ''}`
