import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import { prove, proveByPasskey } from './account-api.ts'
import { Refused } from '../api.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { TotpField } from './totp-field.tsx'

type Waiting = { go(): void; giveUp(): void }

/** Calls that the server lets through only shortly after a proof of who is at the desk: asked for when needed, then the call is made again. */
export function useProof(): { proving: <T>(call: () => Promise<T>) => Promise<T>; dialog: ReactNode } {
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const proving = async <T,>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'prove_again') throw error
      await new Promise<void>((resolve, reject) => setWaiting({ go: resolve, giveUp: () => reject(error) }))
      return call()
    }
  }
  const ending = (end: () => void) => () => {
    setWaiting(null)
    end()
  }
  return { proving, dialog: waiting && <ProofDialog done={ending(waiting.go)} close={ending(waiting.giveUp)} /> }
}

function ProofDialog({ done, close }: { done: () => void; close: () => void }) {
  const [form] = Form.useForm<{ password: string; totp: string }>()
  const byKey = useMutation({ mutationFn: proveByPasskey, onSuccess: done })
  const byCode = useMutation({ mutationFn: prove, onSuccess: done })
  const error = byKey.error ?? byCode.error
  return (
    <Modal open title="请确认是您本人" okText="确认" onOk={form.submit} onCancel={close} confirmLoading={byCode.isPending}>
      <p>这一步关系到账号安全，要再验证一次。</p>
      {error && <RefusalNote error={error} />}
      <Form form={form} name="proof" layout="vertical" requiredMark={false} onFinish={(body) => byCode.mutate(body)}>
        <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <TotpField />
      </Form>
      <Button onClick={() => byKey.mutate()} loading={byKey.isPending}>
        用通行密钥验证
      </Button>
    </Modal>
  )
}
