import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Select, Skeleton } from 'antd'
import type { Flips, ReplayReport } from '../contract.ts'
import { type FlipsSearch, paths } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { flipsQuery } from './settings-api.ts'

/** The cases that would be decided otherwise, a page at a time; county, direction and page are in the address. */
export function FlipList({ draft, report }: { draft: string; report: ReplayReport }) {
  const search = useSearch({ from: paths.draft })
  const { data: flips, error, refetch } = useQuery({ ...flipsQuery(draft, report.replay.id, search), placeholderData: keepPreviousData })
  return (
    <section aria-labelledby="flips" className="part">
      <h2 id="flips">逐件看</h2>
      <Filters report={report} />
      {error && <LoadFailure error={error} retry={refetch} />}
      {!flips && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {flips?.rows.length === 0 && <p className="empty">这里没有结果会变的案件。</p>}
      {flips && flips.rows.length > 0 && <FlipTable rows={flips.rows} />}
      {flips && <Pages next={flips.next} />}
    </section>
  )
}

function Filters({ report }: { report: ReplayReport }) {
  const { county, way } = useSearch({ from: paths.draft })
  const navigate = useNavigate({ from: paths.draft })
  const counties = report.groups.find(({ key }) => key === 'county')?.rows ?? []
  const go = (change: FlipsSearch) =>
    void navigate({ search: ({ after: _, ...now }) => filled({ ...now, ...change }), replace: true, resetScroll: false })
  return (
    <div className="flip-filters">
      <div className="filter">
        <label htmlFor="county">县区</label>
        <Select
          id="county"
          value={county ?? ''}
          options={[{ value: '', label: '全部县区' }, ...counties.map(({ group, name }) => ({ value: group, label: name }))]}
          onChange={(chosen) => go({ county: chosen })}
        />
      </div>
      <div className="filter">
        <label htmlFor="way">变化</label>
        <Select
          id="way"
          value={way ?? ''}
          options={[
            { value: '', label: '全部变化' },
            ...report.directions.map(({ from, to, words }) => ({ value: `${from}>${to}`, label: words })),
          ]}
          onChange={(chosen) => go({ way: chosen })}
        />
      </div>
    </div>
  )
}

/** Without what was chosen to be all. */
const filled = (search: FlipsSearch): FlipsSearch => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ''))

const FlipTable = ({ rows }: { rows: Flips['rows'] }) => (
  <table className="grid flips" aria-label="结果会变的案件">
    <thead>
      <tr>
        <th scope="col">案件</th>
        <th scope="col">变化</th>
        <th scope="col">哪一步</th>
        <th scope="col">离标准</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={`${row.region} ${row.assessment}`}>
          <th scope="row">
            <Link to={paths.matter} params={{ region: row.region, id: row.matter }}>
              {row.number ?? '没有编号'}
            </Link>
            <span className="aside">{row.regionName}</span>
          </th>
          <td data-label="变化">{row.words}</td>
          <td data-label="哪一步">
            <span>
              {row.step}
              <span className="aside">{row.explain}</span>
              <span className="aside">{row.article}</span>
            </span>
          </td>
          <td data-label="离标准">{row.margin ?? '—'}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

function Pages({ next }: { next: string | null }) {
  const { after, ...first } = useSearch({ from: paths.draft })
  if (!after && !next) return null
  return (
    <nav aria-label="翻页" className="pages">
      {after && (
        <Link from={paths.draft} search={first} resetScroll={false}>
          回到第一页
        </Link>
      )}
      {next && (
        <Link from={paths.draft} search={{ ...first, after: next }} resetScroll={false}>
          下一页
        </Link>
      )}
    </nav>
  )
}
