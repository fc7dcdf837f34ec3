import { useEffect, useEffectEvent } from 'react'
import { tinykeys } from 'tinykeys'
import { keys, type KeyId } from '../frame/keys.ts'
import { usePreference } from '../frame/preferences.ts'
import { keysIn } from './keyed.ts'

type Handlers = Partial<Record<KeyId, (event: KeyboardEvent) => void>>

/** Hears the keys that have a handler, unless the reader turned keys off, is typing, or has a dialog open. */
export function useKeys(handlers: Handlers): void {
  const [isOn] = usePreference('keys')
  const heard = useEffectEvent((id: KeyId, event: KeyboardEvent) => {
    const handle = handlers[id]
    if (!handle) return
    event.preventDefault()
    handle(event)
  })
  const ids = Object.keys(handlers).join(' ')
  useEffect(() => {
    if (isOn === 'off') return
    const wanted = new Set(ids.split(' '))
    const bound = keysIn(keys).flatMap((id) =>
      wanted.has(id) ? keys[id].press.map((press) => [press, (event: KeyboardEvent) => heard(id, event)] as const) : [],
    )
    return tinykeys(window, Object.fromEntries(bound), { ignore: isMeantOtherwise })
  }, [ids, isOn])
}

const fields = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=combobox], [role=listbox]'

/** A key that is typed into a field, composed by an input method, or pressed in front of a dialog is not meant for the page. */
const isMeantOtherwise = ({ target, isComposing }: KeyboardEvent) =>
  isComposing ||
  (target instanceof Element && target.closest(fields) !== null) ||
  document.querySelector('dialog[open], [role=dialog][aria-modal=true]') !== null
