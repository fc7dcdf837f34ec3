import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Modal, Radio } from 'antd'
import { useState } from 'react'
import { v7 } from 'uuid'
import { sendLink, withdrawLink } from '../api.ts'
import type { Matter, Reachable, SentLink } from '../contract.ts'
import { inFours, QrCode } from '../ui/qr-code.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { lastOf, timeOf } from '../ui/time.ts'
import { useFreshMatter } from './use-fresh-matter.ts'

/** Parties who have no account, each with the link they were sent last and the way to send one. */
export const Links = ({ matter }: { matter: Matter }) => (
  <>
    <p>可以寄一个链接，本人核对身份后在网上看、在网上答复，不用账号。链接只能用一次，信里不写是什么事、不写名字。</p>
    {matter.links.map((one) => (
      <LinkOf key={one.holder} matter={matter} one={one} />
    ))}
  </>
)

type Letter = Awaited<ReturnType<typeof sendLink>>
type Its = { matter: Matter; one: Reachable }

function LinkOf({ matter, one }: Its) {
  const [isAsking, setAsking] = useState(false)
  const [sent, setSent] = useState<Letter | null>(null)
  const [isRead, setRead] = useState(false)
  const { keep, refetch } = useFreshMatter(matter)
  const takeBack = useMutation({ mutationFn: (link: string) => withdrawLink(matter, link), onSuccess: keep })
  const { last } = one
  const isLive = last && (['unsent', 'sent', 'opened'] as const).some((its) => its === last.standing)
  return (
    <section aria-label={one.called}>
      <h3>{one.called}</h3>
      <p>{last ? standing(last) : '还没有寄过链接。'}</p>
      {last?.isAskedAgain && <Alert type="warning" showIcon title="本人请您再寄一次。" />}
      {takeBack.error && <RefusalNote error={takeBack.error} />}
      <p>
        <Button onClick={() => setAsking(true)}>{last ? '再寄一个链接' : '寄链接'}</Button>{' '}
        {isLive && (
          <Button loading={takeBack.isPending} onClick={() => takeBack.mutate(last.id)}>
            收回链接
          </Button>
        )}
      </p>
      {sent?.code && <Alert type="info" title={`请另外告诉本人这六位数字：${sent.code}。打电话或者当面说，不要写在信里。`} />}
      {isAsking && (
        <Asking
          {...{ matter, one }}
          close={() => setAsking(false)}
          done={(letter) => {
            setAsking(false)
            setRead(false)
            setSent(letter)
            void refetch()
          }}
        />
      )}
      {sent?.letter && sent.url && !isRead && <Sheet letter={sent.letter} url={sent.url} close={() => setRead(true)} />}
    </section>
  )
}

const standing = ({ way, title, at, until, openedAt, standing: its }: NonNullable<Reachable['last']>): string =>
  [`${timeOf(at)} ${way}`, title, openedAt ? timeOf(openedAt) : its === 'sent' && `${lastOf(until)} 以前有效`].filter(Boolean).join('，')

type Choice = Pick<SentLink, 'way' | 'proof'>

function Asking({ matter, one, close, done }: Its & { close: () => void; done: (letter: Letter) => void }) {
  const [form] = Form.useForm<Choice>()
  // Made once: sent again after a lost answer it is the same link.
  const [link] = useState(() => v7())
  const way = Form.useWatch('way', form) ?? one.ways[0]?.key
  const proofs = one.ways.find(({ key }) => key === way)?.proofs ?? []
  const send = useMutation({
    mutationFn: (choice: Choice) => sendLink(matter, { link, holder: one.holder, ...choice }),
    onSuccess: done,
  })
  return (
    <Modal open title="寄链接" okText="寄链接" onOk={form.submit} onCancel={close} confirmLoading={send.isPending}>
      {send.error && <RefusalNote error={send.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={send.mutate}
        initialValues={{ way: one.ways[0]?.key, proof: one.ways[0]?.proofs[0]?.key }}
        onValuesChange={(changed: Partial<Choice>) => changed.way && form.setFieldValue('proof', firstProof(one, changed.way))}
      >
        <p>以前寄的链接马上作废。</p>
        <Form.Item name="way" label="怎么寄">
          <Radio.Group options={one.ways.map(({ key, title }) => ({ value: key, label: title }))} />
        </Form.Item>
        <Form.Item name="proof" label="本人怎么证明是自己">
          <Radio.Group options={proofs.map(({ key, title }) => ({ value: key, label: title }))} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

const firstProof = (one: Reachable, way: Choice['way']) => one.ways.find(({ key }) => key === way)?.proofs[0]?.key

/** The letter, to be printed and put in an envelope. */
const Sheet = ({ letter, url, close }: { letter: string; url: string; close: () => void }) => (
  <Modal
    open
    title="打印这封信"
    onCancel={close}
    footer={[
      <Button key="print" onClick={() => window.print()}>
        打印
      </Button>,
      <Button key="close" type="primary" onClick={close}>
        我来寄给本人
      </Button>,
    ]}
  >
    <div className="sheet">
      {letter.split('\n').map((line, n) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines of one text, which never change
        <p key={n}>{line}</p>
      ))}
      <QrCode text={url} label="信里地址的二维码" />
      <p className="secret">{inFours(url.split('/').at(-1)?.replaceAll('-', '') ?? '')}</p>
    </div>
  </Modal>
)
