import { Link } from '@tanstack/react-router'
import { dayText } from './calendar-range.ts'
import type { CalendarEntry } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { paths } from '../frame/paths.ts'

/** What falls on a day, each leading to its matter. With their days they stand under a heading that says they are late. */
export const Entries = ({ entries, withDay = false }: { entries: CalendarEntry[]; withDay?: boolean }) => (
  <ul className="entries">
    {entries.map((entry) => (
      <li key={`${entry.id} ${entry.limit} ${entry.party}`}>
        <EntryLink entry={entry} withDay={withDay} />
      </li>
    ))}
  </ul>
)

const EntryLink = ({ entry, withDay }: { entry: CalendarEntry; withDay: boolean }) => (
  <Link to={paths.matter} params={{ region: entry.region, id: entry.id }} className={entry.isHearing ? 'entry hearing' : 'entry'}>
    <span className="entry-what">
      {entry.isLate && !withDay && <span className="late-word">已超期</span>}
      {withDay && `${dayText(entry.day)} `}
      {entry.time && `${entry.time} `}
      {entry.limitTitle}
      {entry.isProvisional && <Mark tone="warn">暂定</Mark>}
    </span>
    <span className="aside">{[entry.subject, entry.number].join(' · ')}</span>
    <span className="aside">{detailOf(entry)}</span>
  </Link>
)

const detailOf = ({ place, target, assigneeName, stateTitle }: CalendarEntry) =>
  [place, target && `最好在${dayText(target)}前办完`, assigneeName && `承办：${assigneeName}`, stateTitle].filter(Boolean).join(' · ')
