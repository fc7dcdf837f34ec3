import type { MatterId } from '#kernel/matter.ts'
import type { Look } from '#engine/listening.ts'
import type { Session } from '#platform/doors/sessions.ts'
import type { Platform } from '#platform/platform.ts'

/** Something to be said of a topic; `mark` is what a browser that lost the connection comes back with. */
export type News = { event: 'changed' | 'people'; mark?: string }

/** A topic a page listens to: the matters it watches, and what it says after a look; null once it is over for its reader. */
export type Listening = {
  matters: readonly MatterId[]
  hear(look: Look): Promise<readonly News[] | null>
  leave?(): Promise<void>
}

/** Begins to listen for somebody, `last` being the mark they heard last; undefined where there is nothing they may hear. `rest` is the topic's name behind its first part. */
export type Opening = (
  on: Platform,
  asked: { session: Session; rest: readonly string[]; last: string | null; now: () => Date },
) => Promise<Listening | undefined>
