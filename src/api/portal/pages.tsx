import type { Config } from '#platform/config.ts'
import type { Page } from '#platform/http/route.ts'
import { linkPages } from './by-link.tsx'
import { doorPages } from './doors.tsx'
import { homePages } from './home.tsx'
import { journeyPages } from './journey.tsx'
import { letterPages } from './letter.tsx'
import { identityPages } from './oidc.tsx'
import { proxyPages } from './proxy.tsx'
import { questionPages } from './question.tsx'
import { readingPages } from './readings.tsx'
import { sharePages } from './table/share.tsx'
import { startPages } from './start.tsx'
import { trackPages } from './track-acts.tsx'

/** Every page of the portal. */
export const portalPages = (config: Pick<Config, 'provinces' | 'controller' | 'oidc' | 'origin'>): Page[] => [
  ...homePages(config),
  ...startPages(config),
  ...journeyPages(config),
  ...questionPages,
  ...trackPages,
  ...letterPages,
  ...readingPages,
  ...proxyPages,
  ...sharePages,
  ...linkPages,
  ...doorPages(config),
  ...identityPages(config),
]
