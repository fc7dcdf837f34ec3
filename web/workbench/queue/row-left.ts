// Where the reader left the queue, so that coming back by any way finds the row again; of this tab alone.
let left: { id: string; index: number } | undefined

/** Remembers the row of the matter that is open; `index` finds its neighbour once the matter has moved on. */
export const leaveRow = (id: string, index: number) => void (left = { id, index })

/** The row to come back to among these, once. */
export function takeRowLeft(rows: readonly { id: string }[]): string | undefined {
  if (!left || rows.length === 0) return undefined
  const { id, index } = left
  left = undefined
  return rows.some((row) => row.id === id) ? id : rows[Math.min(Math.max(index, 0), rows.length - 1)]?.id
}
