import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { addPasskey } from './account-api.ts'
import type { Account } from '../contract.ts'
import { useProof } from './proof.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'

/** A new passkey under a name by which its owner will know it again. */
export function AddPasskey({ done }: { done(account: Account): void }) {
  const [form] = Form.useForm<{ name: string }>()
  const { proving, dialog } = useProof()
  const add = useMutation({
    mutationFn: ({ name }: { name: string }) => proving(() => addPasskey(name)),
    onSuccess: (account) => {
      form.resetFields()
      done(account)
    },
  })
  return (
    <>
      {add.error && <RefusalNote error={add.error} />}
      <Form
        form={form}
        name="passkey"
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: '这台电脑' }}
        onFinish={(typed) => add.mutate(typed)}
      >
        <Form.Item name="name" label="给它起个名字" rules={[{ required: true, whitespace: true, message: '请起个名字，以后好认' }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Button htmlType="submit" loading={add.isPending}>
          添加通行密钥
        </Button>
      </Form>
      {dialog}
    </>
  )
}
