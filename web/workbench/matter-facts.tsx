import type { Fact } from './contract.ts'
import { Mark } from './mark.tsx'
import { Rows } from './rows.tsx'
import { dayOf, timeOf } from './time.ts'

/** What has been said in the matter: each answer with who said it, where, when, and whether it was verified. What holds of all is said once. */
export function Facts({ facts }: { facts: Fact[] }) {
  if (facts.length === 0) return <p className="empty">还没有申报的情况。</p>
  const [first] = facts
  const common = facts.every(({ source }) => isSame(source, first?.source)) ? first?.source : undefined
  return (
    <>
      {common && <SourceLine source={common} />}
      <div className="facts">
        {facts.map((fact) => (
          <div key={fact.question} className="fact">
            <h3>{fact.title}</h3>
            <Rows rows={fact.rows} />
            {!common && <SourceLine source={fact.source} />}
          </div>
        ))}
      </div>
    </>
  )
}

type Source = Fact['source']

const isSame = (one: Source, other: Source | undefined) =>
  one.by === other?.by && one.at === other.at && one.channel === other.channel && one.verifiedAt === other.verifiedAt

const SourceLine = ({ source: { by, at, channel, verifiedAt } }: { source: Source }) => (
  <p className="aside">
    {`${by}陈述 · ${timeOf(at)} `}
    <Mark tone="info">{channel}</Mark>
    {verifiedAt ? <Mark tone="good">{`${dayOf(verifiedAt)} 已核实`}</Mark> : <Mark tone="warn">未核实</Mark>}
  </p>
)
