import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Form, Modal, Radio, Skeleton } from 'antd'
import { useState, type ReactNode } from 'react'
import { colleaguesQuery, confineMatter, openMatterAgain } from '../../api.ts'
import type { Matter, Naming } from '../../contract.ts'
import { atMost, LongText } from '../../ui/bounded-text.tsx'
import { LoadFailure, RefusalNote } from '../../ui/refusal-note.tsx'
import { useFreshMatter } from '../use-fresh-matter.ts'

type Open = 'naming' | 'opening' | null

/** To whom the matter is confined; whoever directs the work on it names them, or opens it again. */
export function Confined({ matter }: { matter: Matter }) {
  const [open, setOpen] = useState<Open>(null)
  const { confined, mayConfine } = matter
  const close = () => setOpen(null)
  return (
    <>
      <p>
        {confined
          ? `只有这几位能看到这件事：${confined.people.map(({ name }) => name).join('、')}。别的同事搜不到、列表里也没有。`
          : '现在管这个地方、这项服务的同事都能看到这件事。不宜多人知道的，可以只让指定的人看。'}
      </p>
      {mayConfine && (
        <p>
          <Button onClick={() => setOpen('naming')}>{confined ? '换能看的人' : '只让指定的人看'}</Button>{' '}
          {confined && <Button onClick={() => setOpen('opening')}>不再限定</Button>}
        </p>
      )}
      {open === 'naming' && <NamingDialog matter={matter} close={close} />}
      {open === 'opening' && <OpeningDialog matter={matter} close={close} />}
    </>
  )
}

type Its = { matter: Matter; close: () => void }

function NamingDialog({ matter, close }: Its) {
  const { data, error, refetch } = useQuery(colleaguesQuery(matter))
  return (
    <Asking<Naming>
      {...{ matter, close }}
      title={matter.confined ? '换能看的人' : '只让指定的人看'}
      send={(naming) => confineMatter(matter, naming)}
    >
      <p>
        您自己总能看到。由它引出的其他事项一起限定。办这件事的承办人、当事人不受影响。谁定的、为什么，都会记下来；名单里的人会收到通知。
      </p>
      {error && !data && <LoadFailure error={error} retry={refetch} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data && (
        <>
          <Form.Item name="accounts" label="除您以外，谁能看" initialValue={namedAmong(matter, data.people)}>
            <Checkbox.Group options={data.people.map(({ account, name }) => ({ value: account, label: name }))} />
          </Form.Item>
          <Form.Item name="because" label="为什么限定" rules={[{ required: true, message: '请选为什么限定' }]}>
            <Radio.Group options={data.reasons.map(({ key, title }) => ({ value: key, label: title }))} />
          </Form.Item>
        </>
      )}
    </Asking>
  )
}

/** Those who are named already, as far as they may be chosen. */
const namedAmong = ({ confined }: Matter, people: { account: string }[]): string[] =>
  (confined?.people ?? []).flatMap(({ account }) => (people.some((one) => one.account === account) ? [account] : []))

const OpeningDialog = ({ matter, close }: Its) => (
  <Asking<{ reason: string }> {...{ matter, close }} title="不再限定" send={({ reason }) => openMatterAgain(matter, reason)}>
    <p>以后管这个地方、这项服务的同事，又都能看到这件事。</p>
  </Asking>
)

type AskingIts<T> = Its & { title: string; send: (given: T) => Promise<Matter>; children: ReactNode }

function Asking<T extends { reason: string }>({ matter, close, title, send, children }: AskingIts<T>) {
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
      {ask.error && <RefusalNote error={ask.error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={ask.mutate}>
        {children}
        <Form.Item
          name="reason"
          label="具体情况（加密保存）"
          rules={[{ required: true, whitespace: true, min: 5, message: '请写明具体情况，至少五个字' }, atMost(500)]}
        >
          <LongText max={500} rows={3} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
