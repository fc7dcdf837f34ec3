import { Link } from '@tanstack/react-router'
import type { Matter } from '../contract.ts'
import { paths } from '../frame/paths.ts'
import { Rows } from '../queue/rows.tsx'

/** The decision an objection is about: what was decided, when, why, and under which articles. */
export const Contested = ({ decision }: { decision: NonNullable<Matter['contested']> }) => (
  <>
    <h3>
      <Link to={paths.matter} params={{ region: decision.region, id: decision.id }}>
        {decision.title}
      </Link>
    </h3>
    <Rows
      rows={[
        { label: '决定', value: [decision.words, decision.ground].filter(Boolean).join('') },
        { label: '理由', value: decision.reasons ?? '没有另写理由' },
        { label: '依据', value: decision.articles.join('、') },
        { label: '作出', value: decision.on },
        { label: '送达', value: decision.servedOn ?? '还没有登记' },
      ]}
    />
  </>
)
