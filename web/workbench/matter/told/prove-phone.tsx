import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Matter, Party } from '../../contract.ts'
import { Mark } from '../../frame/mark.tsx'
import { RefusalNote } from '../../ui/refusal-note.tsx'
import { useFreshMatter } from '../use-fresh-matter.ts'
import { askPhoneProof, provePhone } from './told-api.ts'

type Its = { matter: Matter; party: Party }

/** Whether somebody's telephone is proved to be theirs, and the way to prove it: they read back a code that was sent to it. */
export function PhoneProof({ matter, party }: Its) {
  const [isOpen, setOpen] = useState(false)
  if (party.phoneProof === 'proved') return <Mark tone="good">电话已核对是本人的</Mark>
  if (party.phoneProof !== 'open') return null
  return (
    <p>
      <Button size="small" onClick={() => setOpen(true)} aria-label={`核对电话：${party.roleTitle}`}>
        核对电话
      </Button>
      {isOpen && <ReadBack {...{ matter, party }} close={() => setOpen(false)} />}
    </p>
  )
}

function ReadBack({ matter, party, close }: Its & { close: () => void }) {
  const [form] = Form.useForm<{ code: string }>()
  const { refetch } = useFreshMatter(matter)
  const send = useMutation({ mutationFn: () => askPhoneProof(matter, party.person) })
  const prove = useMutation({
    mutationFn: ({ code }: { code: string }) => provePhone(matter, party.person, code.trim()),
    async onSuccess({ isProved }) {
      if (!isProved) return form.setFields([{ name: 'code', errors: ['不对。请本人再念一遍，或者重新发一条。'] }])
      await refetch()
      close()
    },
  })
  const error = send.error ?? prove.error
  return (
    <Modal open title="核对电话" okText="核对" onOk={form.submit} onCancel={close} confirmLoading={prove.isPending}>
      <p>给本人留的电话发六位数字，请本人念给您听。念对了，以后本人用这个电话登录，就能看到这件事。</p>
      {error && <RefusalNote error={error} />}
      <p>
        <Button loading={send.isPending} onClick={() => send.mutate()}>
          发六位数字
        </Button>{' '}
        <output>{send.data && (send.data.isSent ? '已发出。' : '刚发过，请等一分钟。')}</output>
      </p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={prove.mutate}>
        <Form.Item name="code" label="本人念的六位数字" rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: '请填六位数字' }]}>
          <Input inputMode="numeric" autoComplete="off" maxLength={8} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
