import { useMutation } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import { upload } from '../api.ts'
import type { Document, Matter, Need } from '../contract.ts'
import { DocumentPreview, mayPreview } from './document-preview.tsx'
import { newKey } from '../act/drafts.ts'
import { Mark } from '../frame/mark.tsx'
import { PaperSharing } from './closed/paper-sharing.tsx'
import { documentUrl } from '../frame/paths.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { type Choice, fieldsOf } from '../ui/schema-fields.ts'
import { isStale } from '../act/stale.ts'
import { timeOf } from '../ui/time.ts'
import { useFreshMatter } from './use-fresh-matter.ts'
import { NotTheirs, UseStopped } from '../ui/use-stopped.tsx'

/** The files held, those still wanted, and a way to add them where the line lets this person. */
export function Documents({ matter }: { matter: Matter }) {
  const adding = matter.actions.find(({ own }) => own === 'upload')
  const { shown, by, show, close } = useShown(matter.documents)
  return (
    <>
      {matter.documents.length === 0 &&
        (matter.isUseStopped ? <UseStopped /> : matter.mayRead ? <p className="empty">还没有材料。</p> : <NotTheirs />)}
      <ul className="list">
        {matter.documents.map((document) => (
          <DocumentItem key={document.id} matter={matter} document={document} show={show} />
        ))}
      </ul>
      {shown && <DocumentPreview key={shown.id} at={matter} document={shown} by={by} close={close} />}
      {matter.needs.length > 0 && <h3>需要的材料</h3>}
      <ul className="list needs">
        {matter.needs.map((need) => (
          <NeedItem key={need.kind} matter={matter} need={need} mayAdd={adding?.allowed ?? true} />
        ))}
        {adding?.allowed && <OtherItem matter={matter} kinds={kindsOf(adding.schema)} />}
      </ul>
      {adding && !adding.allowed && <p className="aside">{`现在不能添加材料：${adding.why ?? ''}`}</p>}
    </>
  )
}

function kindsOf(schema: Matter['actions'][number]['schema']): Choice[] {
  const kind = fieldsOf(schema).find(({ path }) => path[0] === 'kind')
  return kind?.ask.kind === 'choice' ? kind.ask.choices : []
}

/** Which file is looked at, and what opened it. */
function useShown(documents: Document[]) {
  const [opened, setOpened] = useState<{ id: string; by: HTMLElement } | null>(null)
  const close = () => setOpened(null)
  return {
    shown: documents.find(({ id }) => id === opened?.id),
    by: opened?.by,
    show: (id: string, by: HTMLElement) => setOpened({ id, by }),
    close,
  }
}

type Item = { matter: Matter; document: Document; show: (id: string, by: HTMLElement) => void }

const DocumentItem = ({ matter, document, show }: Item) => (
  <li className="document">
    {document.isUnchecked ? (
      <span>{document.name}</span>
    ) : (
      <a href={documentUrl(matter, document.id)} download={document.name}>
        {document.name}
      </a>
    )}
    {document.isUnchecked ? (
      <Mark tone="warn">正在做安全检查，还不能打开</Mark>
    ) : mayPreview(document) ? (
      <Button size="small" aria-label={`查看 ${document.name}`} onClick={({ currentTarget }) => show(document.id, currentTarget)}>
        查看
      </Button>
    ) : (
      <span className="aside">下载查看</span>
    )}
    <span className="aside">
      {[document.ofTitle, document.kindTitle, sizeOf(document.bytes), document.by, timeOf(document.at)].filter(Boolean).join(' · ')}
    </span>
    <PaperSharing matter={matter} document={document} />
  </li>
)

const sizeOf = (bytes: number) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`)

const NeedItem = ({ matter, need, mayAdd }: { matter: Matter; need: Need; mayAdd: boolean }) => (
  <li>
    <span>{need.title}</span>
    {need.held ? <Mark tone="good">已有</Mark> : <Mark tone="warn">{`还缺，等${need.ofTitle}`}</Mark>}
    {mayAdd && <Upload matter={matter} kind={need.kind} label={need.title} words={need.held ? '再传一份' : '上传'} />}
  </li>
)

function OtherItem({ matter, kinds }: { matter: Matter; kinds: Choice[] }) {
  const [kind, setKind] = useState<Choice | null>(null)
  if (kinds.length === 0) return null
  return (
    <li>
      <Select
        className="kinds"
        aria-label="其他材料的种类"
        placeholder="其他材料：选种类"
        options={kinds}
        onChange={(_, chosen) => setKind(chosen as Choice)}
      />
      {kind && <Upload matter={matter} kind={String(kind.value)} label={kind.label} words="上传" />}
    </li>
  )
}

type Chosen = { file: File; key: string; version: number }
type Adding = { matter: Matter; kind: string; label: string; words: string }

function Upload({ matter, kind, label, words }: Adding) {
  const { keep, refetch } = useFreshMatter(matter)
  const send = useMutation({ mutationFn: (chosen: Chosen) => upload(matter, { kind, ...chosen }), onSuccess: keep })
  const choose = (file: File) => send.mutate({ file, key: newKey(), version: matter.version })
  const again = async (chosen: Chosen) => send.mutate(isStale(send.error) ? { ...chosen, version: (await refetch()).version } : chosen)
  return (
    <>
      <FileButton label={`上传${label}`} words={send.isPending ? '正在上传…' : words} isBusy={send.isPending} choose={choose} />
      {send.error && (
        <RefusalNote error={send.error} action={<AgainButton again={() => again(send.variables)} />}>
          {send.variables.file.name}
        </RefusalNote>
      )}
    </>
  )
}

const AgainButton = ({ again }: { again: () => Promise<void> }) => (
  <Button size="small" onClick={() => void again()}>
    再传一次
  </Button>
)

type Choosing = { label: string; words: string; isBusy: boolean; choose: (file: File) => void }

function FileButton({ label, words, isBusy, choose }: Choosing) {
  const id = useId()
  return (
    <span className="file">
      <input
        id={id}
        type="file"
        disabled={isBusy}
        aria-label={label}
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) choose(file)
          // The same file chosen again after a refusal must count as a choice.
          target.value = ''
        }}
      />
      <label htmlFor={id}>{words}</label>
    </span>
  )
}
