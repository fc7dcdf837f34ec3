import { Link } from '@tanstack/react-router'
import { Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Entry, Linked, Matter, Message } from '../contract.ts'
import { paths } from '../frame/paths.ts'
import { Rows } from '../queue/rows.tsx'
import { timeOf } from '../ui/time.ts'

const kinds = { all: '全部', step: '办理', paper: '材料' } as const
type Kind = keyof typeof kinds

/** What happened, latest first, straight from the log. */
export function Timeline({ timeline }: { timeline: Entry[] }) {
  const [kind, setKind] = useState<Kind>('all')
  const shown = timeline.filter(({ isPaper }) => kind === 'all' || isPaper === (kind === 'paper'))
  return (
    <>
      <Radio.Group
        aria-label="只看"
        size="small"
        optionType="button"
        value={kind}
        onChange={({ target }) => setKind(target.value as Kind)} // one of the options below
        options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
      />
      {shown.length === 0 && <p className="empty">{`还没有${kinds[kind]}的记录。`}</p>}
      <ol className="timeline">
        {shown
          .toSorted((a, b) => b.seq - a.seq)
          .map((entry) => (
            <EntryItem key={entry.seq} entry={entry} />
          ))}
      </ol>
    </>
  )
}

const EntryItem = ({ entry }: { entry: Entry }) => (
  <li>
    <h3>{entry.title}</h3>
    <p className="aside">
      {[timeOf(entry.at), entry.by === entry.byRole ? entry.by : `${entry.by}（${entry.byRole}）`, moveOf(entry)]
        .filter(Boolean)
        .join(' · ')}
    </p>
    <Rows rows={entry.rows} />
    {entry.article && <p className="aside">{entry.article}</p>}
  </li>
)

const moveOf = ({ fromTitle, toTitle }: Entry) => (toTitle && toTitle !== fromTitle ? [fromTitle, toTitle].filter(Boolean).join(' → ') : '')

/** The family as a tree: what this matter grew from, the matter itself, and what grew from it. */
export function Family({ matter }: { matter: Matter }) {
  const parent = matter.linked.find(({ isParent }) => isParent)
  const children = matter.linked.filter(({ isParent }) => !isParent)
  const own = (
    <li>
      <strong aria-current="page">{matter.lineTitle}</strong>
      <span className="aside">{`本件 · ${matter.stateTitle}`}</span>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <LinkedItem key={child.id} linked={child} />
          ))}
        </ul>
      )}
    </li>
  )
  return <ul className="family">{parent ? <LinkedItem linked={parent}>{<ul>{own}</ul>}</LinkedItem> : own}</ul>
}

const LinkedItem = ({ linked: { region, id, lineTitle, stateTitle, relation }, children }: { linked: Linked; children?: ReactNode }) => (
  <li>
    <Link to={paths.matter} params={{ region, id }}>
      {lineTitle}
    </Link>
    <span className="aside">{`${relation} · ${stateTitle}`}</span>
    {children}
  </li>
)

/** What was carried from here or to here by the person's leave, and how far it has come. */
export const Shares = ({ shares }: { shares: Matter['shares'] }) => (
  <ul className="list">
    {shares.map(({ id, words, leave, stage, at }) => (
      <li key={id}>
        {words}
        <span className="aside">{`${timeOf(at)} · ${leave} · ${stage}`}</span>
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
