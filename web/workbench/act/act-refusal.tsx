import { Button } from 'antd'
import { useState } from 'react'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { isStale } from './stale.ts'

type Its = { error: Error | null; unplaced: string[]; reload: () => Promise<unknown> }

/** Why the action was not taken: what could not be placed at a field, and the way on when others acted meanwhile. */
export function ActRefusal({ error, unplaced, reload }: Its) {
  if (!error) return null
  return (
    <RefusalNote error={error}>
      {unplaced.length > 0 && (
        <ul>
          {unplaced.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      {isStale(error) && <Reload reload={reload} />}
    </RefusalNote>
  )
}

function Reload({ reload }: { reload: () => Promise<unknown> }) {
  const [isBusy, setBusy] = useState(false)
  const again = () => {
    setBusy(true)
    void reload().catch(() => setBusy(false)) // still unreachable: the button stays, to be pressed again
  }
  return (
    <Button size="small" loading={isBusy} onClick={again}>
      重新载入并保留已填内容
    </Button>
  )
}
