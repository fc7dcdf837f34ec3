import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { meQuery } from '../api.ts'
import { FrameTools } from './frame-tools.tsx'
import { FrameWays } from './frame-ways.tsx'
import { FrameWho } from './frame-who.tsx'
import { homeOf } from './home.ts'
import { OthersPage } from './lost-page.tsx'
import { paths } from './paths.ts'
import { isOpenTo } from './ways.ts'

/** Where nobody is signed in yet, and so nothing leads anywhere. */
const isOutside = (path: string) => path === paths.signIn || path === '/enrol'

/** What surrounds every page: the name, the ways to go, the search, and who is at the desk. */
export function Frame() {
  const isInside = useRouterState({ select: ({ location }) => !isOutside(location.pathname) })
  return (
    <>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="frame">
        <span className="brand">法惠工作台</span>
        {isInside && <FrameWays />}
        {isInside && <FrameTools />}
        {isInside && <FrameWho />}
      </header>
      <main id="main" tabIndex={-1}>
        {isInside ? <Inside /> : <Outlet />}
      </main>
    </>
  )
}

/** The page, where it is among somebody's ways; else the way back to theirs. */
function Inside() {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const path = useRouterState({ select: ({ location }) => location.pathname })
  if (!me || isOpenTo(path, me)) return <Outlet />
  return path === paths.queue ? <Navigate to={homeOf(me)} replace /> : <OthersPage me={me} />
}
