import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Checkbox, Input, Select, Skeleton } from 'antd'
import { officesQuery, peopleQuery } from '../api.ts'
import type { People } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { paths, type DirectorySearch } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'

/** The register: people and offices under a place. Place and filters are in the address. */
export default function DirectoryPage() {
  const search = useSearch({ from: paths.directory })
  const { data: people, error, refetch } = useQuery({ ...peopleQuery(search), placeholderData: keepPreviousData })
  const { after: _, ...first } = search
  return (
    <div className="page">
      <title>名册 · 法惠工作台</title>
      <h1>名册</h1>
      {people && <Places people={people} search={first} />}
      <Filters search={first} people={people} />
      {error && !people && <LoadFailure error={error} retry={refetch} />}
      {!people && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {people && search.of === 'people' && <PeopleTable people={people} />}
      {search.of === 'offices' && <Offices search={search} />}
      {search.of === 'people' && <Next search={search} next={people?.next} />}
    </div>
  )
}

const Places = ({ people: { path, below }, search }: { people: People; search: DirectorySearch }) => (
  <nav aria-label="地方" className="places">
    <p>
      {path.map(({ code, name }, at) => (
        <span key={code}>
          {at > 0 && ' › '}
          <Link to={paths.directory} search={{ ...search, under: code }}>
            {name}
          </Link>
        </span>
      ))}
    </p>
    {below.length > 0 && (
      <details>
        <summary>下级地方</summary>
        <ul className="below">
          {below.map(({ code, name }) => (
            <li key={code}>
              <Link to={paths.directory} search={{ ...search, under: code }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </details>
    )}
  </nav>
)

const kinds = [
  { value: '', label: '各类人员' },
  { value: 'lawyer', label: '律师' },
  { value: 'grassrootsLegalWorker', label: '基层法律服务工作者' },
  { value: 'agencyStaff', label: '机构工作人员' },
  { value: 'volunteer', label: '志愿者' },
  { value: 'studentVolunteer', label: '学生志愿者' },
  { value: 'mediator', label: '专职人民调解员' },
  { value: 'partTimeMediator', label: '兼职人民调解员' },
]

function Filters({ search, people }: { search: DirectorySearch; people: People | undefined }) {
  const navigate = useNavigate({ from: paths.directory })
  const set = (name: keyof DirectorySearch, value: string) =>
    void navigate({ search: { ...search, [name]: value || undefined } as DirectorySearch })
  return (
    <div className="calendar-filters">
      <nav aria-label="看什么" className="switch">
        {(['people', 'offices'] as const).map((of) => (
          <Link
            key={of}
            to={paths.directory}
            search={{ ...search, of }}
            activeProps={{}}
            data-on={search.of === of}
            aria-current={search.of === of ? 'true' : 'false'}
          >
            {of === 'people' ? '人员' : '机构'}
          </Link>
        ))}
      </nav>
      <Input.Search
        key={search.q}
        className="directory-search"
        aria-label="查找"
        placeholder="姓名、机构或者执业证号"
        defaultValue={search.q ?? ''}
        onSearch={(q) => set('q', q.trim())}
        allowClear
        maxLength={60}
      />
      {search.of === 'people' && (
        <>
          <Select
            aria-label="人员种类"
            className="line-filter"
            value={search.kind ?? ''}
            options={kinds}
            onChange={(kind) => set('kind', kind)}
          />
          <Select
            aria-label="擅长"
            className="line-filter"
            value={search.specialism ?? ''}
            options={[
              { value: '', label: '各种专长' },
              ...(people?.specialisms ?? []).map(({ key, title }) => ({ value: key, label: title })),
            ]}
            onChange={(specialism) => set('specialism', specialism)}
          />
          <Checkbox checked={search.available === '1'} onChange={({ target }) => set('available', target.checked ? '1' : '')}>
            只看能执业的
          </Checkbox>
        </>
      )}
    </div>
  )
}

const PeopleTable = ({ people: { rows } }: { people: People }) =>
  rows.length === 0 ? (
    <p className="empty">这里没有登记的人员。换个地方，或者放宽条件再找。</p>
  ) : (
    <table className="grid people">
      <caption className="unseen">人员</caption>
      <thead>
        <tr>
          <th scope="col">姓名</th>
          <th scope="col">机构</th>
          <th scope="col">执业证</th>
          <th scope="col">在办</th>
          <th scope="col">擅长</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <Link to={paths.person} params={{ region: row.region, id: row.id }}>
                {row.name}
              </Link>
              <span className="aside">{row.kindTitle}</span>
            </th>
            <td data-label="机构">
              <Link to={paths.office} params={{ region: row.region, id: row.office }}>
                {row.officeName}
              </Link>
            </td>
            <td data-label="执业证">
              {row.licence ?? '无'}
              {row.licence && !row.isAvailable && <Mark tone="bad">现在不能执业</Mark>}
            </td>
            <td data-label="在办">{`${row.openMatters}\u00a0件`}</td>
            <td data-label="擅长">{row.specialisms.join('、') || '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )

function Offices({ search }: { search: DirectorySearch }) {
  const { data: offices, error, refetch } = useQuery(officesQuery(search))
  if (error && !offices) return <LoadFailure error={error} retry={refetch} />
  if (!offices) return <Skeleton active title={false} paragraph={{ rows: 8 }} />
  if (offices.rows.length === 0) return <p className="empty">这里没有登记的机构。</p>
  return (
    <>
      <section className="part">
        <ul className="list">
          {offices.rows.map(({ region, id, name, kindTitle, phone, hours, address, isOpen }) => (
            <li key={id}>
              <Link to={paths.office} params={{ region, id }}>
                {name}
              </Link>{' '}
              {!isOpen && <Mark tone="warn">现在不办公</Mark>}
              <span className="aside">{[kindTitle, phone, hours, address].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ul>
      </section>
      <Next search={search} next={offices.next} />
    </>
  )
}

const Next = ({ search, next }: { search: DirectorySearch; next: string | null | undefined }) =>
  next ? (
    <nav aria-label="翻页" className="pages">
      <Link to={paths.directory} search={{ ...search, after: next }}>
        下一页
      </Link>
    </nav>
  ) : null
