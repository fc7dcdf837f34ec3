import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { meQuery, signIn } from './api.ts'
import type { SignIn } from './contract.ts'
import { claimDrafts } from './drafts.ts'
import { paths } from './paths.ts'
import { RefusalNote } from './refusal-note.tsx'

/** Staff sign-in: account, password, and the six digits. */
export default function SignInPage() {
  const enter = useEntry()
  return (
    <div className="page narrow">
      <title>登录 · 法惠工作台</title>
      <h1>登录</h1>
      <Form<SignIn> layout="vertical" requiredMark={false} onFinish={(body) => enter.mutate(body)}>
        {enter.error && <RefusalNote error={enter.error} />}
        <Form.Item name="login" label="账号" rules={[{ required: true, message: '请填写账号' }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} />
        </Form.Item>
        <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
          <Input.Password autoComplete="current-password" maxLength={256} />
        </Form.Item>
        <Form.Item
          name="totp"
          label="动态口令"
          extra="手机验证器上的 6 位数字，每 30 秒换一次"
          normalize={(typed: string) => typed.replaceAll(/\D/g, '')}
          rules={[{ required: true, len: 6, message: '动态口令是 6 位数字' }]}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={enter.isPending}>
          登录
        </Button>
      </Form>
    </div>
  )
}

function useEntry() {
  const queries = useQueryClient()
  const router = useRouter()
  const { back } = useSearch({ from: paths.signIn })
  return useMutation({
    mutationFn: signIn,
    onSuccess: (me) => {
      claimDrafts(me.id)
      queries.clear()
      queries.setQueryData(meQuery.queryKey, me)
      return router.navigate({ href: router.buildLocation({ to: back ?? paths.queue }).href, replace: true })
    },
  })
}
