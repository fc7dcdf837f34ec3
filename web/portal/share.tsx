import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import { Form } from './pieces/form.tsx'
import type { Hidden } from './pieces/form.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

export type ShareProps = {
  page: Page
  /** What is shown or taken back. */
  title: Text
  isShared: boolean
  /** The seats of those who would read it. */
  others: readonly Text[]
  action: string
  hidden: Hidden
  backHref: string
}

/** One thing of the reader's, shown to the other side or taken back: who would read it, and that what was read stays read, is said before the press. */
export function SharePage({ page, title, isShared, others, action, hidden, backHref }: ShareProps) {
  const { language } = page
  const words = say(language, isShared ? 'share.hide' : 'share.show')
  return (
    <Shell page={page} title={words} backHref={backHref}>
      <h1>{words}</h1>
      <p className="lead">{pick(title, language)}</p>
      <p>
        {isShared
          ? say(language, 'share.hides')
          : say(language, 'share.shows', { who: others.map((one) => pick(one, language)).join(say(language, 'check.comma')) })}
      </p>
      <p>{say(language, isShared ? 'share.readStays' : 'share.mayTakeBack')}</p>
      {!isShared && <p className="soft">{say(language, 'share.never')}</p>}
      <Form action={action} hidden={hidden} submit={words} />
    </Shell>
  )
}
