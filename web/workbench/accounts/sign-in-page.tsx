import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { signInByPasskey } from './account-api.ts'
import { meQuery, signIn } from '../api.ts'
import type { Me, SignIn } from '../contract.ts'
import { claimDrafts } from '../act/drafts.ts'
import { homeOf } from '../frame/home.ts'
import { paths } from '../frame/paths.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { TotpField } from './totp-field.tsx'

/** Staff sign-in: account, password, and the six digits. */
export default function SignInPage() {
  const enter = useEntry<SignIn>(signIn)
  const { expired } = useSearch({ from: paths.signIn })
  return (
    <div className="page narrow">
      <title>登录 · 法惠工作台</title>
      <h1>登录</h1>
      {expired && <Alert className="note" type="warning" showIcon title="登录过期了。请再登录，填好的还在。" />}
      <Form<SignIn> layout="vertical" requiredMark={false} onFinish={(body) => enter.mutate(body)}>
        {enter.error && <RefusalNote error={enter.error} />}
        <Form.Item name="login" label="账号" rules={[{ required: true, message: '请填写账号' }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} />
        </Form.Item>
        <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
          <Input.Password autoComplete="current-password" maxLength={256} />
        </Form.Item>
        <TotpField />
        <Button type="primary" htmlType="submit" block loading={enter.isPending}>
          登录
        </Button>
      </Form>
      {knowsPasskeys && <PasskeyEntry />}
      <p className="or">
        第一次登录？<Link to={paths.enrol}>用开通码开通账号</Link>
      </p>
    </div>
  )
}

const knowsPasskeys = 'PublicKeyCredential' in window

/** Finger, face or PIN instead of password and code; the key itself says whose it is. */
function PasskeyEntry() {
  const enter = useEntry(signInByPasskey)
  return (
    <>
      <p className="or">或者</p>
      {enter.error && <RefusalNote error={enter.error} />}
      <Button block onClick={() => enter.mutate()} loading={enter.isPending}>
        使用通行密钥
      </Button>
    </>
  )
}

function useEntry<T>(entering: (given: T) => Promise<Me>) {
  const queries = useQueryClient()
  const router = useRouter()
  const { back } = useSearch({ from: paths.signIn })
  return useMutation({
    mutationFn: entering,
    onSuccess: (me) => {
      claimDrafts(me.id)
      queries.clear()
      queries.setQueryData(meQuery.queryKey, me)
      return router.navigate({ href: router.buildLocation({ to: back && !isHome(back) ? back : homeOf(me) }).href, replace: true })
    },
  })
}

/** Whoever was only on their way in begins where they begin. */
const isHome = (back: string): boolean => new URL(back, window.location.origin).pathname === paths.queue
