import { Link } from '@tanstack/react-router'
import type { Entry, Linked, Message } from './contract.ts'
import { paths } from './paths.ts'
import { Rows } from './rows.tsx'
import { timeOf } from './time.ts'

/** What happened, latest first, straight from the log. */
export const Timeline = ({ timeline }: { timeline: Entry[] }) => (
  <ol className="timeline">
    {timeline
      .toSorted((a, b) => b.seq - a.seq)
      .map((entry) => (
        <li key={entry.seq}>
          <h3>{entry.title}</h3>
          <p className="aside">
            {[timeOf(entry.at), entry.by === entry.byRole ? entry.by : `${entry.by}（${entry.byRole}）`, moveOf(entry)]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <Rows rows={entry.rows} />
          {entry.article && <p className="aside">{entry.article}</p>}
        </li>
      ))}
  </ol>
)

const moveOf = ({ fromTitle, toTitle }: Entry) => (toTitle && toTitle !== fromTitle ? [fromTitle, toTitle].filter(Boolean).join(' → ') : '')

/** The other matters of the family. */
export const Family = ({ linked }: { linked: Linked[] }) => (
  <ul className="list">
    {linked.map(({ region, id, lineTitle, stateTitle, relation }) => (
      <li key={id}>
        <Link to={paths.matter} params={{ region, id }}>
          {lineTitle}
        </Link>
        <span className="aside">{`${relation} · ${stateTitle}`}</span>
      </li>
    ))}
  </ul>
)

/** What was sent to whom. */
export const Messages = ({ messages }: { messages: Message[] }) => (
  <ul className="list">
    {messages.map((message) => (
      <li key={`${message.at} ${message.to}`}>
        {message.text}
        <span className="aside">{`${timeOf(message.at)} · 发给 ${message.to} · ${message.status}`}</span>
      </li>
    ))}
  </ul>
)
