import { useEffect, useState } from 'react'

/** How long typing must rest before it is worth asking the server, in milliseconds: two keystrokes of a quick typist. */
const restMs = 200

/** A text once it has stopped changing. */
export function useSettled(text: string): string {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const rest = setTimeout(() => settle(text), restMs)
    return () => clearTimeout(rest)
  }, [text])
  return settled
}
