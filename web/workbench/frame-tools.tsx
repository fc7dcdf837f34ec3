import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { meQuery, noticesQuery } from './api.ts'
import { paths } from './paths.ts'
import { useKeys } from './use-keys.ts'
import { isAtDesk } from './ways.ts'

const SearchBox = lazy(() => import('./search-box.tsx'))
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
      <Button size="small" className="search-button" onClick={() => show('search')}>
        搜索 <kbd aria-hidden>/</kbd>
      </Button>
      <NoticesLink />
      <Button size="small" aria-label="快捷键" title="快捷键（?）" onClick={() => show('help')}>
        <kbd>?</kbd>
      </Button>
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
