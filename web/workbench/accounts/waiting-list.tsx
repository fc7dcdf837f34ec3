import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { waitingQuery } from './account-api.ts'
import type { AccountRequest, User } from '../contract.ts'
import { paths } from '../frame/paths.ts'
import { timeOf } from '../ui/time.ts'
import { requests } from './requests.ts'

/** What waits for a second person, above the list of all: who asked, since when, and whose turn it is. */
export function WaitingList() {
  const { data } = useQuery(waitingQuery)
  const rows = data?.rows ?? []
  return (
    <>
      {data?.confirmsFrom && <p className="note">{`您的账号开通不久，${timeOf(data.confirmsFrom)} 起才能确认别人提出的事。`}</p>}
      {rows.length > 0 && (
        <section aria-labelledby="waiting">
          <h2 id="waiting">等第二个人确认</h2>
          <table className="grid" aria-labelledby="waiting">
            <thead>
              <tr>
                <th scope="col">姓名</th>
                <th scope="col">要办的事</th>
                <th scope="col">提出的人</th>
                <th scope="col">轮到谁</th>
              </tr>
            </thead>
            <tbody>{rows.map((user) => user.waiting && <Row key={user.id} user={user} its={user.waiting} />)}</tbody>
          </table>
        </section>
      )}
    </>
  )
}

function Row({ user, its }: { user: User; its: AccountRequest }) {
  const search = useSearch({ from: paths.users })
  return (
    <tr>
      <th scope="row">
        <Link to={paths.users} search={{ ...search, open: user.id }}>
          {user.name || user.login}
        </Link>
      </th>
      <td data-label="要办的事">{requests[its.kind].title}</td>
      <td data-label="提出的人">{`${its.isMine ? '您' : its.askedBy}，${timeOf(its.askedAt)}`}</td>
      <td data-label="轮到谁">{its.why ?? '您可以确认'}</td>
    </tr>
  )
}
