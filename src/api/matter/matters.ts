import { z } from 'zod'
import { citeText } from '#kernel/cite.ts'
import type { Action, Form, Line } from '#kernel/line.ts'
import type { Event, Matter, MatterId } from '#kernel/matter.ts'
import { issuesOf, no, Refusal, refuse } from '#kernel/refusal.ts'
import { Notice } from '#lines/criminal-notice/criminal-notice.line.ts'
import { lines } from '#lines/index.ts'
import { check, decide } from '#kernel/decide.ts'
import { act, open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { isoDigest } from '#platform/keys/digest.ts'
import { findReplay, matterOf } from '#engine/matter-rows.ts'
import { isMessageKey, pick, say, type MessageKey } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { reveal } from '#records/privacy/reveal.ts'
import type { Reason } from '#lines/legal-aid/assignment.ts'
import type { Favour } from '#lines/legal-aid/favours.ts'
import { candidatesFor } from '#records/register/candidates.ts'
import { assessMatter } from './assessment.ts'
import { askedBy } from '#api/form-schema.ts'
import { enterRoutes } from './entering.ts'
import { At, MatterView } from './matter-schema.ts'
import { viewMatter } from './matter-view.ts'
import { openObjection } from './objections.ts'
import { preparers } from './prepare.ts'
import { v5 } from 'uuid'
import { party } from '#kernel/seat.ts'
import { addParty, addPerson } from '#records/people/people.ts'

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
  const prepare = preparers[key] ?? refuse('not_found', { action: key })
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

/** Names the organ of a notice after the notice, so that the same notice sent again names the same one; any fixed UUID would do. */
const organs = 'c3a6a6f0-6d0e-4f0e-9a43-0d0a5a0b8f11'

const openRoutes: AnyRoute[] = [
  ...enterRoutes,
  route({
    method: 'POST',
    path: '/api/objection',
    id: 'objection.open',
    summary: 'Object to a refusal or termination',
    body: At.extend({ parent: z.uuid(), grounds: z.string().trim().min(1).max(2000).optional() }).strict(),
    returns: MatterView,
    async handler(tx, { body: { region, id, ...asked }, session }) {
      const body = { region, id }
      await openObjection(tx, body, { ...asked, channel: session?.channel })
      return viewMatter(tx, body)
    },
  }),
  route({
    method: 'POST',
    path: '/api/criminal-notice',
    id: 'criminal-notice.open',
    summary: 'Record a notice from court, procuratorate or police',
    body: At.extend({ notice: Notice.strict() }).strict(),
    returns: MatterView,
    async handler(tx, { body }) {
      const organ = await addPerson(tx, body.region, { kind: 'organisation', name: body.notice.organ }, v5(body.id, organs))
      const matter = await open(tx, 'criminal-notice', body, {
        code: newMatterCode(),
        seats: { organ: [party(organ)] },
        parent: null,
        data: body.notice,
      })
      await addParty(tx, matter, organ, 'organ')
      return viewMatter(tx, body)
    },
  }),
]

const readRoute = route({
  method: 'GET',
  path: '/api/matters/:region/:id',
  id: 'matter.read',
  summary: 'A matter as the caller may see it',
  params: At,
  returns: MatterView,
  handler: (tx, { params }) => viewMatter(tx, params),
})

const assessRoute = route({
  method: 'POST',
  path: '/api/matters/:region/:id/assess',
  id: 'matter.assess',
  summary: 'Compute the eligibility proposal',
  params: At,
  body: z.object(Seen).strict(),
  returns: MatterView,
  async handler(tx, { params, body }) {
    await assessMatter(tx, params, { expect: body.version, key: body.key })
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

const Reasons = z.array(z.object({ code: z.string(), text: z.string(), article: z.string().nullable() }))
const Candidate = z.object({
  practitioner: z.string(),
  account: z.string(),
  name: z.string(),
  officeName: z.string(),
  kindTitle: z.string(),
  openCases: z.int(),
  specialisms: z.array(z.string()),
  verdict: z.enum(['assignable', 'hold', 'block']),
  /** What speaks against sending them, each with its article. */
  reasons: Reasons,
  /** What speaks for it, the weightiest first. */
  favours: Reasons,
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
    return (await candidatesFor(tx, matter)).map(({ office: _, kind, reasons, favours, ...one }) => ({
      ...one,
      kindTitle: say('zh', `kind.${kind}` as MessageKey),
      specialisms: [...new Set(one.specialisms.map(specialismOf))],
      reasons: reasons.map(inWords),
      favours: favours.map(inWords),
    })) // the column's check lists the kinds
  },
})

const inWords = ({ code, text, article }: Favour | Reason) => ({ code, text: pick(text, 'zh'), article: article && citeText(article) })

/** What a provider is good at, in words; one the register calls by its own words keeps them. */
function specialismOf(key: string): string {
  const message = `specialism.${key}`
  return isMessageKey(message) ? say('zh', message) : key
}

export const matterRoutes: readonly AnyRoute[] = [
  readRoute,
  assessRoute,
  revealRoute,
  candidatesRoute,
  ...openRoutes,
  ...lines.flatMap(actionRoutes),
]
