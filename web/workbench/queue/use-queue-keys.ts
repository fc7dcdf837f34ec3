import { useEffect } from 'react'
import type { QueueRow } from '../contract.ts'
import { takeRowLeft } from './row-left.ts'
import { useKeys } from '../ui/use-keys.ts'
import type { Selection } from './use-selection.ts'

/** Moving through the rows by key. Where one is, is where the focus is: it needs no memory of its own, and a screen reader follows. */
export function useQueueKeys(rows: readonly QueueRow[] | undefined, selection: Selection): void {
  useKeys({
    nextRow: () => focusRow(rowAt(1)),
    previousRow: () => focusRow(rowAt(-1)),
    openRow: () => focused()?.querySelector('a')?.click(),
    selectRow: (event) => {
      const id = focused()?.dataset['row']
      if (id) selection.toggle(id, event.shiftKey)
    },
  })
  useEffect(() => {
    const id = rows && takeRowLeft(rows)
    if (id) focusRow(all().find((row) => row.dataset['row'] === id))
  }, [rows])
}

const all = () => [...document.querySelectorAll<HTMLElement>('tr[data-row]')]
const focused = () => document.activeElement?.closest<HTMLElement>('tr[data-row]') ?? undefined
const focusRow = (row: HTMLElement | undefined) => row?.querySelector('a')?.focus()

function rowAt(by: 1 | -1): HTMLElement | undefined {
  const rows = all()
  const now = focused()
  return now ? rows[rows.indexOf(now) + by] : rows.at(by === 1 ? 0 : -1)
}
