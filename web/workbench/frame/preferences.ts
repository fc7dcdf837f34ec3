import { queryOptions } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { client, got } from '../api.ts'
import type { Preferences } from '../contract.ts'

type Key = keyof Preferences

const usual: Preferences = { theme: 'system', density: 'roomy', textSize: 'usual', keys: 'on' }
// Beside the profile, so that the first paint is right before the server has answered, and the sign-in page is too.
const place = 'fahui.look'
const wantsDark = window.matchMedia('(prefers-color-scheme: dark)')
const scales: Record<Preferences['textSize'], string> = { usual: '1', large: '1.15', largest: '1.3' }

let current = read()
const watchers = new Set<() => void>()

/** A choice of this person's, and how to make another; it holds at once, and follows them to another desk. */
export function usePreference<K extends Key>(key: K): [Preferences[K], (value: Preferences[K]) => void] {
  const value = useSyncExternalStore(watch, () => current[key])
  return [value, (chosen) => choose(key, chosen)]
}

/** Whether the page is dark now, by choice or by the system's. */
export const useIsDark = (): boolean => useSyncExternalStore(watch, isDark)

/** What the profile says, which from then on holds here. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: async ({ signal }) => adopt(await got(client.GET('/api/preferences', { signal }))),
  staleTime: Infinity,
})

function adopt(preferences: Preferences): Preferences {
  current = preferences
  localStorage.setItem(place, JSON.stringify(preferences))
  show()
  for (const tell of watchers) tell()
  return preferences
}

/** Puts the look on the page; called once before anything is drawn. */
export function show() {
  const { dataset, style } = document.documentElement
  dataset.theme = isDark() ? 'dark' : 'light'
  dataset.density = current.density
  style.setProperty('--text', scales[current.textSize])
}

/** How much larger than usual text is. */
export const textScale = (size: Preferences['textSize']): number => Number(scales[size])

function choose<K extends Key>(key: K, value: Preferences[K]) {
  adopt({ ...current, [key]: value })
  // The choice holds in this browser whether or not it could be kept in the profile.
  void got(client.POST('/api/preferences', { body: { [key]: value } })).catch(() => {})
}

const isDark = () => (current.theme === 'system' ? wantsDark.matches : current.theme === 'dark')

function watch(tell: () => void) {
  const turn = () => {
    show()
    tell()
  }
  watchers.add(tell)
  wantsDark.addEventListener('change', turn)
  return () => {
    watchers.delete(tell)
    wantsDark.removeEventListener('change', turn)
  }
}

/** What this browser remembers; anything strange counts as nothing. */
function read(): Preferences {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>) } // written by `adopt`
  } catch {
    return usual
  }
}
