import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { Colleague, Entry } from '../contract.ts'
import { ago, now, timeOf } from '../ui/time.ts'
import type { Live } from './use-live.ts'

/** Who else has the matter open, and what they just did: said once, politely, without moving the page. */
export const LiveBar = ({ people, news, isLost, forget }: Live) => (
  <div className="live">
    <output>
      {isLost && <span className="live-lost">连接断开，正在重连…</span>}
      {!isLost && news.length > 0 && <span className="live-news">{`刚有变化：${newsOf(news)}`}</span>}
      {!isLost && people.length > 0 && <People people={people} />}
    </output>
    {news.length > 0 && (
      <Button size="small" type="text" onClick={forget}>
        知道了
      </Button>
    )}
  </div>
)

/** The last of it by name; the rest stand in the timeline. */
function newsOf(news: Entry[]): string {
  const last = news.at(-1)
  const words = last ? `${last.title}（${last.by}，${timeOf(last.at).slice(-5)}）` : ''
  return news.length > 1 ? `${words}等 ${news.length} 项` : words
}

/** More than this are counted. */
const named = 2

function People({ people }: { people: Colleague[] }) {
  const moment = useMinute()
  const [first] = people
  if (!first) return null
  const names = people.slice(0, named).map(({ name, role }) => `${name}（${role}）`)
  const rest = people.length > named ? ` 等 ${people.length} 人` : ''
  return (
    <span className="live-people">
      {`${names.join('、')}${rest}也在看这件事`}
      {/* Said aloud again each minute it would be a nuisance. */}
      {people.length === 1 && <span aria-hidden="true">{`，${ago(first.since, moment)}打开`}</span>}
    </span>
  )
}

/** This moment, read again each minute. */
function useMinute(): string {
  const [moment, setMoment] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setMoment(now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return moment
}
