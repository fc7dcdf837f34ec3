import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { Entries } from './calendar-entry.tsx'
import { dayShown, dayText, weekdayText } from './calendar-range.ts'
import type { Calendar, CalendarDay, CalendarEntry } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { paths, type CalendarSearch } from '../frame/paths.ts'

/** The days as a list of weeks or as a month's grid. Arrow keys go from day to day, “t” to today. */
export function Days({ search, calendar }: { search: CalendarSearch; calendar: Calendar }) {
  const byDay = Map.groupBy(calendar.rows, ({ day }) => day)
  const month = search.view === 'month' ? dayShown(search).slice(0, 7) : null
  const first = calendar.days.some(({ day }) => day === calendar.today) ? calendar.today : calendar.days[0]?.day
  return (
    <>
      <p className="unseen">在日期上按方向键换一天，按 t 回到今天。</p>
      <ol className={month ? 'days month' : 'days'}>
        {calendar.days.map((day) => (
          <li key={day.day} className={classOf(day, calendar.today, byDay.has(day.day), month)} data-today={day.day === calendar.today}>
            <h2>
              <Link to={paths.calendar} search={{ ...search, day: day.day }} tabIndex={day.day === first ? 0 : -1} onKeyDown={moveFocus}>
                {dayText(day.day)} <span className="weekday">{weekdayText(day.day)}</span>
              </Link>
              {day.day === calendar.today && <Mark tone="info">今天</Mark>}
              <DayMark day={day} />
            </h2>
            <Falling entries={byDay.get(day.day) ?? []} />
          </li>
        ))}
      </ol>
    </>
  )
}

const classOf = ({ day, kind }: CalendarDay, today: string, isBusy: boolean, month: string | null) =>
  ['day', kind, month && !day.startsWith(month) && 'outside', day < today && 'past', !isBusy && 'free'].filter(Boolean).join(' ')

const Falling = ({ entries }: { entries: CalendarEntry[] }) =>
  entries.length > 0 ? <Entries entries={entries} /> : <p className="unseen">没有到期和开庭</p>

const words: Record<CalendarDay['kind'], string> = { workday: '', weekend: '', holiday: '休', makeUpWorkday: '班' }

function DayMark({ day: { kind, festival, isProvisional } }: { day: CalendarDay }) {
  const why = festival && (kind === 'makeUpWorkday' ? `${festival}调休` : festival)
  return (
    <>
      {words[kind] && <span className={`day-kind ${kind}`}>{[words[kind], why].filter(Boolean).join(' ')}</span>}
      {isProvisional && (
        <span className="day-kind provisional" title="这一年的放假安排还没有公布">
          暂定
        </span>
      )}
    </>
  )
}

/** How many days each key moves; in a grid up and down are a week. */
const steps: Record<string, { list: number; grid: number }> = {
  ArrowLeft: { list: -1, grid: -1 },
  ArrowRight: { list: 1, grid: 1 },
  ArrowUp: { list: -1, grid: -7 },
  ArrowDown: { list: 1, grid: 7 },
}

function moveFocus(event: KeyboardEvent<HTMLAnchorElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const list = event.currentTarget.closest('ol')
  const days = [...(list?.children ?? [])]
  const step = steps[event.key]?.[list?.classList.contains('month') ? 'grid' : 'list']
  const next =
    step === undefined
      ? days.find((day) => event.key === 't' && day.matches('[data-today="true"]'))
      : dayAt(days, event.currentTarget, step)
  const link = next?.querySelector<HTMLElement>('h2 a')
  if (!link) return
  event.preventDefault()
  link.focus()
}

const dayAt = (days: Element[], from: Element, step: number) => days[days.findIndex((day) => day.contains(from)) + step]
