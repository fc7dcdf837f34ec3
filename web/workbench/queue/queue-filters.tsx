import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { choicesQuery, floodQuery, meQuery } from '../api.ts'
import type { Choices, Me } from '../contract.ts'
import { firstPage, narrowings, paths, type Narrowing, type QueueSearch } from '../frame/paths.ts'
import { SaveFilter } from './saved-filters.tsx'

type Option = { value: string; label: string }
type Its = { choices: Choices | undefined; me: Me | undefined; search: QueueSearch; isFlooded: boolean }

const options = (choices: { value: string; title: string }[] = []): Option[] => choices.map(({ value, title }) => ({ value, label: title }))
const statesOf = ({ choices, search }: Its) => choices?.lines.find(({ value }) => value === search.line)?.states

/** How a queue can be narrowed: the words for it, and what there is to choose. An empty list is not offered. */
const filters: Record<Narrowing, { label: string; everything: string; offer(its: Its): Option[] }> = {
  line: { label: '业务', everything: '全部业务', offer: ({ choices }) => options(choices?.lines) },
  state: { label: '状态', everything: '全部状态', offer: (its) => options(statesOf(its)) },
  assignee: {
    label: '承办',
    everything: '不限承办人',
    offer: ({ choices, me }) => (me?.kind === 'provider' ? [] : [{ value: 'none', label: '还没有承办人' }, ...options(choices?.assignees)]),
  },
  region: { label: '地方', everything: '全部地方', offer: ({ choices }) => options(choices?.places) },
  due: {
    label: '期限',
    everything: '不限期限',
    offer: () => [
      { value: 'late', label: '已超期' },
      { value: '0', label: '今天到期' },
      { value: '1', label: '明天之前到期' },
      { value: '3', label: '三天内到期' },
      { value: '7', label: '七天内到期' },
    ],
  },
  flood: {
    label: '批量递交',
    everything: '批量递交的也看',
    // Floods are rare, and a list more is in everybody's way.
    offer: ({ isFlooded, search }) =>
      isFlooded || search.flood
        ? [
            { value: 'only', label: '只看批量递交的' },
            { value: 'without', label: '不看批量递交的' },
          ]
        : [],
  },
}

/** What the queue is narrowed to, as lists to choose from and as words to take away again. */
export function QueueFilters({ found }: { found: number | null | undefined }) {
  const search = useSearch({ from: paths.queue })
  const { data: me } = useQuery(meQuery)
  const { data: choices } = useQuery(choicesQuery(search.region))
  const { data: now } = useQuery({ ...floodQuery, enabled: me?.kind === 'staff' })
  const its = { choices, me, search, isFlooded: Boolean(now?.flood) }
  const change = useChange()
  const [isOpen, setOpen] = useState(() => matchMedia('(width >= 800px)').matches)
  return (
    <div className="narrowing">
      <Button className="narrow-only" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        筛选
      </Button>
      {isOpen && (
        <div className="filters">
          {narrowings.map((key) => (
            <FilterSelect key={key} name={key} its={its} change={change} />
          ))}
        </div>
      )}
      <Chips its={its} found={found} change={change} />
    </div>
  )
}

type Change = (changes: { [K in Narrowing]?: string | undefined }) => void

/** A state is one of its line's, and goes with it. */
function useChange(): Change {
  const navigate = useNavigate()
  const search = useSearch({ from: paths.queue })
  return (changes) => {
    const next = { ...firstPage(search), ...('line' in changes && { state: undefined }), ...changes }
    void navigate({
      to: paths.queue,
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as QueueSearch,
      resetScroll: false,
    }) // the purpose is among them
  }
}

function FilterSelect({ name, its, change }: { name: Narrowing; its: Its; change: Change }) {
  const { label, everything, offer } = filters[name]
  const offered = offer(its)
  const chosen = its.search[name]
  if (offered.length === 0 && !chosen) return null
  const known = !chosen || offered.some(({ value }) => value === chosen) ? [] : [{ value: chosen, label: wordsOf(name, its) }]
  return (
    <div className="filter">
      <label className="unseen" htmlFor={`filter-${name}`}>
        {label}
      </label>
      <Select
        id={`filter-${name}`}
        value={chosen ?? ''}
        showSearch={offered.length > 8 && { optionFilterProp: 'label' }}
        options={[{ value: '', label: everything }, ...known, ...offered]}
        onChange={(value) => change({ [name]: value || undefined })}
      />
    </div>
  )
}

/** What is chosen, in words; a choice this reader is not offered keeps its place all the same. */
function wordsOf(name: Narrowing, its: Its): string {
  const chosen = its.search[name]
  const own = name === 'assignee' && chosen === 'me' ? '我' : undefined
  return (
    own ??
    filters[name]
      .offer(its)
      .find(({ value }) => value === chosen)
      ?.label.trim() ??
    '其他'
  )
}

function Chips({ its, found, change }: { its: Its; found: number | null | undefined; change: Change }) {
  const chosen = narrowings.filter((name) => its.search[name])
  if (chosen.length === 0) return null
  const none = Object.fromEntries(narrowings.map((name) => [name, undefined]))
  return (
    <div className="chips">
      {chosen.map((name) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-label={`${filters[name].label}：${wordsOf(name, its)}，去掉这个条件`}
          onClick={() => change({ [name]: undefined })}
        >
          {`${filters[name].label}：${wordsOf(name, its)}`} <span aria-hidden>×</span>
        </button>
      ))}
      {chosen.length > 1 && (
        <button type="button" className="chip" onClick={() => change(none)}>
          清除全部筛选
        </button>
      )}
      <SaveFilter />
      <output className="aside">{found === null || found === undefined ? '\u00a0' : `符合的有 ${countOf(found)} 件`}</output>
    </div>
  )
}

/** As far as the server counts; beyond it nobody needs the number. */
const countedUpTo = 200

/** A count as people read it: 12, 200+. */
export const countOf = (n: number): string => (n >= countedUpTo ? `${countedUpTo}+` : String(n))
