import type { Config } from '#platform/config.ts'
import type { Page } from '#platform/route.ts'
import type { Serving, Typed } from '#platform/server.ts'
import { ProblemPage, type ProblemProps } from '#portal/problem.tsx'
import { renderPage } from '#portal/render.ts'
import { doorPages } from './doors.tsx'
import { homePages } from './home.tsx'
import { journeyPages } from './journey.tsx'
import { identityPages } from './oidc.tsx'
import { proxyPages } from './proxy.tsx'
import { questionPages } from './question.tsx'
import { readingPages } from './readings.tsx'
import { startPages } from './start.tsx'
import { trackPages } from './track-acts.tsx'
import { keyed } from './visiting.ts'

/** Every page of the portal. */
export const portalPages = (config: Pick<Config, 'provinces' | 'oidc' | 'origin'>): Page[] => [
  ...homePages(config),
  ...startPages(config),
  ...journeyPages(config),
  ...questionPages,
  ...trackPages,
  ...readingPages,
  ...proxyPages,
  ...doorPages(config),
  ...identityPages(config),
]

/** The page of a refusal or a fault, saying what to do next. */
export const portalProblem: Serving['problem'] = (no, { requestId, again, ...looks }) =>
  renderPage(
    <ProblemPage page={{ ...looks, here: '/' }} {...(no && { no })} requestId={requestId} {...(again && { again: formAgain(again) })} />,
  )

/** The form to send again: words in sight, choices carried. The key and the version are not: sent again it is sent anew, by somebody who was told what changed. */
function formAgain({ action, fields }: Typed): NonNullable<ProblemProps['again']> {
  const label = { zh: '您写的', en: 'What you wrote' }
  const carried = fields.filter(({ name, value }) => /^[A-Za-z][\w-]*$/.test(value) && !['key', 'version'].includes(name))
  const typed = fields.filter(({ name, value }) => !/^[A-Za-z][\w-]*$/.test(value) && !['key', 'version', 'matter'].includes(name))
  return { action, hidden: keyed(), carried, typed: typed.map((field) => ({ ...field, label })) }
}
