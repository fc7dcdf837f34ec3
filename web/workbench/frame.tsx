import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { Button } from 'antd'
import { meQuery, signOut } from './api.ts'
import { dropBulk } from './bulk-job.ts'
import { dropDrafts } from './drafts.ts'
import { FrameTools } from './frame-tools.tsx'
import { paths } from './paths.ts'

/** What surrounds every page: the name, the ways to go, and who is at the desk. */
export function Frame() {
  const isSignIn = useRouterState({ select: ({ location }) => location.pathname === paths.signIn })
  return (
    <>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="frame">
        <span className="brand">法惠工作台</span>
        {!isSignIn && <Ways />}
        {!isSignIn && <FrameTools />}
        {!isSignIn && <WhoIsHere />}
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}

const Ways = () => (
  <nav aria-label="主导航">
    <Link to={paths.queue} search={{ purpose: 'today' }} activeOptions={{ includeSearch: false, exact: true }}>
      事项
    </Link>
    <Link to={paths.measures}>指标</Link>
  </nav>
)

function WhoIsHere() {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      dropDrafts()
      dropBulk()
      await navigate({ to: paths.signIn, search: {} })
      queries.clear()
    },
  })
  return (
    <div className="who">
      <span className="who-name">{me ? `${me.name} · ${me.regionName}` : '\u00a0'}</span>
      <Button size="small" onClick={() => leave.mutate()} loading={leave.isPending}>
        退出
      </Button>
      {leave.isError && <span role="alert">没能退出，请再点一次</span>}
    </div>
  )
}
