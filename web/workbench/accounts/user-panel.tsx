import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Drawer, Form, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { askCode, askReset, confirmRequest, declineRequest, doTo, servicesQuery, shutUser, userQuery } from './account-api.ts'
import type { EnrolmentHalf, User } from '../contract.ts'
import { dutyWords } from './duties.ts'
import { grantWords } from './grants.ts'
import { useProof } from './proof.tsx'
import { atMost, LongText } from '../ui/bounded-text.tsx'
import { LoadFailure, RefusalNote } from '../ui/refusal-note.tsx'
import { Rows } from '../queue/rows.tsx'
import { timeOf } from '../ui/time.ts'
import { ChangeUser } from './user-form.tsx'
import { UserMark } from './user-mark.tsx'
import { WaitingRequest } from './waiting-request.tsx'

/** What may be done to an account: shown when it fits how the account stands. */
type Deed = {
  title: string
  fits(user: User): boolean
  /** The question a reason answers; without one nothing is asked. */
  asks?: string
  run(user: User, reason: string): Promise<Done>
}

/** The account as it then stands, with the half of a code where there is one to hand over. */
type Done = User | EnrolmentHalf | { user: User; half: EnrolmentHalf | null }

const requestOf = ({ waiting }: User): string => waiting?.id ?? ''

const deeds: readonly Deed[] = [
  { title: '确认', fits: ({ waiting }) => waiting?.why === null, run: (user) => confirmRequest(user.id, requestOf(user)) },
  {
    title: '不同意',
    fits: ({ waiting, isMe }) => waiting?.isMine === false && !isMe,
    run: (user) => declineRequest(user.id, requestOf(user)),
  },
  { title: '撤回', fits: ({ waiting }) => waiting?.isMine === true, run: (user) => declineRequest(user.id, requestOf(user)) },
  { title: '申请新的开通码', fits: (user) => isFree(user) && !user.isEnrolled && !user.disabledAt, run: ({ id }) => askCode(id) },
  {
    title: '申请重置验证器',
    fits: (user) => isFree(user) && user.isEnrolled,
    asks: '为什么要重置',
    run: ({ id }, why) => askReset(id, why),
  },
  { title: '让所有登录退出', fits: (user) => user.sessions > 0, run: ({ id }) => doTo(id, 'end-sessions') },
  { title: '停用', fits: (user) => !user.disabledAt, asks: '为什么停用', run: ({ id }, why) => shutUser(id, why) },
  { title: '申请恢复使用', fits: (user) => isFree(user) && user.disabledAt !== null, run: ({ id }) => doTo(id, 'enable') },
]

/** Whether something may be asked for an account: it is one, and nothing waits. */
const isFree = ({ isConfirmed, waiting }: User): boolean => isConfirmed && !waiting

type Its = { id: string; close(): void; hand(sheet: EnrolmentHalf): void }

/** One person's account beside the list, with what may be done to it. */
export function UserPanel({ id, close, hand }: Its) {
  const { data: user, error, refetch } = useQuery(userQuery(id))
  return (
    <Drawer open title={user?.name ?? '人员'} onClose={close} className="action-drawer">
      {error && !user && <LoadFailure error={error} retry={refetch} />}
      {!user && !error && <Skeleton active title={false} />}
      {user && <Account user={user} hand={hand} />}
    </Drawer>
  )
}

function Account({ user, hand }: { user: User; hand: Its['hand'] }) {
  const [asking, setAsking] = useState<Deed | null>(null)
  const [isChanging, setChanging] = useState(false)
  const keep = useKeep()
  const { data: services = [] } = useQuery(servicesQuery)
  const { proving, dialog } = useProof()
  const take = useMutation({
    mutationFn: ({ deed, reason }: { deed: Deed; reason: string }) => proving(() => deed.run(user, reason)),
    onSuccess: (answer) => {
      setAsking(null)
      keep('user' in answer ? answer.user : answer)
      const half = halfIn(answer)
      if (half) hand(half)
    },
  })
  const begin = (deed: Deed) => (deed.asks ? setAsking(deed) : take.mutate({ deed, reason: '' }))
  return (
    <>
      <UserMark user={user} />
      <Rows rows={rowsOf(user, grantWords(user.grants, services))} />
      {user.waiting && <WaitingRequest its={user.waiting} services={services} />}
      {take.error && !asking && <RefusalNote error={take.error} />}
      {user.isMe ? (
        <p>这是您自己的账号，要改请找另一位账号管理员。</p>
      ) : (
        <div className="actions">
          {user.kind === 'staff' && isFree(user) && <Button onClick={() => setChanging(true)}>改岗位或者地区</Button>}
          {deeds
            .filter((deed) => deed.fits(user))
            .map((deed) => (
              <Button key={deed.title} onClick={() => begin(deed)} loading={take.isPending && take.variables.deed === deed}>
                {deed.title}
              </Button>
            ))}
        </div>
      )}
      {isChanging && (
        <ChangeUser
          user={user}
          close={() => setChanging(false)}
          done={(changed) => {
            keep(changed)
            setChanging(false)
          }}
        />
      )}
      {dialog}
      {asking && (
        <ReasonDialog
          deed={asking}
          error={take.error}
          isBusy={take.isPending}
          close={() => setAsking(null)}
          send={(reason) => take.mutate({ deed: asking, reason })}
        />
      )}
    </>
  )
}

/** The half of a code that came with an answer. */
const halfIn = (answer: Done): EnrolmentHalf | null => ('which' in answer ? answer : 'half' in answer ? answer.half : null)

/** What is known of an account, row by row; `words` say what was granted. */
const rowsOf = (user: User, words: readonly string[]) => [
  { label: '登录名', value: user.login },
  { label: '岗位', value: words.length ? words.join('；') : dutyWords(user.duties) },
  { label: '地区', value: user.regionName },
  { label: '通行密钥', value: `${user.passkeys} 个` },
  { label: '登录着', value: user.seenAt ? `${user.sessions} 处，最近 ${timeOf(user.seenAt)}` : '没有' },
  { label: '添加时间', value: timeOf(user.createdAt) },
  ...(user.disabledBecause ? [{ label: '停用原因', value: user.disabledBecause }] : []),
]

function useKeep() {
  const queries = useQueryClient()
  const { message } = App.useApp()
  return (user: User) => {
    queries.setQueryData(userQuery(user.id).queryKey, user)
    void queries.invalidateQueries({ queryKey: ['users'] })
    void message.success(user.waiting ? '已提出，等另一位账号管理员确认' : '办好了')
  }
}

type Reasoning = { deed: Deed; error: Error | null; isBusy: boolean; close(): void; send(reason: string): void }

function ReasonDialog({ deed, error, isBusy, close, send }: Reasoning) {
  const [form] = Form.useForm<{ reason: string }>()
  return (
    <Modal open title={deed.title} okText={deed.title} onOk={form.submit} onCancel={close} confirmLoading={isBusy}>
      {error && <RefusalNote error={error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => send(reason)}>
        <Form.Item
          name="reason"
          label={deed.asks}
          rules={[{ required: true, whitespace: true, min: 2, message: '请写明原因' }, atMost(200)]}
        >
          <LongText max={200} rows={3} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
