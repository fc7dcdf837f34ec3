import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import { accountQuery, beginAuthenticator, changeAuthenticator, changePassword, removePasskey } from './account-api.ts'
import { AddPasskey } from './add-passkey.tsx'
import { AuthenticatorSetup } from './authenticator-setup.tsx'
import type { Account } from '../contract.ts'
import { PasswordFields } from './password-fields.tsx'
import { placeIssues } from '../ui/place-issues.ts'
import { useProof } from './proof.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { timeOf } from '../ui/time.ts'

type Proving = ReturnType<typeof useProof>['proving']
type Open = 'password' | 'authenticator' | null

/** What I sign in with. Whatever changes it asks first who is at the desk. */
export function AccountKeys({ account }: { account: Account }) {
  const { proving, dialog } = useProof()
  const [open, setOpen] = useState<Open>(null)
  const keep = useKeep(() => setOpen(null))
  return (
    <section className="part" aria-labelledby="keys">
      <h2 id="keys">登录方式</h2>
      <ul className="list">
        <Key title="密码" note="改了以后，其他地方的登录会退出">
          <Button onClick={() => setOpen('password')}>改密码</Button>
        </Key>
        <Key title="手机验证器" note={account.hasAuthenticator ? '已绑定' : '还没有绑定'}>
          <Button onClick={() => setOpen('authenticator')}>{account.hasAuthenticator ? '换一个' : '绑定'}</Button>
        </Key>
        {account.passkeys.map((passkey) => (
          <PasskeyRow key={passkey.id} passkey={passkey} proving={proving} />
        ))}
      </ul>
      <h3>添加通行密钥</h3>
      <p className="aside">用指纹、面容或者开机密码登录，比密码加动态口令更快，也更难被骗走。</p>
      <AddPasskey done={keep} />
      {open === 'password' && <PasswordDialog proving={proving} done={keep} close={() => setOpen(null)} />}
      {open === 'authenticator' && <AuthenticatorDialog proving={proving} done={keep} close={() => setOpen(null)} />}
      {dialog}
    </section>
  )
}

function useKeep(close: () => void) {
  const queries = useQueryClient()
  const { message } = App.useApp()
  return (account: Account) => {
    queries.setQueryData(accountQuery.queryKey, account)
    void message.success('改好了')
    close()
  }
}

const Key = ({ title, note, children }: { title: string; note: string; children: ReactNode }) => (
  <li className="line">
    <span>
      {title}
      <span className="aside">{note}</span>
    </span>
    {children}
  </li>
)

function PasskeyRow({ passkey: { id, name, addedAt, usedAt }, proving }: { passkey: Account['passkeys'][number]; proving: Proving }) {
  const keep = useKeep(() => {})
  const remove = useMutation({ mutationFn: () => proving(() => removePasskey(id)), onSuccess: keep })
  return (
    <Key title={`通行密钥：${name}`} note={`${timeOf(addedAt)} 添加${usedAt ? `，最近用过 ${timeOf(usedAt)}` : ''}`}>
      {remove.error && <RefusalNote error={remove.error} />}
      <Button onClick={() => remove.mutate()} loading={remove.isPending} aria-label={`删除通行密钥 ${name}`}>
        删除
      </Button>
    </Key>
  )
}

type Changing = { proving: Proving; done(account: Account): void; close(): void }

function PasswordDialog({ proving, done, close }: Changing) {
  const [form] = Form.useForm<{ password: string }>()
  const change = useMutation({
    mutationFn: ({ password }: { password: string }) => proving(() => changePassword({ password })),
    onSuccess: done,
    onError: (error) => placeIssues(form, error),
  })
  return (
    <Modal open title="改密码" okText="改密码" onOk={form.submit} onCancel={close} confirmLoading={change.isPending}>
      {change.error && <RefusalNote error={change.error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={change.mutate}>
        <PasswordFields />
      </Form>
    </Modal>
  )
}

function AuthenticatorDialog({ proving, done, close }: Changing) {
  const [form] = Form.useForm<{ totp: string }>()
  const begin = useMutation({ mutationFn: () => proving(beginAuthenticator) })
  const change = useMutation({
    mutationFn: ({ totp }: { totp: string }) => proving(() => changeAuthenticator({ sealed: begin.data?.sealed ?? '', totp })),
    onSuccess: done,
    onError: (error) => placeIssues(form, error),
  })
  const error = begin.error ?? change.error
  return (
    <Modal
      open
      title="换手机验证器"
      okText={begin.data ? '换好了' : '开始'}
      onOk={() => (begin.data ? form.submit() : begin.mutate())}
      onCancel={close}
      confirmLoading={begin.isPending || change.isPending}
    >
      {error && <RefusalNote error={error} />}
      {begin.data ? (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={change.mutate}>
          <AuthenticatorSetup uri={begin.data.uri} secret={begin.data.secret} />
        </Form>
      ) : (
        <p>先确认是您本人，再用新手机扫码。换好之后旧的就不能用了，其他地方的登录也会退出。</p>
      )}
    </Modal>
  )
}
