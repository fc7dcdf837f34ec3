import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react'
import { meQuery, searchQuery } from '../api.ts'
import type { Me } from '../contract.ts'
import { pagesFor } from '../frame/ways.ts'
import { basePath } from '../frame/paths.ts'
import { PopUp } from '../ui/pop-up.tsx'
import { messageOf } from '../ui/refusal-note.tsx'
import { foundAt, type Found } from './search-found.ts'
import { useSettled } from '../ui/use-settled.ts'

/** One box that finds everything. What is typed is posted and forgotten when the box closes: it may be a person's number. */
export default function SearchBox({ close }: { close: () => void }) {
  const [term, setTerm] = useState('')
  const { groups, isSearching, error } = useFound(term)
  const count = groups.reduce((sum, { found }) => sum + found.length, 0)
  return (
    <PopUp title="搜索" close={close}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys move between the controls within; each is a control itself */}
      <search onKeyDown={moveFocus}>
        <input
          type="text"
          role="searchbox"
          className="search-input"
          aria-label="搜索"
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
          placeholder="编号、查询码、证件号、电话、承办人、机构、法条"
          value={term}
          onChange={({ target }) => setTerm(target.value)}
        />
        {error && <p className="search-note">{messageOf(error)}</p>}
        <output className="unseen">{term.trim() && !isSearching ? `找到 ${count} 条` : ''}</output>
        {groups.map((group) => (
          <Results key={group.title} group={group} close={close} />
        ))}
        {!isSearching && !error && count === 0 && <Hint isAsked={term.trim() !== ''} />}
      </search>
    </PopUp>
  )
}

/** Up and down go from the box through the results and back; Enter in the box opens the first. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.nativeEvent.isComposing) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  if (event.key === 'Enter' && at === 0) return stops[1]?.click()
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const next = by && stops[at + by]
  if (!next) return
  event.preventDefault()
  next.focus()
}

type Group = { title: string; found: Found[] }

/** Pages are known here; the rest is asked for once the typing rests. */
function useFound(term: string) {
  const { data: me } = useQuery(meQuery)
  const asked = useSettled(term.trim())
  const { data, error, isFetching } = useQuery({ ...searchQuery(asked), enabled: asked !== '', placeholderData: keepPreviousData })
  const found = (asked && data ? data : []).map(({ title, hits }) => ({ title, found: hits.flatMap(foundAt) }))
  const groups = useDeferredValue(term.trim() ? [...found, ...pages(term.trim(), me)] : [])
  return { groups, error: asked ? error : null, isSearching: isFetching || asked !== term.trim() }
}

function pages(term: string, me: Me | undefined): Group[] {
  const found = pagesFor(term, me).map(({ title, to }) => ({ title, aside: '打开这一页', to }))
  return found.length ? [{ title: '页面', found }] : []
}

function Results({ group, close }: { group: Group; close: () => void }) {
  const heading = useId()
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="found-title">
        {group.title}
      </h3>
      <ul className="found">
        {group.found.map((found) => (
          <li key={`${found.to} ${found.title} ${found.aside}`}>
            <Result found={found} close={close} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Result({ found: { title, aside, to }, close }: { found: Found; close: () => void }) {
  const router = useRouter()
  const words = (
    <>
      {title}
      <span className="aside">{aside}</span>
    </>
  )
  if (to === null) return <span className="option">{words}</span>
  return (
    <a
      className="option"
      href={basePath + to}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        close()
        router.history.push(basePath + to)
      }}
    >
      {words}
    </a>
  )
}

const Hint = ({ isAsked }: { isAsked: boolean }) => (
  <div className="search-note">
    {isAsked && <p>没有找到。可能是不在您的辖区，或者要写得完整一些。</p>}
    <p>可以这样找：</p>
    <ul>
      <li>事项：案件编号（写开头也行，只写“民12”也行）、十位查询码</li>
      <li>当事人：完整的证件号或手机号。查找会留下记录</li>
      <li>承办人、机构、地方的名称</li>
      <li>法条：法律援助法43、第四十三条</li>
    </ul>
    <p>当事人的姓名是加密保存的，所以不能按姓名找，请用证件号、电话或者编号。</p>
  </div>
)
