import { useMutation } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { sharePaper } from '../api.ts'
import type { Document, Matter } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { useFreshMatter } from './use-fresh-matter.ts'

type Its = { matter: Matter; document: Document }

/** Whether the other seats see a paper; and, of the desk's own, the button to show it or to take that back. What a party gave is the party's to show. */
export function PaperSharing({ matter, document }: Its) {
  const [isOpen, setOpen] = useState(false)
  const { isShared, mayShare, name } = document
  const words = isShared ? '不再给当事人看' : '给当事人看'
  return (
    <>
      {isShared && <Mark tone="info">{mayShare ? '当事人能看到' : '已给对方看'}</Mark>}
      {mayShare && (
        <Button size="small" onClick={() => setOpen(true)} aria-label={`${words}：${name}`}>
          {words}
        </Button>
      )}
      {isOpen && <Asking matter={matter} document={document} words={words} close={() => setOpen(false)} />}
    </>
  )
}

function Asking({ matter, document, words, close }: Its & { words: string; close: () => void }) {
  const { keep } = useFreshMatter(matter)
  const send = useMutation({
    mutationFn: () => sharePaper(matter, document.id, document.isShared ? 'unshare' : 'share'),
    onSuccess: (after) => {
      keep(after)
      close()
    },
  })
  return (
    <Modal open title={words} okText={words} onOk={() => send.mutate()} onCancel={close} confirmLoading={send.isPending}>
      <p>{document.name}</p>
      <p>
        {document.isShared
          ? '收回以后，双方当事人都打不开这份材料。已经看过、存下来的，收不回来。'
          : '双方当事人都能打开这份材料。以后可以收回；已经看过、存下来的，收不回来。'}
      </p>
      {send.error && <RefusalNote error={send.error} />}
    </Modal>
  )
}
