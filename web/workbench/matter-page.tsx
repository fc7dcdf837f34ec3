import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { ActionPanel } from './action-panel.tsx'
import { matterQuery } from './api.ts'
import type { At, Matter } from './contract.ts'
import { LiveBar } from './live-bar.tsx'
import { Assessment } from './matter-assessment.tsx'
import { Contested } from './matter-contested.tsx'
import { Clocks } from './matter-clocks.tsx'
import { Documents } from './matter-documents.tsx'
import { Facts } from './matter-facts.tsx'
import { Family, Messages, Timeline } from './matter-history.tsx'
import { Notes } from './matter-notes.tsx'
import { Parties } from './matter-parties.tsx'
import { MatterWalk } from './matter-walk.tsx'
import { Mark } from './mark.tsx'
import { paths } from './paths.ts'
import { LoadFailure } from './refusal-note.tsx'
import { dayOf } from './time.ts'
import { useLive } from './use-live.ts'
import { waits } from './waits.ts'

/** The one page of every matter, whatever its line. */
export default function MatterPage() {
  const at = useParams({ from: paths.matter })
  const { data: matter, error, refetch } = useQuery(matterQuery(at))
  return (
    <div className="page">
      <div className="top">
        <MatterWalk />
        {matter && <Watched key={`${at.region}/${at.id}`} at={at} />}
      </div>
      {error && !matter && (
        <>
          <h1>没能打开这件事</h1>
          <LoadFailure error={error} retry={refetch} />
        </>
      )}
      {matter && <MatterView matter={matter} />}
      {!matter && !error && <Waiting />}
    </div>
  )
}

/** Only what is shown here is told of changes: a matter that could not be opened has nothing to follow. */
const Watched = ({ at }: { at: At }) => <LiveBar {...useLive(at)} />

const MatterView = ({ matter }: { matter: Matter }) => (
  <>
    <title>{`${matter.number ?? matter.code} · 法惠工作台`}</title>
    <Heading matter={matter} />
    <div className="matter">
      <div className="matter-side">
        <Part title="办理">
          <ActionPanel matter={matter} />
        </Part>
        <Part title="期限">
          <Clocks clocks={matter.clocks} />
        </Part>
        {matter.linked.length > 0 && (
          <Part title="有关的事项">
            <Family matter={matter} />
          </Part>
        )}
      </div>
      <div className="matter-main">
        <Part title="当事人">
          <Parties matter={matter} />
        </Part>
        {matter.contested && (
          <Part title="对什么不服">
            <Contested decision={matter.contested} />
          </Part>
        )}
        <Part title="申报的情况">
          <Facts facts={matter.facts} />
        </Part>
        {matter.assessment && (
          <Part title="资格核算">
            <Assessment assessment={matter.assessment} />
          </Part>
        )}
        <Part title="材料">
          <Documents matter={matter} />
        </Part>
        <Part title="经过">
          <Timeline timeline={matter.timeline} />
        </Part>
        <Part title="办案便签">
          <Notes matter={matter} />
        </Part>
        {matter.messages.length > 0 && (
          <Part title="发出的消息">
            <Messages messages={matter.messages} />
          </Part>
        )}
      </div>
    </div>
  </>
)

const Heading = ({ matter }: { matter: Matter }) => (
  <div className="heading">
    <h1>{matter.title}</h1>
    <p>
      <Mark tone="info">{matter.stateTitle}</Mark>
      {matter.waitsFor !== 'nobody' && <Mark>{waits[matter.waitsFor]}</Mark>}
    </p>
    <p className="aside">
      {[matter.lineTitle, matter.number ?? matter.code, matter.regionName, `${dayOf(matter.openedAt)} 收到`].join(' · ')}
    </p>
  </div>
)

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="part">
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
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </section>
      </div>
      <div className="matter-main">
        <section className="part">
          <Skeleton active title={false} paragraph={{ rows: 12 }} />
        </section>
      </div>
    </div>
  </div>
)
