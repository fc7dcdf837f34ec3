import { z } from 'zod'
import type { Action, Form, Line } from '#kernel/line.ts'
import type { Event, Matter, MatterId } from '#kernel/matter.ts'
import { issuesOf, no, Refusal, refuse } from '#kernel/refusal.ts'
import { Candidate } from '#kernel/panel.ts'
import { lines, serviceOf, services } from '#lines/services.ts'
import type { Opening } from '#lines/service.ts'
import { check, decide } from '#kernel/decide.ts'
import { act } from '#engine/act.ts'
import { isoDigest } from '#platform/keys/digest.ts'
import { findReplay, matterOf } from '#engine/matter-rows.ts'
import { lineOf } from '#platform/platform.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { reveal } from '#records/privacy/reveal.ts'
import { askedBy } from '#api/form-schema.ts'
import { enterRoutes } from './entering.ts'
import { At, MatterView } from './matter-schema.ts'
import { viewMatter } from './matter-view.ts'
import { countOpening } from '#records/privacy/opening-cap.ts'

const Seen = { version: z.int().min(0), key: z.uuid() }

/** Takes an action as a person asks for it: prepared, guarded, written. The one path of the API, the portal and the desk. */
export async function takeAction(
  tx: Tx,
  at: MatterId,
  key: string,
  asked: { version?: number | undefined; key: string; input: Record<string, unknown> },
  channel = 'web',
): Promise<Matter> {
  // A repeat is known by what was asked: preparing it again would record other ids.
  const options = { expect: asked.version, key: asked.key, intent: isoDigest({ action: key, input: asked.input }) }
  const matter = (await matterOf(tx, at)) ?? refuse('not_found')
  const line = lineOf(tx.on, matter.line, matter.edition)
  const action = (Object.hasOwn(line.actions, key) ? line.actions[key] : undefined) ?? refuse('not_found', { action: key })
  if (!action.asks) return act(tx, at, key, asked.input, options)
  if (await findReplay(tx, at.region, asked.key)) return act(tx, at, key, {}, options)
  if (asked.version !== undefined && asked.version !== matter.version) throw new Refusal(no('stale', { version: matter.version }))
  const refusal = check(line, matter, key, { actor: tx.actor, now: tx.now, law: lawOf(tx, at.region) })
  if (refusal) throw new Refusal(refusal)
  return act(tx, at, key, await prepared(tx, matter, action, key, asked.input, channel), options)
}

/** What an action asked for now would record, judged and not written: the number it would draw is left out. Refuses like the action itself. */
export async function foresee(tx: Tx, matter: Matter, key: string, input: Record<string, unknown>): Promise<Event> {
  const line = lineOf(tx.on, matter.line, matter.edition)
  const action = (Object.hasOwn(line.actions, key) ? line.actions[key] : undefined) ?? refuse('not_found', { action: key })
  const recorded = action.asks ? await prepared(tx, matter, action, key, input, 'web') : input
  return decide(line, matter, key, recorded, { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) })
}

async function prepared(
  tx: Tx,
  matter: Matter,
  action: Action<string, Form>,
  key: string,
  input: Record<string, unknown>,
  channel: string,
) {
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
      params: At,
      body: z.object({ ...Seen, input: askedBy(action).strict() }).strict(),
      returns: MatterView,
      async handler(tx, { params, body, session }) {
        if ((await matterOf(tx, params))?.line !== line.key) refuse('not_found') // one line's route does not act in another's matter
        await takeAction(tx, params, key, body as { version: number; key: string; input: Record<string, unknown> }, session?.channel) // the schema above
        return viewMatter(tx, params)
      },
    }),
  )

/** The route by which a line is opened where no journey leads to it. */
const openRoute = (line: Line, { summary, asks, open }: Opening): AnyRoute =>
  route({
    method: 'POST',
    path: `/api/${line.key}`,
    id: `${line.key}.open`,
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

const candidatesRoute = route({
  method: 'GET',
  path: '/api/matters/:region/:id/candidates',
  id: 'matter.candidates',
  summary: 'Who may be assigned, with what speaks for and against each',
  params: At,
  returns: z.array(Candidate),
  async handler(tx, { params }) {
    const matter = (await matterOf(tx, params)) ?? refuse('not_found')
    const panel = serviceOf(matter.line)?.panels.find((one) => one.shape === 'candidates') ?? refuse('not_found')
    return panel.view(tx, matter, 'zh')
  },
})

export const matterRoutes: readonly AnyRoute[] = [
  readRoute,
  revealRoute,
  candidatesRoute,
  ...enterRoutes,
  ...openRoutes,
  ...lines.flatMap(actionRoutes),
]
