import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { changePerson, personQuery } from '../api.ts'
import type { Person } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { paths } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { RegisterHistory, RegisterPart } from './register-form.tsx'
import { Rows } from '../queue/rows.tsx'

/** One practitioner of the register. */
export default function PersonPage() {
  const at = useParams({ from: paths.person })
  const query = personQuery(at)
  const { data: person, error, refetch } = useQuery(query)
  return (
    <div className="page">
      <Link to={paths.directory} search={{ of: 'people' }}>
        ← 回到名册
      </Link>
      {error && !person && <LoadFailure error={error} retry={refetch} />}
      {!person && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
      {person && (
        <>
          <title>{`${person.name} · 法惠工作台`}</title>
          <h1>{person.name}</h1>
          <p className="aside">{person.kindTitle}</p>
          <Licence person={person} />
          <Standing person={person} />
          <Matters person={person} />
          {person.edit && (
            <RegisterPart
              edit={person.edit}
              version={person.version}
              changes={person.changes}
              queryKey={query.queryKey}
              send={(body) => changePerson(at, body)}
            />
          )}
          <RegisterHistory changes={person.changes} />
        </>
      )}
    </div>
  )
}

const Licence = ({ person }: { person: Person }) => (
  <section className="part" aria-labelledby="licence">
    <h2 id="licence">执业</h2>
    <Rows
      rows={[
        {
          label: '机构',
          value: (
            <Link to={paths.office} params={{ region: person.region, id: person.office }}>
              {person.officeName}
            </Link>
          ),
        },
        { label: '执业证', value: person.licence ?? '无' },
        { label: '有效期', value: `${person.licenceFrom} 起${person.licenceTo ? `，至 ${person.licenceTo}` : ''}` },
        ...(person.suspendedFrom
          ? [
              {
                label: '暂停执业',
                value: `${person.suspendedFrom} 起${person.suspendedTo ? `，至 ${person.suspendedTo}` : '，没有写明何时恢复'}`,
              },
            ]
          : []),
        { label: '年度考核', value: person.assessedYear ? `${person.assessedYear} 年度` : '还没有' },
        { label: '擅长', value: person.specialisms.join('、') || '—' },
        ...(person.qualifications.length > 0 ? [{ label: '另外', value: person.qualifications.join('；') }] : []),
      ]}
    />
  </section>
)

const Standing = ({ person }: { person: Person }) => (
  <section className="part" aria-labelledby="standing">
    <h2 id="standing">现在能不能指派</h2>
    {!person.hasAccount && <p>还没有能用的工作台账号，不能指派。</p>}
    {person.standing.map(({ title, isAssignable, reasons }) => (
      <div key={title}>
        <h3>
          {title} <Mark tone={isAssignable ? 'good' : 'bad'}>{isAssignable ? '可以指派' : '不能指派'}</Mark>
        </h3>
        {reasons.map(({ text, article }) => (
          <p key={text}>
            {text}
            <span className="aside">{article}</span>
          </p>
        ))}
      </div>
    ))}
    <p className="aside">具体到一件事，还要看利益冲突，指派时会再核对。</p>
  </section>
)

const Matters = ({ person }: { person: Person }) => (
  <section className="part" aria-labelledby="matters">
    <h2 id="matters">{`在办 ${person.openMatters} 件`}</h2>
    {person.matters.length < person.openMatters && <p className="aside">只列出您能看到的。</p>}
    <ul className="list">
      {person.matters.map(({ region, id, title, number, stateTitle }) => (
        <li key={id}>
          <Link to={paths.matter} params={{ region, id }}>
            {title}
          </Link>
          <span className="aside">{`${number} · ${stateTitle}`}</span>
        </li>
      ))}
    </ul>
  </section>
)
