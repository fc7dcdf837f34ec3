import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { enrol, openEnrolment } from './account-api.ts'
import { AddPasskey } from './add-passkey.tsx'
import { meQuery } from '../api.ts'
import { AuthenticatorSetup } from './authenticator-setup.tsx'
import type { Me } from '../contract.ts'
import { dropDrafts } from '../act/drafts.ts'
import { homeOf } from '../frame/home.ts'
import { PasswordFields } from './password-fields.tsx'
import { placeIssues } from '../ui/place-issues.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'

/** Somebody sets up their own account by the code they were given. The code stands behind the # of the address: no server's log ever sees it. */
export default function EnrolPage() {
  const given = useRouterState({ select: ({ location }) => location.hash })
  const [me, setMe] = useState<Me | null>(null)
  const open = useMutation({ mutationFn: openEnrolment })
  return (
    <div className="page narrow">
      <title>开通账号 · 法惠工作台</title>
      <h1>开通账号</h1>
      {me ? (
        <Entered me={me} />
      ) : open.data ? (
        <SetUp code={open.variables} its={open.data} done={setMe} />
      ) : (
        <CodeForm given={given} error={open.error} isBusy={open.isPending} open={open.mutate} />
      )}
    </div>
  )
}

type Asking = { given: string; error: Error | null; isBusy: boolean; open(code: string): void }

type Half = 'first' | 'second'
const halves: readonly { name: Half; label: string }[] = [
  { name: 'first', label: '开通码前半' },
  { name: 'second', label: '开通码后半' },
]

const CodeForm = ({ given, error, isBusy, open }: Asking) => (
  <Form<Record<Half, string>>
    layout="vertical"
    requiredMark={false}
    initialValues={{ first: given.slice(0, 10), second: given.slice(10) }}
    onFinish={({ first, second }) => open(`${first}${second}`)}
  >
    <p>开通码分前半和后半，由两位账号管理员分别交到您手里。两半都要填。码只能用一次，三天内有效。</p>
    {error && <RefusalNote error={error} />}
    {halves.map(({ name, label }) => (
      <Form.Item key={name} name={name} label={label} rules={[{ required: true, min: 10, message: `${label}是 10 个字母和数字` }]}>
        <Input autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={20} />
      </Form.Item>
    ))}
    <Button type="primary" htmlType="submit" block loading={isBusy}>
      继续
    </Button>
  </Form>
)

type Setting = { code: string; its: Awaited<ReturnType<typeof openEnrolment>>; done(me: Me): void }

function SetUp({ code, its, done }: Setting) {
  const [form] = Form.useForm<{ password: string; totp: string }>()
  const queries = useQueryClient()
  const set = useMutation({
    mutationFn: ({ password, totp }: { password: string; totp: string }) => enrol({ code, password, totp }),
    onError: (error) => placeIssues(form, error),
    onSuccess: (me) => {
      dropDrafts()
      queries.clear()
      queries.setQueryData(meQuery.queryKey, me)
      done(me)
    },
  })
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(typed) => set.mutate(typed)}>
      <p>{its.name}，您好。您的登录名是</p>
      <p className="secret">{its.login}</p>
      {set.error && <RefusalNote error={set.error} />}
      <h2>一、设一个密码</h2>
      {/* Password managers file the password under the login. */}
      <input className="unseen" type="text" autoComplete="username" value={its.login} readOnly tabIndex={-1} aria-hidden="true" />
      <PasswordFields />
      <h2>二、绑定手机验证器</h2>
      <AuthenticatorSetup uri={its.uri} secret={its.secret} />
      <Button type="primary" htmlType="submit" block loading={set.isPending}>
        开通并登录
      </Button>
    </Form>
  )
}

function Entered({ me }: { me: Me }) {
  const navigate = useNavigate()
  return (
    <>
      <p>账号开通好了，您已经登录。</p>
      <h2>三、加一个通行密钥（可选）</h2>
      <p>有了它，以后按一下指纹、看一眼镜头或者输电脑的开机密码就能登录，不用再填密码和动态口令。</p>
      <AddPasskey done={() => void navigate({ to: homeOf(me) })} />
      <p>
        <Button block onClick={() => void navigate({ to: homeOf(me) })}>
          先不加，去工作台
        </Button>
      </p>
    </>
  )
}
