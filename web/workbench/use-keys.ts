import { useEffect } from 'react'

/** Does what each key says, wherever the focus is, while the component is shown; not while something is typed. */
export function useKeys(keys: Record<string, () => void>) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
}
