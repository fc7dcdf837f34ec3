import type { Fact } from './contract.ts'
import { Mark } from './mark.tsx'
import { Rows } from './rows.tsx'
import { dayOf, timeOf } from './time.ts'

/** What has been said in the matter: each answer with who said it, where, when, and whether it was verified. */
export function Facts({ facts }: { facts: Fact[] }) {
  if (facts.length === 0) return <p className="empty">还没有申报的情况。</p>
  return (
    <div className="facts">
      {facts.map((fact) => (
        <div key={fact.question} className="fact">
          <h3>{fact.title}</h3>
          <Rows rows={fact.rows} />
          <p className="aside">
            {`${fact.source.by}陈述 · ${timeOf(fact.source.at)} `}
            <Mark tone="info">{fact.source.channel}</Mark>
            {fact.source.verifiedAt ? (
              <Mark tone="good">{`${dayOf(fact.source.verifiedAt)} 已核实`}</Mark>
            ) : (
              <Mark tone="warn">未核实</Mark>
            )}
          </p>
        </div>
      ))}
    </div>
  )
}
