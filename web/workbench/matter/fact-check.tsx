import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Radio } from 'antd'
import { useState, type ReactNode } from 'react'
import { unverifyFact, verifyFact } from '../api.ts'
import type { CheckKey, Fact, Matter } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { atMost } from '../ui/bounded-text.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { timeOf } from '../ui/time.ts'
import { useFreshMatter } from './use-fresh-matter.ts'

type Its = { matter: Matter; fact: Fact }

/** Whether an answer was checked, by whom, when and how; and the button for those who may say so, or take their own word back. */
export function FactCheck({ matter, fact }: Its) {
  const [isOpen, setOpen] = useState(false)
  const { check } = fact
  const may = matter.checks.length > 0 && (check === null || check.isMine)
  const words = check ? '取消核实' : '标为已核实'
  const close = () => setOpen(false)
  return (
    <p className="aside fact-check">
      {check ? <Mark tone="good">{`已核实 · ${check.how}`}</Mark> : <Mark tone="warn">未核实</Mark>}
      {check && ` ${check.by} · ${timeOf(check.at)} `}
      {may && (
        <Button size="small" onClick={() => setOpen(true)} aria-label={`${words}：${named(fact)}`}>
          {words}
        </Button>
      )}
      {isOpen && (check ? <TakeBack {...{ matter, fact, close }} /> : <Say {...{ matter, fact, close }} />)}
    </p>
  )
}

/** Of several sides that answered the same question, whose answer. */
const named = ({ title, ofTitle }: Fact) => (ofTitle ? `${ofTitle}的${title}` : title)
const seen = ({ seq, holder }: Fact) => ({ seq, holder })

type Asking = Its & { close: () => void }

const Say = ({ matter, fact, close }: Asking) => (
  <Dialog<{ how: CheckKey }>
    {...{ matter, close }}
    title="标为已核实"
    send={({ how }) => verifyFact(matter, fact.question, { ...seen(fact), how })}
  >
    <Form.Item name="how" label={`“${named(fact)}”是怎么核实的`} rules={[{ required: true, message: '请选是怎么核实的' }]}>
      <Radio.Group options={matter.checks.map(({ key, title }) => ({ value: key, label: title }))} />
    </Form.Item>
  </Dialog>
)

const TakeBack = ({ matter, fact, close }: Asking) => (
  <Dialog<{ reason: string }>
    {...{ matter, close }}
    title="取消核实"
    send={({ reason }) => unverifyFact(matter, fact.question, { ...seen(fact), reason: reason.trim() })}
  >
    <Form.Item
      name="reason"
      label="为什么取消"
      rules={[{ required: true, whitespace: true, min: 2, message: '请写明为什么取消' }, atMost(200)]}
    >
      <Input placeholder="例如：看错了人，原件是别人的" />
    </Form.Item>
  </Dialog>
)

type DialogIts<T> = {
  matter: Matter
  title: string
  send: (given: T) => Promise<Matter>
  close: () => void
  children: ReactNode
}

function Dialog<T extends object>({ matter, title, send, close, children }: DialogIts<T>) {
  const [form] = Form.useForm<T>()
  const { keep } = useFreshMatter(matter)
  const ask = useMutation({
    mutationFn: send,
    onSuccess: (after) => {
      keep(after)
      close()
    },
  })
  return (
    <Modal open title={title} okText={title} onOk={form.submit} onCancel={close} confirmLoading={ask.isPending}>
      <p>谁核实的、什么时候、怎么核实的，都会记下来。本人改了说法，就要重新核实。</p>
      {ask.error && <RefusalNote error={ask.error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={ask.mutate}>
        {children}
      </Form>
    </Modal>
  )
}
