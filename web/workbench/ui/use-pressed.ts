import { useEffect } from 'react'

/** Does what each key says while a dialog is shown, in front of which the keys of the page are silent; not while something is typed. */
export function usePressed(keys: Record<string, () => void>) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
}
