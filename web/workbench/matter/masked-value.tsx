import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { reveal } from '../api.ts'
import type { At, MaskedField } from '../contract.ts'
import { atMost } from '../ui/bounded-text.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'

type Its = { at: At; person: string; field: MaskedField; label: string; masked: string }

/** How long a full value stays on the screen, in seconds. */
const shownFor = 60

/** One personal value: masked, shown in full for a minute to whoever gives a reason. */
export function MaskedValue({ masked, ...its }: Its) {
  const [isAsking, setAsking] = useState(false)
  const [full, setFull] = useState<string | null>(null)
  const hide = () => setFull(null)
  return (
    <span className="masked">
      <span aria-live="polite">{full ?? masked}</span>
      {full === null ? (
        <Button size="small" type="link" onClick={() => setAsking(true)} aria-label={`查看完整的${its.label}`}>
          查看
        </Button>
      ) : (
        <Countdown label={its.label} hide={hide} />
      )}
      {isAsking && (
        <ReasonDialog
          {...its}
          close={() => setAsking(false)}
          show={(value) => {
            setFull(value)
            setAsking(false)
          }}
        />
      )}
    </span>
  )
}

function Countdown({ label, hide }: { label: string; hide: () => void }) {
  const [left, setLeft] = useState(shownFor)
  useEffect(() => {
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : hide()), 1000)
    return () => clearTimeout(timer)
  }, [left, hide])
  return (
    <Button size="small" type="link" onClick={hide} aria-label={`隐去${label}`}>
      {`隐去（${left} 秒）`}
    </Button>
  )
}

type Asking = Omit<Its, 'masked'> & { show: (value: string) => void; close: () => void }

function ReasonDialog({ at, person, field, label, show, close }: Asking) {
  const [form] = Form.useForm<{ reason: string }>()
  const ask = useMutation({
    mutationFn: ({ reason }: { reason: string }) => reveal(at, { person, field, reason: reason.trim() }),
    onSuccess: ({ value }) => show(value),
  })
  return (
    <Modal open title={`查看${label}`} okText="查看" onOk={form.submit} onCancel={close} confirmLoading={ask.isPending}>
      <p>看了谁、什么时候看的、为什么，都会记下来。</p>
      {ask.error && <RefusalNote error={ask.error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={ask.mutate}>
        <Form.Item
          name="reason"
          label="为什么要看"
          rules={[{ required: true, whitespace: true, message: '请写明为什么要看' }, atMost(200)]}
        >
          <Input placeholder="例如：电话通知补正材料" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
