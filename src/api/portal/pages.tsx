import type { No } from '#kernel/refusal.ts'
import type { Config } from '#platform/config.ts'
import type { Page } from '#platform/route.ts'
import { ProblemPage } from '#portal/problem.tsx'
import { renderPage } from '#portal/render.ts'
import { doorPages } from './doors.tsx'
import { homePages } from './home.tsx'
import { journeyPages } from './journey.tsx'
import { trackPages } from './track.tsx'

/** Every page of the portal. */
export const portalPages = (config: Pick<Config, 'provinces'>): Page[] => [...homePages(config), ...journeyPages, ...trackPages, ...doorPages]

/** The page of a refusal or a fault, saying what to do next. */
export function portalProblem(no: No | null, language: 'zh' | 'en', requestId: string): string {
  const page = { language, otherLanguageHref: `/set?language=${language === 'zh' ? 'en' : 'zh'}`, textSizeHref: '/set?text=large' }
  return renderPage(<ProblemPage page={page} {...(no && { no })} requestId={requestId} />)
}
