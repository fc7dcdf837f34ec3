import type { Fact, Matter } from './contract.ts'
import { FactCheck } from './fact-check.tsx'
import { Mark } from './mark.tsx'
import { Rows } from './rows.tsx'
import { timeOf } from './time.ts'

/** What has been said in the matter: each answer with who said it, where, when, and by whom, when and how it was checked. */
export function Facts({ matter }: { matter: Matter }) {
  if (matter.facts.length === 0) return <p className="empty">还没有申报的情况。</p>
  return matter.facts.map((fact) => <FactItem key={fact.question} matter={matter} fact={fact} />)
}

const FactItem = ({ matter, fact }: { matter: Matter; fact: Fact }) => (
  <div className="fact">
    <h3>{fact.title}</h3>
    <Rows rows={fact.rows} />
    <p className="aside">
      {`${fact.source.by}陈述 · ${timeOf(fact.source.at)} `}
      <Mark tone="info">{fact.source.channel}</Mark>
    </p>
    <FactCheck key={fact.seq} matter={matter} fact={fact} />
  </div>
)
