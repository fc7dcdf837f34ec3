import type { No } from '#kernel/refusal.ts'
import type { Session } from '#platform/doors/sessions.ts'
import type { Looks } from '#platform/doors/visits.ts'
import type { Platform } from '#platform/platform.ts'
import type { AnyRoute, AnyStream, Door, Page } from './route.ts'

/** A form as it was typed, and where it was sent. */
export type Typed = { action: string; fields: readonly { name: string; value: string }[] }

/** Where a refusal is read: by whom, at which address, and what they had typed. */
export type Refused = Looks & { session: Session | null; url: string; now: Date; requestId: string; again?: Typed | undefined }

/** What a server is made of. `permissions` must name every route and page, or the server does not start. */
export type Serving = {
  on: Platform
  routes: readonly AnyRoute[]
  pages: readonly Page[]
  streams: readonly AnyStream[]
  permissions: Readonly<Record<string, readonly Door[]>>
  now: () => Date
  /** The page shown for a refusal or a fault. */
  problem(no: No | null, its: Refused): string
  /** What the content policy calls the one style that pages carry within them: `'sha256-…'`. */
  styleSource: string
  /** Where people reach the service, where that is not as their requests say. */
  origin?: string | undefined
  /** The proxies whose word is taken for where a request comes from: addresses and networks. */
  proxies: readonly string[]
}
