import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { usersQuery } from './account-api.ts'
import type { EnrolmentHalf, User } from '../contract.ts'
import { duties, dutyKeys, dutyWords } from './duties.ts'
import { EnrolmentSheet } from './enrolment-sheet.tsx'
import { paths } from '../frame/paths.ts'
import { FloodBar } from '../queue/flood-bar.tsx'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { RegionField } from '../ui/region-field.tsx'
import { AddUser } from './user-form.tsx'
import { UserMark } from './user-mark.tsx'
import { UserPanel } from './user-panel.tsx'
import { WaitingList } from './waiting-list.tsx'

/** The people of an administrator's region: who they are, what they may do, and how their accounts stand. */
export default function UsersPage() {
  const { open, ...search } = useSearch({ from: paths.users })
  const [name, setName] = useState('')
  const [isAdding, setAdding] = useState(false)
  const [sheet, setSheet] = useState<EnrolmentHalf | null>(null)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const people = useQuery(usersQuery(search, name))
  const show = (id: string | undefined) => void navigate({ to: paths.users, search: { ...search, ...(id && { open: id }) } })
  return (
    <div className="page">
      <title>人员与权限 · 法惠工作台</title>
      <div className="queue-title">
        <h1>人员与权限</h1>
        <Button type="primary" onClick={() => setAdding(true)}>
          添加人员
        </Button>
      </div>
      <FloodBar />
      <WaitingList />
      <Narrow name={name} setName={setName} />
      {people.error && <LoadFailure error={people.error} retry={people.refetch} />}
      {!people.data && !people.error && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
      {people.data && <People rows={people.data.rows} />}
      <Pages next={people.data?.next} />
      {open && <UserPanel key={open} id={open} close={() => show(undefined)} hand={setSheet} />}
      {isAdding && (
        <AddUser
          close={() => setAdding(false)}
          done={(added) => {
            setAdding(false)
            setSheet(added)
            void queries.invalidateQueries({ queryKey: ['users'] })
          }}
        />
      )}
      {sheet && <EnrolmentSheet sheet={sheet} close={() => setSheet(null)} />}
    </div>
  )
}

function Narrow({ name, setName }: { name: string; setName(name: string): void }) {
  const { region, duty } = useSearch({ from: paths.users })
  const navigate = useNavigate()
  const narrow = (to: { region?: string; duty?: string }) =>
    void navigate({
      to: paths.users,
      search: Object.fromEntries(Object.entries({ region, duty, ...to }).filter(([, value]) => value)),
    })
  return (
    <div className="sieve">
      <div>
        <span id="where">地区</span>
        <fieldset className="bare" aria-labelledby="where">
          <RegionField {...(region && { value: region })} onChange={(chosen) => narrow({ region: chosen })} />
        </fieldset>
      </div>
      <div>
        <label htmlFor="people-duty">岗位</label>
        <Select
          id="people-duty"
          className="wide"
          value={duty ?? ''}
          options={[
            { value: '', label: '全部' },
            ...dutyKeys.map((value) => ({ value, label: duties[value].title })),
            { value: 'provider', label: '承办人员' },
          ]}
          onChange={(chosen) => narrow({ duty: chosen })}
        />
      </div>
      <div>
        <label htmlFor="people-name">姓名或者登录名</label>
        <Input.Search id="people-name" defaultValue={name} allowClear maxLength={40} onSearch={(typed) => setName(typed.trim())} />
      </div>
    </div>
  )
}

function People({ rows }: { rows: readonly User[] }) {
  const search = useSearch({ from: paths.users })
  if (rows.length === 0) return <p className="empty">没有找到。换个地区、岗位或者姓名再看看。</p>
  return (
    <table className="grid" aria-label="人员">
      <thead>
        <tr>
          <th scope="col">姓名</th>
          <th scope="col">登录名</th>
          <th scope="col">岗位</th>
          <th scope="col">地区</th>
          <th scope="col">账号</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((user) => (
          <tr key={user.id}>
            <th scope="row">
              <Link to={paths.users} search={{ ...search, open: user.id }}>
                {user.name || user.login}
              </Link>
            </th>
            <td data-label="登录名">{user.login}</td>
            <td data-label="岗位">{dutyWords(user.duties)}</td>
            <td data-label="地区">{user.regionName}</td>
            <td data-label="账号">
              <UserMark user={user} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Pages({ next }: { next: string | null | undefined }) {
  const { after, open: _, ...first } = useSearch({ from: paths.users })
  if (!after && !next) return null
  return (
    <nav aria-label="翻页" className="pages">
      {after && (
        <Link to={paths.users} search={first}>
          回到第一页
        </Link>
      )}
      {next && (
        <Link to={paths.users} search={{ ...first, after: next }}>
          下一页
        </Link>
      )}
    </nav>
  )
}
