import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useId } from 'react'
import { upload } from './api.ts'
import type { Document, Matter, Need } from './contract.ts'
import { newKey } from './drafts.ts'
import { Mark } from './mark.tsx'
import { documentUrl } from './paths.ts'
import { RefusalNote } from './refusal-note.tsx'
import { isStale } from './stale.ts'
import { timeOf } from './time.ts'
import { useFreshMatter } from './use-fresh-matter.ts'

/** The files held, and those still wanted. */
export const Documents = ({ matter }: { matter: Matter }) => (
  <>
    {matter.documents.length === 0 && <p className="empty">还没有材料。</p>}
    <ul className="plain">
      {matter.documents.map((document) => (
        <DocumentItem key={document.id} region={matter.region} document={document} />
      ))}
    </ul>
    {matter.needs.length > 0 && <h3>需要的材料</h3>}
    <ul className="plain needs">
      {matter.needs.map((need) => (
        <NeedItem key={need.kind} matter={matter} need={need} />
      ))}
    </ul>
  </>
)

const DocumentItem = ({ region, document }: { region: string; document: Document }) => (
  <li>
    <a href={documentUrl({ region }, document.id)} download={document.name}>
      {document.name}
    </a>
    <span className="aside">{`${document.kindTitle} · ${sizeOf(document.bytes)} · ${document.by} · ${timeOf(document.at)}`}</span>
  </li>
)

const sizeOf = (bytes: number) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`)

type Chosen = { file: File; key: string; version: number }

function NeedItem({ matter, need }: { matter: Matter; need: Need }) {
  const { keep, refetch } = useFreshMatter(matter)
  const send = useMutation({ mutationFn: (chosen: Chosen) => upload(matter, { kind: need.kind, ...chosen }), onSuccess: keep })
  const choose = (file: File) => send.mutate({ file, key: newKey(), version: matter.version })
  const again = async (chosen: Chosen) => send.mutate(isStale(send.error) ? { ...chosen, version: (await refetch()).version } : chosen)
  return (
    <li>
      <span>{need.title}</span> {need.held ? <Mark tone="good">已有</Mark> : <Mark tone="warn">还缺</Mark>}
      <FileButton label={need.title} isHeld={need.held} isBusy={send.isPending} choose={choose} />
      {send.error && (
        <RefusalNote error={send.error} action={<AgainButton again={() => again(send.variables)} />}>
          {send.variables.file.name}
        </RefusalNote>
      )}
    </li>
  )
}

const AgainButton = ({ again }: { again: () => Promise<void> }) => (
  <Button size="small" onClick={() => void again()}>
    再传一次
  </Button>
)

type Choosing = { label: string; isHeld: boolean; isBusy: boolean; choose: (file: File) => void }

function FileButton({ label, isHeld, isBusy, choose }: Choosing) {
  const id = useId()
  return (
    <span className="file">
      <input
        id={id}
        type="file"
        disabled={isBusy}
        aria-label={`上传${label}`}
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) choose(file)
          // The same file chosen again after a refusal must count as a choice.
          target.value = ''
        }}
      />
      <label htmlFor={id}>{isBusy ? '正在上传…' : isHeld ? '再传一份' : '上传'}</label>
    </span>
  )
}
