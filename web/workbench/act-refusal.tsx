import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Entry } from './contract.ts'
import { RefusalNote } from './refusal-note.tsx'
import { isStale } from './stale.ts'
import { timeOf } from './time.ts'

type Its = { error: Error | null; unplaced: string[]; reload: () => Promise<void> }

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

function Reload({ reload }: { reload: () => Promise<void> }) {
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

/** What others did meanwhile. */
export const Since = ({ entries }: { entries: Entry[] }) => (
  <Alert
    className="note"
    type="info"
    showIcon
    title={entries.length === 0 ? '已是最新情况，您填的内容都在。' : '您填的内容都在。这期间又办了：'}
    description={
      entries.length > 0 && (
        <ul>
          {entries.map((entry) => (
            <li key={entry.seq}>{`${timeOf(entry.at)} ${entry.by}：${entry.title}`}</li>
          ))}
        </ul>
      )
    }
  />
)
