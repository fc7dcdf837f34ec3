import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal, Skeleton } from 'antd'
import { feedsQuery, meQuery, subscribe, unsubscribe } from '../api.ts'
import type { Feed } from '../contract.ts'
import { LoadFailure, RefusalNote } from '../ui/refusal-note.tsx'
import { timeOf } from '../ui/time.ts'
import { keysIn } from '../ui/keyed.ts'

const scopes: Record<Feed['scope'], { title: string; hint: string }> = {
  mine: { title: '我的', hint: '分给我的事，和我的岗位要办的期限' },
  unit: { title: '本单位', hint: '辖区内所有的期限和开庭' },
}

/** Subscriptions for the calendar of a phone: made, shown once, renewed, ended. */
export function Subscribing({ close }: { close: () => void }) {
  const { data: feeds, error, refetch } = useQuery(feedsQuery)
  const { data: me } = useQuery(meQuery)
  const offered = keysIn(scopes).filter((scope) => scope === 'mine' || me?.kind === 'staff')
  return (
    <Modal open title="订阅到手机日历" footer={<Button onClick={close}>关闭</Button>} onCancel={close}>
      <p>日历里只写期限、案件编号和开庭地点，不写当事人。有变动会自动更新。</p>
      <p className="aside">地址相当于钥匙，请不要发给别人。换手机、丢手机，请“换新地址”，旧的马上失效。</p>
      {error && <LoadFailure error={error} retry={refetch} />}
      {!feeds && !error && <Skeleton active title={false} />}
      {feeds && offered.map((scope) => <FeedRow key={scope} scope={scope} feed={feeds.find((feed) => feed.scope === scope)} />)}
    </Modal>
  )
}

function FeedRow({ scope, feed }: { scope: Feed['scope']; feed: Feed | undefined }) {
  const queries = useQueryClient()
  const reread = () => queries.invalidateQueries({ queryKey: feedsQuery.queryKey })
  const make = useMutation({ mutationFn: () => subscribe(scope), onSuccess: reread })
  const end = useMutation({
    mutationFn: () => unsubscribe(scope),
    onSuccess: async () => {
      make.reset()
      await reread()
    },
  })
  const error = make.error ?? end.error
  return (
    <section className="feed" aria-label={scopes[scope].title}>
      <h3>{scopes[scope].title}</h3>
      <p className="aside">{scopes[scope].hint}</p>
      {feed && (
        <p className="aside">
          {[`${timeOf(feed.createdAt)} 开通`, feed.readAt ? `最近更新 ${timeOf(feed.readAt)}` : '还没有手机来取过'].join(' · ')}
        </p>
      )}
      {error && <RefusalNote error={error} />}
      {make.data && <Address path={make.data.path} />}
      <div className="feed-do">
        <Button type={feed ? 'default' : 'primary'} loading={make.isPending} onClick={() => make.mutate()}>
          {feed ? '换新地址' : '开通'}
        </Button>
        {feed && (
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            停用
          </Button>
        )}
      </div>
    </section>
  )
}

/** Told once; on a phone the link opens its own calendar. */
function Address({ path }: { path: string }) {
  const url = new URL(path, window.location.origin)
  return (
    <div aria-live="polite" className="feed-address">
      <p>
        <b>这个地址只显示这一次。</b>在手机上打开本页点“添加到本机日历”，或者把地址复制到日历应用的“订阅日历”里。
      </p>
      <Input aria-label="订阅地址" readOnly value={url.href} onFocus={({ target }) => target.select()} />
      <a href={url.href.replace(/^https?:/, 'webcal:')}>添加到本机日历</a>
    </div>
  )
}
