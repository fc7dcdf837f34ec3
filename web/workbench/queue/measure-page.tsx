import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { confinedQuery, figuresQuery, measuresQuery, meQuery } from '../api.ts'
import type { Figure, Measure } from '../contract.ts'
import { paths } from '../frame/paths.ts'
import { FloodBar } from './flood-bar.tsx'
import { inYuan } from '../ui/money.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'

/** The indicators, with what is claimed beside what people confirmed. */
export default function MeasurePage() {
  const { data: measures, error, refetch } = useQuery(measuresQuery)
  return (
    <div className="page">
      <title>指标 · 法惠工作台</title>
      <h1>指标</h1>
      <FloodBar />
      <p className="lead">“报称”是办理一方填报的结果；“经本人确认”是当事人自己确认过的；“本人否认”是当事人说不属实的。</p>
      {error && !measures && <LoadFailure error={error} retry={refetch} />}
      <ConfinedCounts />
      {measures?.map((measure) => (
        <MeasureTable key={measure.key} measure={measure} />
      ))}
      <Figures />
      {measures?.length === 0 && <p className="empty">还没有可以统计的结果。</p>}
      {!measures && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
    </div>
  )
}

/** What was done everywhere, and where matters stand: the figures are everybody's, the matters behind them are those the reader's own queue shows. */
function Figures() {
  const { data } = useQuery(figuresQuery)
  const of = (counted: Figure['counted']) => data?.filter((figure) => figure.counted === counted) ?? []
  return (
    <>
      <FigureTable title="最近三十天办了什么" what="办理" figures={of('action')} name={asWords} />
      <FigureTable title="现在办到哪一步" what="阶段" figures={of('state')} name={asQueue} />
    </>
  )
}

const asWords = ({ title }: Figure) => title
const asQueue = ({ line, what, title }: Figure) => (
  <Link to={paths.queue} search={{ purpose: 'all', line, state: what }}>
    {title}
  </Link>
)

type Table = { title: string; what: string; figures: readonly Figure[]; name: (figure: Figure) => ReactNode }

function FigureTable({ title, what, figures, name }: Table) {
  if (!figures.length) return null
  return (
    <section aria-label={title} className="part">
      <h2>{title}</h2>
      <table className="grid figures" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">事项</th>
            <th scope="col">{what}</th>
            <th scope="col">件数</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={`${figure.line}.${figure.what}`}>
              <th scope="row">{figure.lineTitle}</th>
              <td data-label={what}>{name(figure)}</td>
              <td data-label="件数">{count.format(figure.n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** To managers: that confined matters are there, and how many; which, nobody is told here. */
function ConfinedCounts() {
  const isManager = useQuery({ ...meQuery, enabled: false }).data?.duties.includes('manager') ?? false
  const { data } = useQuery({ ...confinedQuery, enabled: isManager })
  if (!data?.length) return null
  return (
    <section aria-label="限定知悉的事项" className="part">
      <h2>限定知悉的事项</h2>
      <p className="aside">在办的，只有指定的人能看。这里只有件数。</p>
      <p>{data.map(({ regionName, matters }) => `${regionName} ${count.format(matters)} 件`).join('，')}</p>
    </section>
  )
}

const percent = new Intl.NumberFormat('zh-CN', { style: 'percent', maximumFractionDigits: 1 })
const count = new Intl.NumberFormat('zh-CN')

/** How the figures of each kind read: a share of things counted, or money. */
const reading: Record<Measure['kind'], { value(its: number): string; part(its: number): string; base: string }> = {
  ratio: { value: (share) => percent.format(share), part: (its) => count.format(its), base: '应计件数' },
  sum: { value: inYuan, part: inYuan, base: '件数' },
}

const directions: Record<Measure['better'], string> = { higher: '越高越好', lower: '越低越好' }

const shown = (its: number | null, as: (its: number) => string) => (its === null ? '—' : as(its))

function MeasureTable({ measure }: { measure: Measure }) {
  const { value, part, base } = reading[measure.kind]
  return (
    <section aria-labelledby={`measure-${measure.key}`} className="part">
      <h2 id={`measure-${measure.key}`}>{measure.title}</h2>
      <p className="aside">{[directions[measure.better], measure.article].filter(Boolean).join(' · ')}</p>
      <table className="grid figures" aria-labelledby={`measure-${measure.key}`}>
        <thead>
          <tr>
            <th scope="col">地区或机构</th>
            <th scope="col">{measure.kind === 'ratio' ? '比例' : '合计'}</th>
            <th scope="col">{base}</th>
            <th scope="col">报称</th>
            <th scope="col">经本人确认</th>
            <th scope="col">本人否认</th>
          </tr>
        </thead>
        <tbody>
          {measure.rows.map((row) => (
            <tr key={row.group}>
              <th scope="row">{row.groupName}</th>
              <td data-label={measure.kind === 'ratio' ? '比例' : '合计'}>{shown(row.value, value)}</td>
              <td data-label={base}>{count.format(row.base)}</td>
              <td data-label="报称">{shown(row.claimed, part)}</td>
              <td data-label="经本人确认">{shown(row.confirmed, part)}</td>
              <td data-label="本人否认">{shown(row.contradicted, part)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
