import { z } from 'zod'
import { actionOf, type Action, type Form, type Line } from '#kernel/line.ts'
import type { Event, Matter, MatterId } from '#kernel/matter.ts'
import { issuesOf, no, Refusal, refuse } from '#kernel/refusal.ts'
import { lines, openingRouteOf, serviceOf, services } from '#lines/services.ts'
import type { Opening } from '#lines/service.ts'
import { decide } from '#kernel/decide.ts'
import { act } from '#engine/act.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { lineOf } from '#platform/platform.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { reveal } from '#records/privacy/reveal.ts'
import { askedBy } from '#api/form-schema.ts'
import { enterRoutes } from './entering.ts'
import { At, MatterView } from './matter-schema.ts'
import { viewMatter } from './matter-view.ts'
import { openingPath, openingsRoute } from './openings.ts'
import { panelRoute } from './panels.ts'
import { countOpening } from '#records/privacy/opening-cap.ts'

const Seen = { version: z.int().min(0), key: z.uuid() }

/** What somebody asks of an action: `version` as they saw the matter, `key` made by them, `line` where it is one line's matters alone. */
type Asked = { line?: string; version?: number | undefined; key: string; input: Record<string, unknown> }

/** Takes an action as a person asks for it: guarded, prepared, written. The one path of the API, the portal and the desk. */
export const takeAction = (tx: Tx, at: MatterId, key: string, { input, version, ...asked }: Asked, channel = 'web'): Promise<Matter> =>
  act(tx, at, key, input, {
    ...asked,
    expect: version,
    prepare: (matter, action) => recordedFor(tx, matter, { action, key, input, channel }),
  })

/** What an action asked for now would record, judged and not written: the number it would draw is left out. Refuses like the action itself. */
export async function foresee(tx: Tx, matter: Matter, key: string, input: Record<string, unknown>): Promise<Event> {
  const line = lineOf(tx.on, matter.line, matter.edition)
  const action = actionOf(line, key) ?? refuse('not_found', { action: key })
  const recorded = await recordedFor(tx, matter, { action, key, input, channel: 'web' })
  return decide(line, matter, key, recorded, { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) })
}

type Filled = { action: Action<string, Form>; key: string; input: Record<string, unknown>; channel: string }

/** What is recorded of what was filled in; where the two differ, as the matter's service prepares it. */
async function recordedFor(tx: Tx, matter: Matter, { action, key, input, channel }: Filled): Promise<Record<string, unknown>> {
  if (!action.asks) return input
  const parsed = askedBy(action).strict().safeParse(input)
  if (!parsed.success) throw new Refusal(no('invalid', { issues: issuesOf(parsed.error.issues) }))
  const prepare = serviceOf(matter.line)?.prepare[key] ?? refuse('not_found', { action: key })
  return prepare(tx, matter, parsed.data, channel)
}

/** One typed route per declared action: `POST /api/legal-aid/630102/…/grant`. Declaring an action is all it takes. */
const actionRoutes = (line: Line): AnyRoute[] =>
  Object.entries(line.actions).map(([key, action]) =>
    route({
      method: 'POST',
      path: `/api/${line.key}/:region/:id/${key}`,
      id: `${line.key}.${key}`,
      summary: action.title.en,
      ...(action.files && { counts: 'floods.filings' as const }),
      params: At,
      body: z.object({ ...Seen, input: askedBy(action).strict() }).strict(),
      returns: MatterView,
      async handler(tx, { params, body, session }) {
        await takeAction(tx, params, key, { ...body, line: line.key }, session?.channel)
        return viewMatter(tx, params)
      },
    }),
  )

/** The route by which a line is opened where no journey leads to it; where one does, it stands beside that and is for those who take in what somebody asks. */
const openRoute = (line: Line, { summary, asks, open }: Opening): AnyRoute =>
  route({
    method: 'POST',
    path: openingPath(line.key),
    id: openingRouteOf(line.key),
    summary,
    body: At.extend(asks.shape).strict(),
    returns: MatterView,
    async handler(tx, { body, session }) {
      const { region, id, ...asked } = body as MatterId & Record<string, unknown> // the schema above
      await open(tx, { region, id }, asked, session?.channel)
      return viewMatter(tx, { region, id })
    },
  })

const openRoutes: readonly AnyRoute[] = services.flatMap(({ line, opening }) => (opening ? [openRoute(line, opening)] : []))

const readRoute = route({
  method: 'GET',
  path: '/api/matters/:region/:id',
  id: 'matter.read',
  summary: 'A matter as the caller may see it',
  params: At,
  returns: MatterView,
  async handler(tx, { params }) {
    if (await matterOf(tx, params)) await countOpening(tx, params)
    return viewMatter(tx, params)
  },
})

const revealRoute = route({
  method: 'POST',
  path: '/api/matters/:region/:id/reveal',
  id: 'matter.reveal',
  summary: 'Read one masked value, with a reason that is logged',
  params: At,
  body: z
    .object({ person: z.uuid(), field: z.enum(['name', 'idNumber', 'phone', 'address']), reason: z.string().trim().min(5).max(200) })
    .strict(),
  returns: z.object({ value: z.string() }),
  handler: async (tx, { params, body }) => ({ value: await reveal(tx, params, body) }),
})

export const matterRoutes: readonly AnyRoute[] = [
  readRoute,
  revealRoute,
  panelRoute,
  openingsRoute,
  ...enterRoutes,
  ...openRoutes,
  ...lines.flatMap(actionRoutes),
]
