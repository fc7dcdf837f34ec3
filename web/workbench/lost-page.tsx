import { Link } from '@tanstack/react-router'
import { paths } from './paths.ts'

/** An address that leads nowhere. */
export function LostPage() {
  return (
    <div className="page narrow">
      <h1>没有这一页</h1>
      <p>地址可能抄错了，也可能这件事不在您的辖区内。</p>
      <Link to={paths.queue} search={{ purpose: 'today' }}>
        回到今天要办的事
      </Link>
    </div>
  )
}
