import { useEffect, useRef, type ReactNode } from 'react'

/** A dialog of the browser's own: it holds the focus, closes on Esc or a click beside it, and gives the focus back. */
export function PopUp({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="pop-up" aria-label={title} onClose={close} closedby="any">
      <div className="pop-up-body">{children}</div>
    </dialog>
  )
}
