import { Outlet, useRouterState } from '@tanstack/react-router'
import { FrameTools } from './frame-tools.tsx'
import { FrameWays } from './frame-ways.tsx'
import { FrameWho } from './frame-who.tsx'
import { paths } from './paths.ts'

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
        <Outlet />
      </main>
    </>
  )
}
