import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Skeleton } from 'antd'
import { accountQuery, endSession } from './account-api.ts'
import { AccountKeys } from './account-keys.tsx'
import { AccountLook } from './account-look.tsx'
import type { Account } from '../contract.ts'
import { dutyWords } from './duties.ts'
import { Mark } from '../frame/mark.tsx'
import { LoadFailure, RefusalNote } from '../ui/refusal-note.tsx'
import { Rows } from '../queue/rows.tsx'
import { timeOf } from '../ui/time.ts'

/** My own account: who I am here, what I sign in with, where I am signed in, and how it all looks. */
export default function AccountPage() {
  const { data: account, error, refetch } = useQuery(accountQuery)
  return (
    <div className="page">
      <title>我的账号 · 法惠工作台</title>
      <h1>我的账号</h1>
      {error && !account && <LoadFailure error={error} retry={refetch} />}
      {!account && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
      {account && (
        <>
          <section className="part" aria-labelledby="who">
            <h2 id="who">我是谁</h2>
            <Rows
              rows={[
                { label: '姓名', value: account.name },
                { label: '登录名', value: account.login },
                { label: '岗位', value: dutyWords(account.duties) },
                ...(account.regionName ? [{ label: '管辖', value: account.regionName }] : []),
              ]}
            />
            <p className="aside">姓名、岗位或者地区不对，请找账号管理员改。</p>
          </section>
          <AccountKeys account={account} />
          <Sessions account={account} />
          <AccountLook />
        </>
      )}
    </div>
  )
}

function Sessions({ account: { sessions } }: { account: Account }) {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: (account) => {
      queries.setQueryData(accountQuery.queryKey, account)
      void message.success('已经退出')
    },
  })
  return (
    <section className="part" aria-labelledby="sessions">
      <h2 id="sessions">在哪里登录着</h2>
      {end.error && <RefusalNote error={end.error} />}
      <ul className="list">
        {sessions.map(({ id, device, since, seenAt, isThis }) => (
          <li key={id} className="line">
            <span>
              {device || '没有报名字的浏览器'} {isThis && <Mark tone="good">就是这里</Mark>}
              <span className="aside">{`${timeOf(since)} 登录，最近用过 ${timeOf(seenAt)}`}</span>
            </span>
            {!isThis && (
              <Button size="small" onClick={() => end.mutate(id)} aria-label={`让 ${device} 退出`}>
                退出
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && <Button onClick={() => end.mutate(null)}>让其他地方都退出</Button>}
    </section>
  )
}
