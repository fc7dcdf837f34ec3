import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { Config } from '#platform/config.ts'
import type { Platform } from '#platform/platform.ts'
import type { Scanner } from '#platform/files/scanner.ts'
import { route, type AnyRoute, type AnyStream } from '#platform/http/route.ts'
import { buildServer } from '#platform/http/server.ts'
import { accountRoutes } from './account/account.ts'
import { auditRoutes } from './account/audit.ts'
import { bulkRoute } from './matter/bulk.ts'
import { calendarRoutes } from './calendar/calendar.ts'
import { databaseTime } from '#platform/database/clock-difference.ts'
import { serveDesk } from './queue/desk.ts'
import { directoryOfficeRoutes } from './directory/directory-offices.ts'
import { peopleRoutes } from './directory/directory-people.ts'
import { directoryRoutes } from './directory/directory.ts'
import { documentPage, documentRoutes } from './matter/documents.ts'
import { feedPage } from './calendar/feed.ts'
import { styleSource } from '#portal/frame/assets.ts'
import { liveStream } from './live.ts'
import { presentRoute } from './matter/live.ts'
import { matterRoutes } from './matter/matters.ts'
import { figureRoute } from './queue/figures.ts'
import { measureRoute } from './queue/measures.ts'
import { factRoutes } from './matter/told/facts.ts'
import { provingRoutes } from './matter/told/proving.ts'
import { noteRoutes } from './matter/notes.ts'
import { sharingRoutes } from './matter/closed/sharing.ts'
import { urgentRoutes } from './matter/closed/urgent.ts'
import { confiningRoutes } from './matter/closed/confining.ts'
import { linkRoutes } from './matter/links.ts'
import { noticeRoutes } from './queue/notices.ts'
import { holders, permissions } from './permissions.ts'
import { portalPages } from './portal/pages.tsx'
import { portalProblem } from './portal/refused.tsx'
import { queueChoicesRoute } from './queue/queue-choices.ts'
import { floodRoute } from './queue/floods.ts'
import { filterRoutes } from './queue/saved-filters.ts'
import { settingRoutes } from './setting/settings.ts'
import { searchRoute } from './queue/search.ts'
import { ownAccountRoutes } from './account/own-account.ts'
import { passkeyRoutes } from './account/passkeys.ts'
import { preferenceRoutes } from './account/preferences.ts'
import { queueRoute } from './queue/queue.ts'
import { userRoutes } from './account/users.ts'

const healthRoute = route({
  method: 'GET',
  path: '/api/health',
  id: 'health.read',
  summary:
    'Whether the service and its database answer, how far their clocks are apart, whether files are looked into for harm, and when a login of the service was last found changed',
  returns: z.object({
    ok: z.literal(true),
    clockAheadSeconds: z.number(),
    scanner: z.enum(['none', 'answers', 'away']),
    loginChangedAt: z.iso.datetime().nullable(),
  }),
  handler: async (tx) => ({
    ok: true as const,
    clockAheadSeconds: Math.round((tx.on.wallClock() - (await databaseTime(tx.db)).getTime()) / 1000),
    scanner: await scannerState(tx.on.scanner),
    loginChangedAt: tx.on.database.logins.changedAt?.toISOString() ?? null,
  }),
})

const scannerState = async ({ isSet, answers }: Scanner): Promise<'none' | 'answers' | 'away'> =>
  isSet ? ((await answers()) ? 'answers' : 'away') : 'none'

/** Every JSON route. */
export const routes: readonly AnyRoute[] = [
  healthRoute,
  ...accountRoutes,
  ...ownAccountRoutes,
  ...passkeyRoutes,
  ...preferenceRoutes,
  ...userRoutes,
  queueRoute,
  queueChoicesRoute,
  floodRoute,
  ...filterRoutes,
  bulkRoute,
  searchRoute,
  ...noticeRoutes,
  ...matterRoutes,
  ...documentRoutes,
  ...factRoutes,
  ...provingRoutes,
  ...noteRoutes,
  ...sharingRoutes,
  ...confiningRoutes,
  ...linkRoutes,
  ...urgentRoutes,
  presentRoute,
  measureRoute,
  figureRoute,
  ...calendarRoutes,
  ...directoryRoutes,
  ...settingRoutes,
  ...peopleRoutes,
  ...directoryOfficeRoutes,
  ...auditRoutes,
]

/** Every stream of events. */
export const streams: readonly AnyStream[] = [liveStream]

/** The whole server over a platform, not yet listening. */
export async function buildApp(
  on: Platform,
  config: Pick<Config, 'origin' | 'provinces' | 'controller' | 'oidc' | 'mode'> & Partial<Pick<Config, 'proxies'>>,
  now: () => Date,
): Promise<FastifyInstance> {
  const app = await buildServer({
    on,
    routes,
    pages: [...portalPages(config), documentPage, feedPage],
    streams,
    permissions,
    now,
    problem: portalProblem,
    styleSource,
    origin: config.origin,
    proxies: config.proxies ?? [],
  })
  app.get('/api/openapi.json', { schema: { hide: true }, config: { doors: holders } }, () => app.swagger())
  await serveDesk(app)
  await app.ready()
  return app
}
