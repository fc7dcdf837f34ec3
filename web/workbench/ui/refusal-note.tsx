import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { Refused } from '../api.ts'

/** What to tell the reader of anything thrown. */
export const messageOf = (error: Error) =>
  error instanceof Refused ? error.message : '页面出了问题。请刷新后再试；一直这样，请告诉系统管理员。'

/** A refusal where it happened, with what can be done about it. */
export const RefusalNote = ({ error, action, children }: { error: Error; action?: ReactNode; children?: ReactNode }) => (
  <Alert className="note" type="error" showIcon role="alert" title={messageOf(error)} description={children} action={action} />
)

/** A page or part that could not be loaded, with a way to try again. */
export const LoadFailure = ({ error, retry }: { error: Error; retry: () => unknown }) => (
  <RefusalNote
    error={error}
    action={
      <Button size="small" onClick={() => void retry()}>
        再试一次
      </Button>
    }
  />
)
