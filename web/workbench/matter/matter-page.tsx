import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { ActionPanel } from '../act/action-panel.tsx'
import { matterQuery } from '../api.ts'
import type { At, Matter } from '../contract.ts'
import { LiveBar } from './live-bar.tsx'
import { Clocks, NextClock } from './matter-clocks.tsx'
import { Confined } from './closed/matter-confined.tsx'
import { Contested } from './matter-contested.tsx'
import { Links } from './matter-links.tsx'
import { Documents } from './matter-documents.tsx'
import { Facts } from './matter-facts.tsx'
import { Family, Messages, Shares, Timeline } from './matter-history.tsx'
import { Notes } from './matter-notes.tsx'
import { panelParts, type PartOf } from './matter-panels.tsx'
import { Parties } from './matter-parties.tsx'
import { MatterWalk } from './matter-walk.tsx'
import { Mark } from '../frame/mark.tsx'
import { paths } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { dayOf } from '../ui/time.ts'
import { useLive } from './use-live.ts'
import { NotTheirs, UseStopped } from '../ui/use-stopped.tsx'

/** The one page of every matter, whatever its line. */
export default function MatterPage() {
  const at = useParams({ from: paths.matter })
  const { data: matter, error, refetch } = useQuery(matterQuery(at))
  const its = `${at.region}/${at.id}`
  return (
    <div className="page">
      <div className="top">
        <MatterWalk />
        {matter && <Watched key={its} at={at} />}
      </div>
      {error && !matter && (
        <>
          <h1>没能打开这件事</h1>
          <LoadFailure error={error} retry={refetch} />
        </>
      )}
      {/* What is typed into one matter is never carried into the next. */}
      {matter && <MatterView key={its} matter={matter} />}
      {!matter && !error && <Waiting />}
    </div>
  )
}

/** Only what is shown here is told of changes: a matter that could not be opened has nothing to follow. */
const Watched = ({ at }: { at: At }) => <LiveBar {...useLive(at)} />

/** The parts of a matter, in reading order; one with nothing in it is left out where nothing can be added, and a personal one is closed once use was stopped. */
const partsOf = (matter: Matter): PartOf[] =>
  [...whatItIs, ...panelParts(matter, 'alike'), ...whatItSays, ...panelParts(matter, 'reading'), ...whatWasDone].filter(
    ({ isShown }) => isShown?.(matter) ?? true,
  )

const whatItIs: readonly PartOf[] = [
  { key: 'clocks', title: '期限', show: ({ clocks }) => <Clocks clocks={clocks} /> },
  { key: 'parties', title: '当事人', isPersonal: true, show: (matter) => <Parties matter={matter} /> },
  {
    key: 'links',
    title: '没有账号的当事人',
    isPersonal: true,
    isShown: ({ links }) => links.length > 0,
    show: (matter) => <Links matter={matter} />,
  },
  {
    key: 'contested',
    title: '对什么不服',
    isShown: ({ contested }) => contested !== null,
    show: ({ contested }) => contested && <Contested decision={contested} />,
  },
]

const whatItSays: readonly PartOf[] = [
  { key: 'family', title: '有关的事项', isShown: ({ linked }) => linked.length > 0, show: (matter) => <Family matter={matter} /> },
  {
    key: 'shares',
    title: '本人同意转的',
    isShown: ({ shares }) => shares.length > 0,
    show: ({ shares }) => <Shares shares={shares} />,
  },
  { key: 'facts', title: '申报的情况', isPersonal: true, show: (matter) => <Facts matter={matter} /> },
]

const whatWasDone: readonly PartOf[] = [
  { key: 'documents', title: '材料', show: (matter) => <Documents matter={matter} /> },
  { key: 'timeline', title: '经过', show: ({ timeline }) => <Timeline timeline={timeline} /> },
  {
    key: 'confined',
    title: '限定知悉',
    isShown: ({ confined, mayConfine }) => confined !== null || mayConfine,
    show: (matter) => <Confined matter={matter} />,
  },
  { key: 'notes', title: '办案便签', isPersonal: true, show: (matter) => <Notes matter={matter} /> },
  {
    key: 'messages',
    title: '发出的消息',
    isShown: ({ messages }) => messages.length > 0,
    show: ({ messages }) => <Messages messages={messages} />,
  },
]

function MatterView({ matter }: { matter: Matter }) {
  const shown = partsOf(matter)
  return (
    <>
      <title>{`${matter.number ?? matter.code} · 法惠工作台`}</title>
      <Heading matter={matter} />
      <div className="matter">
        <div className="matter-side">
          <Part id="acts" title="办理">
            <ActionPanel matter={matter} />
          </Part>
          <Contents parts={shown} />
        </div>
        <div className="matter-main">
          {shown.map(({ key, title, isPersonal, show }) => (
            <Part key={key} id={key} title={title}>
              {(isPersonal && why(matter)) || show(matter)}
            </Part>
          ))}
        </div>
      </div>
    </>
  )
}

/** Why what is personal in a matter is not shown; null where it is. */
const why = (matter: Matter) => (matter.isUseStopped ? <UseStopped /> : matter.mayRead ? null : <NotTheirs />)

/** The way to each part of a page that is long. */
const Contents = ({ parts: shown }: { parts: readonly PartOf[] }) => (
  <nav aria-label="本页" className="contents">
    {shown.map(({ key, title }) => (
      <Link key={key} to="." search={true} hash={key} replace activeOptions={{ includeHash: true }} onClick={() => focusOn(key)}>
        {title}
      </Link>
    ))}
  </nav>
)

/** Reading goes on where one jumped to, by keys as by eye. */
const focusOn = (key: string) => document.getElementById(key)?.focus({ preventScroll: true })

const Heading = ({ matter }: { matter: Matter }) => (
  <div className="heading">
    <h1>{matter.title}</h1>
    <p className="aside">
      {[matter.lineTitle, matter.number ?? matter.code, matter.regionName, `${dayOf(matter.openedAt)} 收到`].join(' · ')}
    </p>
    <div className="standing">
      <p>
        <Mark tone="info">{matter.stateTitle}</Mark>
        {matter.confined && <Mark tone="warn">限定知悉</Mark>}
        {matter.waitsFor.length > 0 && <Mark>{matter.waitsForTitle}</Mark>}
      </p>
      <NextClock clocks={matter.clocks} />
    </div>
  </div>
)

const Part = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <section id={id} aria-label={title} className="part" tabIndex={-1}>
    <h2>{title}</h2>
    {children}
  </section>
)

const Waiting = () => (
  <div aria-busy="true">
    <h1 className="unseen">正在打开这件事</h1>
    <div className="heading">
      <Skeleton active title={false} paragraph={{ rows: 2 }} />
    </div>
    <div className="matter">
      <div className="matter-side">
        <section className="part">
          <Skeleton active title paragraph={{ rows: 10 }} />
        </section>
      </div>
      <div className="matter-main">
        {[3, 5, 12].map((rows) => (
          <section key={rows} className="part">
            <Skeleton active title paragraph={{ rows }} />
          </section>
        ))}
      </div>
    </div>
  </div>
)
