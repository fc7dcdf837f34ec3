import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { meQuery, noticesQuery } from '../api.ts'
import { paths } from './paths.ts'
import { useKeys } from '../ui/use-keys.ts'
import { isAtDesk } from './ways.ts'

const SearchBox = lazy(() => import('../queue/search-box.tsx'))
const KeysHelp = lazy(() => import('./keys-help.tsx'))

/** What is at hand on every page of those who work with matters, each by button and by key. */
export function FrameTools() {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  return isAtDesk(me) && <Tools />
}

function Tools() {
  const navigate = useNavigate()
  const [shown, show] = useState<'help' | 'search' | null>(null)
  useKeys({ help: () => show('help'), search: () => show('search'), notices: () => void navigate({ to: paths.notices }) })

  const close = () => show(null)
  return (
    <div className="tools">
      <button type="button" className="search-button" onClick={() => show('search')}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="7" cy="7" r="4.5" />
          <path d="m10.5 10.5 4 4" />
        </svg>
        搜索<span className="search-hint">编号、证件号、电话</span>
        <kbd aria-hidden>/</kbd>
      </button>
      <NoticesLink />
      <button type="button" className="help-button" aria-label="快捷键" title="快捷键（?）" onClick={() => show('help')}>
        ?
      </button>
      <Suspense fallback={null}>
        {shown === 'search' && <SearchBox close={close} />}
        {shown === 'help' && <KeysHelp close={close} />}
      </Suspense>
    </div>
  )
}

/** More than this need not be counted out. */
const countedUpTo = 99

function NoticesLink() {
  const { data } = useQuery(noticesQuery)
  const unread = data?.unread ?? 0
  return (
    <Link to={paths.notices} className="bell" aria-label={unread > 0 ? `通知，${unread} 条没看` : '通知'}>
      通知{unread > 0 && <span className="unread">{unread > countedUpTo ? `${countedUpTo}+` : unread}</span>}
    </Link>
  )
}
