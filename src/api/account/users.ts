import { z } from 'zod'
import { duties } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { needProof } from '#platform/doors/sessions.ts'
import { pick } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { confirm, decline } from '#records/accounts/account-requests.ts'
import { disableAccount } from '#records/accounts/accounts.ts'
import {
  askCode,
  askReset,
  askToAdd,
  askToOpen,
  changeRights,
  confirmsFrom,
  endSessions,
  listStaffPage,
  staffOf,
  type Staff,
} from '#records/accounts/staff.ts'
import { Grants, Half, Handed, User, viewUser, viewUsers, withFirstHalf } from './users-view.ts'

const region = z.string().regex(/^\d{2}(\d{2}){0,2}$/)
const name = z.string().trim().min(2).max(40)
const reason = z.string().trim().min(2).max(200)

/** The services a grant may be narrowed to. */
const servicesOf = (tx: Tx): { key: string; title: string }[] =>
  [...tx.on.lines].flatMap(([key, editions]) => editions.slice(-1).map(({ title }) => ({ key, title: pick(title, 'zh') })))

/** Somebody else's account, there for this administrator. */
async function anothers(tx: Tx, id: string): Promise<Staff> {
  const found = await staffOf(tx, id)
  return id === tx.actor.id ? refuse('own_account') : found
}

type Work = (tx: Tx, id: string, body: { reason: string }) => Promise<unknown>

/** What is done to another's account with a reason or without, and answered by the account as it then stands. */
const deeds: readonly { id: string; path: string; summary: string; needsReason: boolean; work: Work }[] = [
  {
    id: 'user.disable',
    path: 'disable',
    summary: 'Shut an account',
    needsReason: true,
    work: (tx, id, its) => disableAccount(tx, id, its.reason),
  },
  { id: 'user.enable', path: 'enable', summary: 'Ask that a shut account open again', needsReason: false, work: askToOpen },
  { id: 'user.endSessions', path: 'end-sessions', summary: 'End all sessions of a person', needsReason: false, work: endSessions },
]

const params = z.object({ id: z.uuid() })
const withReason = z.strictObject({ reason })
const withNothing = z.strictObject({})

const deedRoutes = deeds.map(({ id, path, summary, needsReason, work }) =>
  route({
    method: 'POST',
    path: `/api/users/:id/${path}`,
    id,
    summary,
    params,
    body: needsReason ? withReason : withNothing,
    returns: User,
    async handler(tx, { params: its, body }) {
      await anothers(tx, its.id)
      await work(tx, its.id, { reason: 'reason' in body ? body.reason : '' })
      return viewUser(tx, its.id)
    },
  }),
)

/** What is confirmed or declined is the request that was seen. */
const withRequest = z.strictObject({ request: z.uuid() })

/** What changes an account needs a fresh proof of who is at the desk: an administrator's open desk opens every other (decision 0022). */
function withProof(its: AnyRoute): AnyRoute {
  if (its.method === 'GET' || !('handler' in its)) return its
  const { handler } = its
  return {
    ...its,
    handler: (tx, asked) => {
      needProof(asked.session, tx.now)
      return handler(tx, asked)
    },
  }
}

const declared: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/users',
    id: 'user.list',
    summary: 'Staff and providers of my region',
    query: z.object({
      region: region.optional(),
      duty: z.enum([...duties, 'provider']).optional(),
      name: z.string().trim().max(40).optional(),
      waiting: z.literal('yes').optional(),
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    returns: z.object({
      rows: z.array(User),
      next: z.string().nullable(),
      services: z.array(z.object({ key: z.string(), title: z.string() })),
      /** From when on a new administrator confirms what others ask for. */
      confirmsFrom: z.string().nullable(),
    }),
    async handler(tx, { query: { waiting, ...query } }) {
      const users = await listStaffPage(tx, { ...query, isWaiting: waiting === 'yes', limit: query.limit + 1 })
      const rows = users.slice(0, query.limit)
      return {
        rows: await viewUsers(tx, rows),
        next: users.length > query.limit ? (rows.at(-1)?.id ?? null) : null,
        services: servicesOf(tx),
        confirmsFrom: (await confirmsFrom(tx))?.toISOString() ?? null,
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/users/:id',
    id: 'user.read',
    summary: 'One account',
    params,
    returns: User,
    handler: (tx, { params: its }) => viewUser(tx, its.id),
  }),
  route({
    method: 'POST',
    path: '/api/users',
    id: 'user.add',
    summary: 'Ask that a colleague or a provider be added',
    body: z.strictObject({
      id: z.uuid(),
      login: z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, 'account.login'),
      name,
      grants: Grants,
      practitioner: z.uuid().nullable(),
    }),
    returns: Half,
    async handler(tx, { body }) {
      if (!body.practitioner && !body.grants.length)
        refuse('invalid', { issues: [{ path: 'grants', code: 'too_small', message: 'account.noDuty' }] })
      const { practitioner, ...person } = body
      return withFirstHalf(
        tx,
        await askToAdd(tx, practitioner ? { ...person, kind: 'provider', practitioner, grants: [] } : { ...person, kind: 'staff' }),
      )
    },
  }),
  route({
    method: 'POST',
    path: '/api/users/:id/rights',
    id: 'user.rights',
    summary: 'Ask for a change of what a colleague may do, and where; what is only less is so at once',
    params,
    body: z.strictObject({
      name,
      grants: Grants.min(1, 'account.noDuty'),
      seen: z.strictObject({ grants: Grants }),
    }),
    returns: User,
    async handler(tx, { params: { id }, body: { seen, ...rights } }) {
      await anothers(tx, id)
      await changeRights(tx, id, rights, seen)
      return viewUser(tx, id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/users/:id/code',
    id: 'user.code',
    summary: 'Ask for an enrolment code, for whoever has not used theirs',
    params,
    body: withNothing,
    returns: Half,
    async handler(tx, { params: { id } }) {
      await anothers(tx, id)
      return withFirstHalf(tx, await askCode(tx, id))
    },
  }),
  route({
    method: 'POST',
    path: '/api/users/:id/reset',
    id: 'user.askReset',
    summary: 'Ask for a lost authenticator to be replaced',
    params,
    body: withReason,
    returns: Half,
    async handler(tx, { params: { id }, body }) {
      await anothers(tx, id)
      return withFirstHalf(tx, await askReset(tx, id, body.reason))
    },
  }),
  route({
    method: 'POST',
    path: '/api/users/:id/confirm',
    id: 'user.confirm',
    summary: 'Confirm what another administrator asked for',
    params,
    body: withRequest,
    returns: Handed,
    async handler(tx, { params: { id }, body }) {
      await anothers(tx, id)
      const made = await confirm(tx, id, body.request)
      const user = await viewUser(tx, id)
      return { user, half: made && { user, half: made.half, which: 'second' as const, expiresAt: made.expiresAt.toISOString() } }
    },
  }),
  route({
    method: 'POST',
    path: '/api/users/:id/decline',
    id: 'user.decline',
    summary: 'Do not confirm it, or take back what I asked for',
    params,
    body: withRequest,
    returns: User,
    async handler(tx, { params: { id }, body }) {
      await anothers(tx, id)
      await decline(tx, id, body.request)
      return viewUser(tx, id)
    },
  }),
  ...deedRoutes,
]

/** Accounts of an administrator's region: what they may not touch, the row policies do not show them. */
export const userRoutes: readonly AnyRoute[] = declared.map(withProof)
