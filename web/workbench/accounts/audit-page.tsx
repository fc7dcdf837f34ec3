import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Button, Input, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { auditPageSize, auditPeopleQuery, auditQuery, verifySeals } from './account-api.ts'
import { auditKinds, auditWords, whoOf } from './audit-words.ts'
import type { AuditRow } from '../contract.ts'
import { DayField } from '../ui/date-field.tsx'
import { Mark } from '../frame/mark.tsx'
import { paths, type AuditSearch } from '../frame/paths.ts'
import { QrCode } from '../ui/qr-code.tsx'
import { LoadFailure, RefusalNote } from '../ui/refusal-note.tsx'
import { isDay, timeOf } from '../ui/time.ts'

/** Who saw or changed what, and the proof that nobody rewrote it. What is looked for stands in the address, as ids and days. */
export default function AuditPage() {
  const search = useSearch({ from: paths.audit })
  const { data: rows, error, refetch } = useQuery(auditQuery(search))
  return (
    <div className="page">
      <title>审计 · 法惠工作台</title>
      <h1>审计</h1>
      <Seals />
      <Narrow rows={rows ?? []} />
      {error && !rows && <LoadFailure error={error} retry={refetch} />}
      {!rows && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
      {rows?.length === 0 && <p className="empty">没有这样的记录。</p>}
      {rows && rows.length > 0 && <Lines rows={rows} />}
      <Pages rows={rows ?? []} />
    </div>
  )
}

function Seals() {
  const verify = useMutation({ mutationFn: verifySeals })
  const { data } = verify
  return (
    <section className="part" aria-labelledby="seals">
      <h2 id="seals">有没有人改过记录</h2>
      <p className="aside">记录每分钟封存一次，一批扣着一批。改动任何一条，从那一批起就对不上。</p>
      <div aria-live="polite">
        {verify.error && <RefusalNote error={verify.error} />}
        {data && (
          <Alert
            className="note"
            type={data.isWhole ? 'success' : 'error'}
            showIcon
            title={data.isWhole ? `${data.seals} 批全部对得上` : flawOf(data)}
            description={
              data.isWhole ? `${timeOf(data.at)} 核对。${witnessed[data.witness]}` : '请先不要动这台机器，马上联系上级审计部门。'
            }
          />
        )}
        {data?.head && <Head head={data.head} />}
      </div>
      <Button onClick={() => verify.mutate()} loading={verify.isPending}>
        核对全部封存
      </Button>
    </section>
  )
}

/** The end of the chain as it goes on paper. What the code says is a line of the file of a witness, so that a machine compares what was printed. */
const Head = ({ head }: { head: NonNullable<Verified['head']> }) => (
  <div className="seal-head">
    <QrCode text={JSON.stringify(head)} label={`第 ${head.no} 批的二维码`} />
    <p className="aside">
      最后一批是第 {head.no} 批，{timeOf(head.at)} 封存，指纹 <code className="digest">{head.hash}</code>。
      打印这一页或抄下来，存在别处，以后拿来比对：那一批还在，指纹也没变，之前的记录就没有被人动过。
    </p>
    <Button onClick={() => print()}>打印这一页</Button>
  </div>
)

type Verified = NonNullable<ReturnType<typeof verifySeals> extends Promise<infer V> ? V : never>

/** What is wrong, the plainest first. */
function flawOf({ broken, strays, overdue }: Verified): string {
  if (broken !== null) return `第 ${broken} 批对不上`
  if (strays > 0) return `有 ${strays} 条记录被加进来或者抽走了`
  if (overdue > 0) return `有 ${overdue} 条记录早该封存，却没有封存`
  return '存在别处的封存，这里找不到：末尾的记录被删过'
}

const witnessed: Record<Verified['witness'], string> = {
  none: '没有在别处存底：有人删掉末尾几批，这里看不出来。',
  agrees: '和别处的存底一致。',
  disagrees: '和别处的存底不一样。',
}

/** Changes one part of what is looked for and begins again from the newest. */
function useNarrow() {
  const { before: _, ...search } = useSearch({ from: paths.audit })
  const navigate = useNavigate()
  const narrow = (to: AuditSearch) =>
    void navigate({ to: paths.audit, search: Object.fromEntries(Object.entries({ ...search, ...to }).filter(([, value]) => value)) })
  return { search, narrow }
}

function Narrow({ rows }: { rows: readonly AuditRow[] }) {
  const { search, narrow } = useNarrow()
  return (
    <div className="sieve">
      <Person rows={rows} />
      <div>
        <label htmlFor="number">哪件事</label>
        <Input.Search
          key={search.number}
          id="number"
          className="wide"
          allowClear
          placeholder="完整的案件编号"
          maxLength={60}
          defaultValue={search.number ?? ''}
          onSearch={(number) => narrow({ number: number.trim(), matter: '' })}
        />
      </div>
      <div>
        <label htmlFor="kind">做了什么</label>
        <Select
          id="kind"
          className="wide"
          value={search.kind ?? ''}
          options={[{ value: '', label: '全部' }, ...Object.entries(auditKinds).map(([value, label]) => ({ value, label }))]}
          onChange={(kind) => narrow({ kind })}
        />
      </div>
      <div>
        <label htmlFor="from">从哪天</label>
        <DayField id="from" {...(search.from && { value: search.from })} onChange={(from = '') => isDayOrNone(from) && narrow({ from })} />
      </div>
      <div>
        <label htmlFor="to">到哪天</label>
        <DayField id="to" {...(search.to && { value: search.to })} onChange={(to = '') => isDayOrNone(to) && narrow({ to })} />
      </div>
      {search.matter && <Button onClick={() => narrow({ matter: '' })}>不只看这件事</Button>}
    </div>
  )
}

/** Whose lines: found by name or login, kept in the address as an id. */
function Person({ rows }: { rows: readonly AuditRow[] }) {
  const { search, narrow } = useNarrow()
  const [typed, setTyped] = useState('')
  const { data: found = [] } = useQuery(auditPeopleQuery(typed.trim()))
  const row = rows.find(({ who }) => who === search.actor)
  const chosen =
    search.actor && !found.some(({ id }) => id === search.actor) ? [{ value: search.actor, label: row ? whoOf(row) : '选定的这个人' }] : []
  return (
    <div>
      <label htmlFor="person">谁</label>
      <Select
        id="person"
        className="wide"
        allowClear
        showSearch={{ filterOption: false, onSearch: setTyped }}
        placeholder="姓名或登录名"
        notFoundContent={typed ? '没有找到' : '请输入姓名或登录名'}
        value={search.actor ?? null}
        options={[
          ...chosen,
          ...found.map(({ id, name, regionName }) => ({ value: id, label: [name, regionName].filter(Boolean).join(' · ') })),
        ]}
        onChange={(actor: string | undefined) => narrow({ actor: actor ?? '' })}
      />
    </div>
  )
}

/** While a day is being typed nothing is looked for. */
const isDayOrNone = (typed: string): boolean => typed === '' || isDay(typed)

function Lines({ rows }: { rows: readonly AuditRow[] }) {
  const { search } = useNarrow()
  return (
    <table className="grid" aria-label="审计记录">
      <thead>
        <tr>
          <th scope="col">时间</th>
          <th scope="col">谁</th>
          <th scope="col">做了什么</th>
          <th scope="col">地区</th>
          <th scope="col">封存</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.no}>
            <th scope="row">{timeOf(row.at)}</th>
            <td data-label="谁">
              <Link to={paths.audit} search={{ ...search, actor: row.who }} title="只看这个人">
                {whoOf(row)}
              </Link>
              {row.from && <span className="aside">{row.from}</span>}
            </td>
            <td data-label="做了什么">
              <span>
                {auditWords(row)}
                {row.matter && (
                  <>
                    {' '}
                    {row.number && <span className="aside">{row.number}</span>}
                    <Link to={paths.audit} search={{ ...search, matter: row.matter }}>
                      只看这件事
                    </Link>
                  </>
                )}
              </span>
            </td>
            <td data-label="地区">{row.regionName ?? '—'}</td>
            <td data-label="封存">{row.seal === null ? <Mark tone="warn">未封存</Mark> : `第 ${row.seal} 批`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Pages({ rows }: { rows: readonly AuditRow[] }) {
  const { before } = useSearch({ from: paths.audit })
  const { search } = useNarrow()
  const next = rows.length === auditPageSize ? rows.at(-1)?.no : undefined
  if (!before && !next) return null
  return (
    <nav aria-label="翻页" className="pages">
      {before && (
        <Link to={paths.audit} search={search}>
          回到最新
        </Link>
      )}
      {next && (
        <Link to={paths.audit} search={{ ...search, before: String(next) }}>
          更早的
        </Link>
      )}
    </nav>
  )
}
