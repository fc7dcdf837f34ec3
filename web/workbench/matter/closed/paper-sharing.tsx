import { useMutation } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { sharePaper } from '../../api.ts'
import type { Document, Matter } from '../../contract.ts'
import { Mark } from '../../frame/mark.tsx'
import { RefusalNote } from '../../ui/refusal-note.tsx'
import { useFreshMatter } from '../use-fresh-matter.ts'

type Its = { matter: Matter; document: Document }

const showing = {
  words: '给当事人看',
  asks: '双方当事人都能打开这份材料。以后可以收回，但看过、存下的收不回来。',
  act: 'share',
} as const
const hiding = {
  words: '不再给当事人看',
  asks: '收回以后，双方当事人都打不开这份材料。看过、存下的收不回来。',
  act: 'unshare',
} as const

/** Whether the other seats see a paper; and, of the desk's own, the button to show it or to take that back. What a party gave is the party's to show. */
export const PaperSharing = ({ matter, document }: Its) => (
  <>
    {document.isShared && <Mark tone="info">{document.mayShare ? '当事人能看到' : '已给对方看'}</Mark>}
    {document.mayShare && <Showing matter={matter} document={document} />}
  </>
)

function Showing({ matter, document }: Its) {
  const { keep } = useFreshMatter(matter)
  const { words, asks, act } = document.isShared ? hiding : showing
  const send = useMutation({ mutationFn: () => sharePaper(matter, document.id, act), onSuccess: keep })
  return (
    <>
      <Popconfirm title={asks} okText={words} onConfirm={() => send.mutate()}>
        <Button size="small" loading={send.isPending} aria-label={`${words}：${document.name}`}>
          {words}
        </Button>
      </Popconfirm>
      {send.error && <RefusalNote error={send.error} />}
    </>
  )
}
