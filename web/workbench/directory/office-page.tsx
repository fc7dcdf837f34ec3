import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { changeOffice, officeQuery } from '../api.ts'
import type { Office } from '../contract.ts'
import { paths } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { RegisterHistory, RegisterPart } from './register-form.tsx'
import { Rows } from '../queue/rows.tsx'

/** One office of the register. */
export default function OfficePage() {
  const at = useParams({ from: paths.office })
  const query = officeQuery(at)
  const { data: office, error, refetch } = useQuery(query)
  return (
    <div className="page">
      <Link to={paths.directory} search={{ of: 'offices' }}>
        ← 回到名册
      </Link>
      {error && !office && <LoadFailure error={error} retry={refetch} />}
      {!office && !error && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
      {office && (
        <>
          <title>{`${office.name} · 法惠工作台`}</title>
          <h1>{office.name}</h1>
          <p className="aside">{office.kindTitle}</p>
          <Reaching office={office} />
          {office.people.length > 0 && <People office={office} />}
          {office.edit && (
            <RegisterPart
              edit={office.edit}
              version={office.version}
              changes={office.changes}
              queryKey={query.queryKey}
              send={(body) => changeOffice(at, body)}
            />
          )}
          <RegisterHistory changes={office.changes} />
        </>
      )}
    </div>
  )
}

const Reaching = ({ office }: { office: Office }) => (
  <section className="part" aria-labelledby="reaching">
    <h2 id="reaching">怎么找到</h2>
    <Rows
      rows={[
        { label: '电话', value: office.phone ?? '没有登记' },
        { label: '办公时间', value: office.hours ?? '没有登记' },
        { label: '地址', value: office.address ?? '没有登记' },
        { label: '信用代码', value: office.creditCode ?? '没有登记' },
        { label: '登记', value: `${office.validFrom} 起${office.validTo ? `，至 ${office.validTo}` : ''}` },
      ]}
    />
  </section>
)

const People = ({ office }: { office: Office }) => (
  <section className="part" aria-labelledby="people">
    <h2 id="people">人员</h2>
    <ul className="list">
      {office.people.map(({ region, id, name }) => (
        <li key={id}>
          <Link to={paths.person} params={{ region, id }}>
            {name}
          </Link>
        </li>
      ))}
    </ul>
  </section>
)
