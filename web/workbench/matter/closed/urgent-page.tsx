import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input, Popconfirm, Radio, Skeleton } from 'antd'
import { askUrgently, decideUrgently, urgentQuery } from '../../api.ts'
import type { UrgentAccess, UrgentAsk } from '../../contract.ts'
import { Mark, type Tone } from '../../frame/mark.tsx'
import { paths } from '../../frame/paths.ts'
import { atMost, LongText } from '../../ui/bounded-text.tsx'
import { LoadFailure, RefusalNote } from '../../ui/refusal-note.tsx'
import { timeOf } from '../../ui/time.ts'

/** Asking to read what is closed to one, a second person's word on it, and what is open now. */
export default function UrgentPage() {
  const { data, error, refetch } = useQuery(urgentQuery)
  const waiting = data?.accesses.filter(({ mayDecide, standing }) => mayDecide && standing === 'waiting') ?? []
  const others = data?.accesses.filter((access) => !waiting.includes(access)) ?? []
  return (
    <div className="page">
      <title>紧急查阅 · 法惠工作台</title>
      <h1>紧急查阅</h1>
      <p className="lead">有的事您平时看不到。有急事的，写明原因，另一位负责人批准后可以看几个小时。当事人会知道，审计人员也看得到。</p>
      {error && !data && <LoadFailure error={error} retry={refetch} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {waiting.length > 0 && <List title="等您批" accesses={waiting} />}
      {data && <Ask reasons={data.reasons} />}
      {others.length > 0 && <List title="最近三十天" accesses={others} />}
    </div>
  )
}

function Ask({ reasons }: { reasons: { key: UrgentAsk['because']; title: string }[] }) {
  const [form] = Form.useForm<UrgentAsk>()
  const queries = useQueryClient()
  const ask = useMutation({
    mutationFn: askUrgently,
    onSuccess: (after) => {
      queries.setQueryData(urgentQuery.queryKey, after)
      form.resetFields()
    },
  })
  return (
    <section className="part" aria-labelledby="ask-urgently">
      <h2 id="ask-urgently">提出申请</h2>
      {ask.error && <RefusalNote error={ask.error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={ask.mutate}>
        <Form.Item
          name="code"
          label="查询码（十位）"
          rules={[{ required: true, pattern: /^\s*[0-9A-Za-z]{10}\s*$/, message: '请写十位查询码' }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="because" label="为什么急" rules={[{ required: true, message: '请选为什么急' }]}>
          <Radio.Group options={reasons.map(({ key, title }) => ({ value: key, label: title }))} />
        </Form.Item>
        <Form.Item
          name="reason"
          label="具体情况（加密保存，批的人能看到）"
          rules={[{ required: true, whitespace: true, min: 10, message: '请写明具体情况，至少十个字' }, atMost(1000)]}
        >
          <LongText max={1000} rows={3} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          提出申请
        </Button>
      </Form>
    </section>
  )
}

const List = ({ title, accesses }: { title: string; accesses: UrgentAccess[] }) => (
  <section className="part" aria-label={title}>
    <h2>{title}</h2>
    <ul className="notices">
      {accesses.map((access) => (
        <Item key={access.id} access={access} />
      ))}
    </ul>
  </section>
)

const standings: Record<UrgentAccess['standing'], { words: string; tone: Tone }> = {
  waiting: { words: '等人批', tone: 'warn' },
  open: { words: '现在能看', tone: 'info' },
  declined: { words: '没有批准', tone: 'plain' },
  over: { words: '已结束', tone: 'plain' },
}

function Item({ access }: { access: UrgentAccess }) {
  const { words, tone } = standings[access.standing]
  const queries = useQueryClient()
  const decide = useMutation({
    mutationFn: (word: 'approve' | 'decline' | 'end') => decideUrgently(access, word),
    onSuccess: (after) => queries.setQueryData(urgentQuery.queryKey, after),
  })
  return (
    <li>
      <div>
        <Mark tone={tone}>{words}</Mark>
        {access.matter ? (
          <Link to={paths.matter} params={access.matter}>{`打开 ${access.code}`}</Link>
        ) : (
          <span>{`${access.regionName} · ${access.code}`}</span>
        )}
        <span className="aside">{asideOf(access)}</span>
        {access.reason && <p>{access.reason}</p>}
        {decide.error && <RefusalNote error={decide.error} />}
        <Words access={access} say={decide.mutate} />
      </div>
      <span className="aside">{timeOf(access.askedAt)}</span>
    </li>
  )
}

const asideOf = ({ asker, askerRole, isMine, because, until, standing, decidedBy }: UrgentAccess): string =>
  [
    isMine ? '您提出的' : `${asker}（${askerRole}）提出`,
    because,
    decidedBy && (standing === 'declined' ? `${decidedBy}没有批` : `${decidedBy}批的`),
    standing === 'open' && until && `看到 ${timeOf(until)} 为止`,
  ]
    .filter(Boolean)
    .join(' · ')

/** What the reader may say to it now. */
function Words({
  access: { standing, mayDecide, isMine, code },
  say,
}: {
  access: UrgentAccess
  say: (word: 'approve' | 'decline' | 'end') => void
}) {
  if (standing === 'waiting' && mayDecide)
    return (
      <p>
        <Popconfirm title="批准后，这位同事可以看几个小时，当事人会知道。" okText="批准" onConfirm={() => say('approve')}>
          <Button type="primary" aria-label={`批准 ${code}`}>
            批准
          </Button>
        </Popconfirm>{' '}
        <Button aria-label={`不批 ${code}`} onClick={() => say('decline')}>
          不批
        </Button>
      </p>
    )
  if (standing === 'open' && (mayDecide || isMine))
    return (
      <p>
        <Button aria-label={`现在结束 ${code}`} onClick={() => say('end')}>
          现在结束
        </Button>
      </p>
    )
  return null
}
