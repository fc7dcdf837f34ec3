import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { addNote, strikeNote } from '../api.ts'
import type { At, Matter, Note } from '../contract.ts'
import { draftOf, dropDraft, keepDraft, newKey } from '../act/drafts.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { excessOf, LongText } from '../ui/bounded-text.tsx'
import { timeOf } from '../ui/time.ts'
import { useFreshMatter } from './use-fresh-matter.ts'

/** 办案便签: what colleagues and the assignee tell each other; the person never sees it. */
export const Notes = ({ matter }: { matter: Matter }) => (
  <>
    <p className="aside">只有同事和承办人看得到，当事人和对方看不到，也不计入办理经过。</p>
    {matter.notes.length === 0 && <p className="empty">还没有便签。要提醒同事的，写在下面。</p>}
    <ul className="list notes">
      {matter.notes.map((note) => (
        <NoteItem key={note.id} at={matter} note={note} />
      ))}
    </ul>
    {matter.mayNote && <NewNote at={matter} />}
  </>
)

/** A note may hold what nobody but the desk should read: its draft stays in memory. */
const form = { key: 'note', isPersonal: true }

/** As many characters as the server takes. */
const longest = 2000

function NewNote({ at }: { at: At }) {
  const { keep } = useFreshMatter(at)
  const [text, setText] = useState(() => String(draftOf(at, form).values['text'] ?? ''))
  const excess = excessOf(text, longest)
  const change = (typed: string) => {
    setText(typed)
    // Another text is another note, even where the answer to the first was lost.
    keepDraft(at, form, { key: newKey(), values: { text: typed } })
  }
  const add = useMutation({
    mutationFn: (body: { key: string; text: string }) => addNote(at, body),
    onSuccess: (matter) => {
      dropDraft(at, form)
      setText('')
      keep(matter)
    },
  })
  const send = () => {
    if (text.trim() && !excess && !add.isPending) add.mutate({ key: draftOf(at, form).key, text })
  }
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
  }
  return (
    <div className="new-note">
      <LongText
        aria-label="写便签"
        placeholder="写便签，Ctrl+Enter 保存"
        rows={3}
        max={longest}
        value={text}
        onChange={({ target }) => change(target.value)}
        onKeyDown={byKey}
      />
      <Button onClick={send} loading={add.isPending} disabled={!text.trim() || excess !== undefined}>
        保存便签
      </Button>
      {excess && <p role="alert">{excess}</p>}
      {add.error && <RefusalNote error={add.error} />}
    </div>
  )
}

const NoteItem = ({ at, note }: { at: At; note: Note }) => (
  <li>
    {note.text === null ? <p className="struck">这条便签的内容已删去。</p> : <Written at={at} note={note} text={note.text} />}
    <span className="aside">{`${note.by} · ${timeOf(note.at)}`}</span>
  </li>
)

/** A strike may be taken back for this long; after it the text is gone. */
const undoMs = 6000

function Written({ at, note, text }: { at: At; note: Note; text: string }) {
  const { keep } = useFreshMatter(at)
  const strike = useMutation({ mutationFn: () => strikeNote(at, note.id), onSuccess: keep })
  const pending = useDelayed(strike.mutate)
  return (
    <>
      <p className={pending.isWaiting ? 'note-text going' : 'note-text'}>{text}</p>
      {note.mayStrike && (
        <Button size="small" type="text" loading={strike.isPending} onClick={pending.isWaiting ? pending.cancel : pending.start}>
          {pending.isWaiting ? '撤销' : '划掉'}
        </Button>
      )}
      {pending.isWaiting && <output>几秒后划掉，内容不再保留。</output>}
      {strike.error && <RefusalNote error={strike.error} />}
    </>
  )
}

/** Does something after a while unless it is taken back; whoever turns to something else meanwhile meant it. */
function useDelayed(work: () => void) {
  const [isWaiting, setWaiting] = useState(false)
  const isTakenBack = useRef(false)
  useEffect(() => {
    if (!isWaiting) return undefined
    isTakenBack.current = false
    const timer = setTimeout(() => setWaiting(false), undoMs)
    return () => {
      clearTimeout(timer)
      if (!isTakenBack.current) work()
    }
  }, [isWaiting, work])
  const cancel = () => {
    isTakenBack.current = true
    setWaiting(false)
  }
  return { isWaiting, start: () => setWaiting(true), cancel }
}
