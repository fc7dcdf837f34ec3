import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useKeys } from './use-keys.ts'

const KeysHelp = lazy(() => import('./keys-help.tsx'))

/** What is at hand on every page, each by button and by key. */
export function FrameTools() {
  const [shown, show] = useState<'help' | null>(null)
  useKeys({ help: () => show('help') })
  const close = () => show(null)
  return (
    <div className="tools">
      <Button size="small" aria-label="快捷键" title="快捷键（?）" onClick={() => show('help')}>
        <kbd>?</kbd>
      </Button>
      <Suspense fallback={null}>{shown === 'help' && <KeysHelp close={close} />}</Suspense>
    </div>
  )
}
