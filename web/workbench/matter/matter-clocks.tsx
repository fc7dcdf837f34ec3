import type { Clock } from '../contract.ts'
import { Mark, type Tone } from '../frame/mark.tsx'
import { Rows } from '../queue/rows.tsx'
import { dayOf, daysBetween, daysLeft, daysUntil, lastOf, now, timeOf } from '../ui/time.ts'

/** The limits on a matter: those that still run in full, those that are over in a line each. */
export function Clocks({ clocks }: { clocks: Clock[] }) {
  if (clocks.length === 0) return <p className="empty">现在没有期限在走。</p>
  const inOrder = clocks.toSorted(byUrgency)
  return (
    <ul className="clocks">
      {inOrder.map((clock) => (
        <li key={`${clock.limit} ${clock.party} ${clock.startedOn}`} className={`clock ${clock.status}`}>
          {isOver(clock) ? <OverClock clock={clock} /> : <OpenClock clock={clock} />}
        </li>
      ))}
    </ul>
  )
}

/** The limit to look at first, in a line; none where nothing runs. */
export function NextClock({ clocks }: { clocks: Clock[] }) {
  const next = clocks.filter((clock) => !isOver(clock) && clock.dueAt).toSorted(byUrgency)[0]
  if (!next?.dueAt) return null
  return (
    <p className="next">
      <Mark tone={toneOf(next)}>{statusOf(next)}</Mark>
      {`${next.title}，${next.kind === 'appointment' ? timeOf(next.dueAt) : `最迟 ${lastOf(next.dueAt)}`}`}
    </p>
  )
}

const order: Clock['status'][] = ['late', 'running', 'paused', 'lapsed', 'stopped']
const byUrgency = (a: Clock, b: Clock) =>
  order.indexOf(a.status) - order.indexOf(b.status) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9')

const isOver = ({ status }: Clock) => status === 'stopped' || status === 'lapsed'

const OpenClock = ({ clock }: { clock: Clock }) => (
  <>
    <h3>
      <ClockTitle clock={clock} />
    </h3>
    <ClockDetail clock={clock} />
  </>
)

const OverClock = ({ clock }: { clock: Clock }) => (
  <details>
    <summary>
      {clock.wasLate ? <ClockTitle clock={clock} /> : `${clock.title}：${statusOf(clock)}`}
      {clock.stoppedAt && <span className="over">{`，${dayOf(clock.stoppedAt)} 办结`}</span>}
    </summary>
    <ClockDetail clock={clock} />
  </details>
)

const ClockTitle = ({ clock }: { clock: Clock }) => (
  <>
    {clock.title} <Mark tone={toneOf(clock)}>{statusOf(clock)}</Mark>
    {clock.isProvisional && <Mark tone="warn">暂定</Mark>}
  </>
)

const ClockDetail = ({ clock }: { clock: Clock }) => (
  <>
    <Rows way="across" rows={rowsOf(clock)} />
    {clock.isProvisional && <p className="aside">日期按暂定的假日安排算出，正式安排公布后可能变动。</p>}
    {clock.uncertain && <p className="aside">{`待确认：${clock.uncertain}`}</p>}
    {clock.pauses.length > 0 && (
      <p className="aside">{`${isPaused(clock) ? '暂停中' : '暂停过'}：${clock.pauses.map(pauseOf).join('；')}`}</p>
    )}
    {(passingOf(clock) || clock.article) && <p className="aside">{[passingOf(clock), clock.article].filter(Boolean).join(' ')}</p>}
  </>
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
  const { kind, ofTitle, startedOn, dueAt, targetAt, stoppedAt } = clock
  if (kind === 'appointment') return [{ label: '时间', value: dueAt ? timeOf(dueAt) : '未定' }]
  return [
    { label: kind === 'duty' ? '谁来办' : '谁的权利', value: ofTitle },
    { label: '起算', value: dayOf(startedOn) },
    ...(dueAt ? [{ label: '最迟', value: lastOf(dueAt) }] : []),
    ...(targetAt ? [{ label: '内部目标', value: lastOf(targetAt) }] : []),
    ...(stoppedAt ? [{ label: '办结', value: dayOf(stoppedAt) }] : []),
  ]
}

function pauseOf({ from, to, why }: Clock['pauses'][number]): string {
  const days = to ? `${dayOf(from)} 至 ${dayOf(to)}` : `${dayOf(from)} 起，还没恢复`
  return why ? `${days}，因为${why.title}${why.article ? `（${why.article}）` : ''}` : days
}

const isPaused = ({ pauses }: Clock) => pauses.at(-1)?.to === null

/** What happens of itself where nobody acts in time. */
function passingOf({ passing, stoppedAt }: Clock): string {
  if (!passing || stoppedAt) return ''
  const told = [...new Set(passing.tells)].join('、')
  return `过期后系统自动记为“${passing.title}”${told && `，并通知${told}`}。`
}
