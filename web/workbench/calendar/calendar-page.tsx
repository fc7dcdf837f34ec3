import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { calendarQuery } from '../api.ts'
import { Days } from './calendar-days.tsx'
import { Entries } from './calendar-entry.tsx'
import { dayShown, dayText, monthText, rangeOf, stepOf } from './calendar-range.ts'
import { Subscribing } from './calendar-feeds.tsx'
import type { Calendar } from '../contract.ts'
import { paths, type CalendarSearch } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'

/** Limits and hearings by day; which days, whose and which line are in the address. */
export default function CalendarPage() {
  const search = useSearch({ from: paths.calendar })
  const { data: calendar, error, refetch } = useQuery(calendarQuery(rangeOf(search)))
  return (
    <div className="page calendar">
      <title>日历 · 法惠工作台</title>
      <div className="calendar-title">
        <h1>{titleOf(search)}</h1>
        <Turning search={search} />
      </div>
      <Filters search={search} lines={calendar?.lines ?? []} />
      {error && !calendar && <LoadFailure error={error} retry={refetch} />}
      {calendar && <Late late={calendar.late} />}
      {calendar && <Days key={calendar.days[0]?.day} search={search} calendar={calendar} />}
      {calendar?.more && <p className="empty">事项太多，只列了前 {calendar.rows.length} 项。请按业务或者“只看我的”缩小范围。</p>}
      {!calendar && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
    </div>
  )
}

function titleOf(search: CalendarSearch): string {
  if (search.view === 'month') return monthText(dayShown(search))
  const { from, to } = rangeOf(search)
  return `${dayText(from)}至${dayText(to)}`
}

const Turning = ({ search }: { search: CalendarSearch }) => {
  const { day: _, ...today } = search
  return (
    <nav aria-label="翻日历" className="turning">
      <Link to={paths.calendar} search={{ ...search, day: stepOf(search, -1) }}>
        {search.view === 'month' ? '上一月' : '前两周'}
      </Link>
      <Link to={paths.calendar} search={today} activeOptions={{ exact: true, includeSearch: false }}>
        今天
      </Link>
      <Link to={paths.calendar} search={{ ...search, day: stepOf(search, 1) }}>
        {search.view === 'month' ? '下一月' : '后两周'}
      </Link>
    </nav>
  )
}

function Filters({ search, lines }: { search: CalendarSearch; lines: Calendar['lines'] }) {
  const navigate = useNavigate({ from: paths.calendar })
  const [isSubscribing, setSubscribing] = useState(false)
  const { mine: _mine, ...all } = search
  const { line: _line, ...everyLine } = search
  return (
    <div className="calendar-filters">
      <nav aria-label="怎么看" className="switch">
        <Switch search={{ ...search, view: 'week' }} isOn={search.view === 'week'} words="按周" />
        <Switch search={{ ...search, view: 'month' }} isOn={search.view === 'month'} words="按月" />
      </nav>
      <nav aria-label="看谁的" className="switch">
        <Switch search={all} isOn={!search.mine} words="本单位" />
        <Switch search={{ ...search, mine: '1' }} isOn={search.mine === '1'} words="只看我的" />
      </nav>
      <Select
        aria-label="业务"
        className="line-filter"
        value={search.line ?? ''}
        options={[{ value: '', label: '全部业务' }, ...lines.map(({ line, title }) => ({ value: line, label: title }))]}
        onChange={(line) => void navigate({ search: line ? { ...search, line } : everyLine })}
      />
      <Button onClick={() => setSubscribing(true)}>订阅到手机日历</Button>
      {isSubscribing && <Subscribing close={() => setSubscribing(false)} />}
    </div>
  )
}

const Switch = ({ search, isOn, words }: { search: CalendarSearch; isOn: boolean; words: string }) => (
  <Link to={paths.calendar} search={search} activeProps={{}} data-on={isOn} aria-current={isOn ? 'true' : 'false'}>
    {words}
  </Link>
)

const Late = ({ late }: { late: Calendar['late'] }) =>
  late.rows.length > 0 && (
    <section className="late-entries" aria-labelledby="late">
      <h2 id="late">{`已超期 ${late.rows.length}${late.more ? ' 以上' : ''} 项，请先办`}</h2>
      <Entries entries={late.rows} withDay />
    </section>
  )
