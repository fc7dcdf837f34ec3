import { v7 } from 'uuid'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import { effects } from '#lines/effects.ts'
import { sealAudit } from '#platform/audit.ts'
import type { Config } from '#platform/config.ts'
import { workJobs } from '#platform/jobs.ts'
import type { Platform } from '#platform/platform.ts'
import { route, type AnyRoute } from '#platform/route.ts'
import { buildServer } from '#platform/server.ts'
import { recountProvisional } from '#platform/recount.ts'
import { sweep } from '#platform/sweep.ts'
import { accountRoutes } from './account.ts'
import { auditRoutes } from './audit.ts'
import { serveDesk } from './desk.ts'
import { directoryRoutes } from './directory.ts'
import { documentPage, documentRoutes } from './documents.ts'
import { matterRoutes } from './matters.ts'
import { measureRoute } from './measures.ts'
import { permissions } from './permissions.ts'
import { portalPages, portalProblem } from './portal/pages.tsx'
import { ownAccountRoutes } from './own-account.ts'
import { passkeyRoutes } from './passkeys.ts'
import { preferenceRoutes } from './preferences.ts'
import { queueRoute } from './queue.ts'
import { userRoutes } from './users.ts'

const healthRoute = route({
  method: 'GET',
  path: '/api/health',
  id: 'health.read',
  summary: 'Whether the service answers',
  returns: z.object({ ok: z.literal(true) }),
  handler: async () => ({ ok: true as const }),
})

/** Every JSON route. */
export const routes: readonly AnyRoute[] = [
  healthRoute,
  ...accountRoutes,
  ...ownAccountRoutes,
  ...passkeyRoutes,
  ...preferenceRoutes,
  ...userRoutes,
  queueRoute,
  ...matterRoutes,
  ...documentRoutes,
  measureRoute,
  ...directoryRoutes,
  ...auditRoutes,
]

/** The whole server over a platform, not yet listening. */
export async function buildApp(
  on: Platform,
  config: Pick<Config, 'origin' | 'provinces' | 'oidc' | 'mode'>,
  now: () => Date,
): Promise<FastifyInstance> {
  const app = await buildServer({
    on,
    routes,
    pages: [...portalPages(config), documentPage],
    permissions,
    now,
    problem: portalProblem,
    origin: config.origin,
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
  await serveDesk(app)
  await app.ready()
  return app
}

const sweepEveryMs = 15_000
const sealEveryMs = 60_000

/** Starts what runs beside the requests: the jobs, the sweeper of passed limits and the audit's sealer. Returns how to stop it. */
export async function startWork(on: Platform, now: () => Date): Promise<() => void> {
  await workJobs(on, effects, now)
  await recountProvisional(on, now())
  const holder = v7()
  const guarded = (work: () => Promise<unknown>) => () =>
    void work().catch((error: unknown) => on.log.error({ err: error }, 'background work'))
  const timers = [
    setInterval(
      guarded(() => sweep(on, holder, now())),
      sweepEveryMs,
    ),
    setInterval(
      guarded(() => sealAudit(on, now())),
      sealEveryMs,
    ),
  ]
  return () => timers.forEach(clearInterval)
}
