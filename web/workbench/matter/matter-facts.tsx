import type { Fact, Matter } from '../contract.ts'
import { FactCheck } from './fact-check.tsx'
import { Mark } from '../frame/mark.tsx'
import { Rows } from '../queue/rows.tsx'
import { timeOf } from '../ui/time.ts'
import { SayFor } from './told/say-for.tsx'

/**
 * What has been said in the matter: each answer with who said it, where and when, and by whom, when and how it was checked. What holds of all is
 * said once. At a table with two sides each says whose it is.
 */
export function Facts({ matter }: { matter: Matter }) {
  const { facts } = matter
  const saying = matter.maySayFor && <SayFor matter={matter} />
  if (facts.length === 0)
    return (
      <>
        <p className="empty">还没有申报的情况。</p>
        {saying}
      </>
    )
  const [first] = facts
  const common = facts.every(({ source }) => isSame(source, first?.source)) ? first?.source : undefined
  return (
    <>
      {saying}
      {common && <SourceLine source={common} />}
      <div className="facts">
        {facts.map((fact) => (
          <div key={`${fact.holder} ${fact.question}`} className="fact">
            <h3>
              {[fact.title, fact.ofTitle].filter(Boolean).join(' · ')} {fact.isShared && <Mark tone="info">已给对方看</Mark>}
            </h3>
            <Rows rows={fact.rows} />
            {!common && <SourceLine source={fact.source} />}
            <FactCheck key={fact.seq} matter={matter} fact={fact} />
          </div>
        ))}
      </div>
    </>
  )
}

type Source = Fact['source']

const isSame = (one: Source, other: Source | undefined) => one.by === other?.by && one.at === other.at && one.channel === other.channel

const SourceLine = ({ source: { by, at, channel } }: { source: Source }) => (
  <p className="aside">
    {`${by}陈述 · ${timeOf(at)} `}
    <Mark tone="info">{channel}</Mark>
  </p>
)
