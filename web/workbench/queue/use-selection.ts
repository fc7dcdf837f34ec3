import { useState } from 'react'
import type { QueueRow } from '../contract.ts'

/** The rows picked on a page of the queue, and ways to pick. */
export type Selection = {
  ids: ReadonlySet<string>
  rows: QueueRow[]
  /** Picks a row or lets it go; with a range, every row since the last one picked. */
  toggle(id: string, isRange?: boolean): void
  setAll(isPicked: boolean): void
}

/** Picking is of one page of one queue: on another it starts anew, and a row that left is no longer picked. */
export function useSelection(rows: QueueRow[] | undefined, page: string): Selection {
  const [held, hold] = useState<{ page: string; ids: ReadonlySet<string>; last?: string }>({ page, ids: new Set() })
  const picked = (rows ?? []).filter(({ id }) => held.page === page && held.ids.has(id))
  const ids = new Set(picked.map(({ id }) => id))
  const toggle = (id: string, isRange = false) => {
    const among = isRange && held.page === page ? between(rows ?? [], held.last, id) : [id]
    const next = ids.has(id) ? [...ids].filter((one) => !among.includes(one)) : [...ids, ...among]
    hold({ page, ids: new Set(next), last: id })
  }
  return { ids, rows: picked, toggle, setAll: (isPicked) => hold({ page, ids: new Set(isPicked ? rows?.map(({ id }) => id) : []) }) }
}

function between(rows: readonly QueueRow[], from: string | undefined, to: string): string[] {
  const [a, b] = [rows.findIndex(({ id }) => id === from), rows.findIndex(({ id }) => id === to)]
  return a < 0 ? [to] : rows.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id)
}
