import { useSyncExternalStore } from 'react'

/** What a person sets for themselves, and how it stands until they do. */
type Preferences = { keys: 'on' | 'off' }
const standing: Preferences = { keys: 'on' }

const changed = new EventTarget()
const subscribe = (tell: () => void) => {
  changed.addEventListener('change', tell)
  return () => changed.removeEventListener('change', tell)
}

/** One preference, and how to change it. */
export function usePreference<K extends keyof Preferences>(key: K): [Preferences[K], (value: Preferences[K]) => void] {
  const value = useSyncExternalStore(subscribe, () => (localStorage.getItem(`fahui.${key}`) as Preferences[K] | null) ?? standing[key]) // written below alone
  const set = (next: Preferences[K]) => {
    localStorage.setItem(`fahui.${key}`, next)
    changed.dispatchEvent(new Event('change'))
  }
  return [value, set]
}
