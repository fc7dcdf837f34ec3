import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../api.ts'
import type { Me } from '../contract.ts'
import { homeOf } from './home.ts'
import { paths } from './paths.ts'

/** An address that leads nowhere. */
export function LostPage() {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  return (
    <div className="page narrow">
      <title>没有这一页 · 法惠工作台</title>
      <h1>没有这一页</h1>
      <p>地址可能抄错了，也可能这件事不在您的辖区内。</p>
      <WayHome me={me} />
    </div>
  )
}

/** A page that belongs to other duties. */
export const OthersPage = ({ me }: { me: Me }) => (
  <div className="page narrow">
    <title>不在您的职责内 · 法惠工作台</title>
    <h1>这一页不在您的职责内</h1>
    <p>它由别的岗位使用。工作需要时，请找账号管理员调整职责。</p>
    <WayHome me={me} />
  </div>
)

const WayHome = ({ me }: { me: Me | undefined }) =>
  me && homeOf(me) === paths.users ? (
    <Link to={paths.users} search={{}}>
      回到人员与权限
    </Link>
  ) : (
    <Link to={paths.queue} search={{ purpose: 'today' }}>
      回到今天要办的事
    </Link>
  )
