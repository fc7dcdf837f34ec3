import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../api.ts'
import { paths } from './paths.ts'
import { waysFor, type Way } from './ways.ts'

/** The ways to go, but to one’s own account, which stands behind the name: a row where there is room, behind a button where there is not. A browser that knows no popover shows them all. */
export function FrameWays() {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  return (
    <nav aria-label="主导航" className="ways">
      <button type="button" className="ways-button" popoverTarget="ways">
        菜单
      </button>
      <ul id="ways" popover="auto">
        {waysFor(me)
          .filter(({ path }) => path !== paths.account)
          .map((way) => (
            <li key={way.path}>
              <WayLink way={way} />
            </li>
          ))}
      </ul>
    </nav>
  )
}

const WayLink = ({ way: { path, title, search } }: { way: Way }) => (
  <Link
    to={path as typeof paths.queue} // every way's path is one of the table's
    search={(search ?? {}) as { purpose: 'today' }}
    activeOptions={{ includeSearch: false, exact: path === '/' }}
    onClick={({ currentTarget }) => currentTarget.closest<HTMLElement>('[popover]')?.hidePopover?.()}
  >
    {title}
  </Link>
)
