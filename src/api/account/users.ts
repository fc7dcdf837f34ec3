import { z } from 'zod'
import { duties, dutiesOf } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { needProof } from '#platform/doors/sessions.ts'
import { pick } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { addStaff, disableAccount } from '#records/accounts/accounts.ts'
import { checkGrants } from '#records/accounts/grants.ts'
import { makeEnrolmentCode } from '#records/accounts/enrolment.ts'
import { regionNames } from '#records/register/regions.ts'
import { approveReset, askReset, refuseReset } from '#records/accounts/reset.ts'
import { changeRights, enableAccount, endSessions, listStaffPage, staffOf, type Staff } from '#records/accounts/staff.ts'

const Duty = z.enum(duties)
/** A duty and where it holds: at an office, or over a region; in some services, or, null, in all. */
const Grant = z.strictObject({
  duty: Duty,
  region: z.string().regex(/^\d{2,12}$/),
  office: z.uuid().nullable(),
  lines: z.array(z.string().max(40)).min(1).max(40).nullable(),
})
const Grants = z.array(Grant).max(40)
const region = z.string().regex(/^\d{2}(\d{2}){0,2}$/)
const name = z.string().trim().min(2).max(40)
const reason = z.string().trim().min(2).max(200)
const moment = z.string().nullable()
const User = z
  .object({
    id: z.string(),
    kind: z.enum(['staff', 'provider']),
    login: z.string(),
    name: z.string(),
    region: z.string(),
    regionName: z.string(),
    duties: z.array(Duty),
    grants: z.array(Grant.extend({ regionName: z.string(), officeName: z.string().nullable() })),
    practitioner: z.string().nullable(),
    createdAt: z.string(),
    disabledAt: moment,
    disabledBecause: z.string().nullable(),
    isEnrolled: z.boolean(),
    passkeys: z.int(),
    sessions: z.int(),
    seenAt: moment,
    reset: z.object({ reason: z.string(), askedAt: z.string(), askedBy: z.string(), isMine: z.boolean() }).nullable(),
    isMe: z.boolean(),
  })
  .meta({ id: 'User' })
const Code = z.object({ user: User, code: z.string(), expiresAt: z.string() }).meta({ id: 'EnrolmentCode' })

async function viewUsers(tx: Tx, users: readonly Staff[]): Promise<z.input<typeof User>[]> {
  const names = await regionNames(
    tx,
    users.flatMap((user) => [user.region, ...user.grants.map((grant) => grant.region)]),
  )
  return users.map(({ reset, ...user }) => ({
    ...user,
    regionName: names.get(user.region) ?? '',
    duties: dutiesOf(user),
    grants: user.grants.map(({ lines, ...grant }) => ({ ...grant, lines: lines && [...lines], regionName: names.get(grant.region) ?? '' })),
    createdAt: user.createdAt.toISOString(),
    disabledAt: user.disabledAt?.toISOString() ?? null,
    seenAt: user.seenAt?.toISOString() ?? null,
    reset: reset && { ...reset, askedAt: new Date(reset.askedAt).toISOString(), isMine: reset.askedBy === tx.actor.id },
    isMe: user.id === tx.actor.id,
  }))
}

/** The services a grant may be narrowed to. */
const servicesOf = (tx: Tx): { key: string; title: string }[] =>
  [...tx.on.lines].flatMap(([key, editions]) => editions.slice(-1).map(({ title }) => ({ key, title: pick(title, 'zh') })))

async function viewUser(tx: Tx, id: string): Promise<z.input<typeof User>> {
  const [view] = await viewUsers(tx, [await staffOf(tx, id)])
  return view ?? refuse('not_found')
}

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
  { id: 'user.enable', path: 'enable', summary: 'Open an account again', needsReason: false, work: enableAccount },
  { id: 'user.endSessions', path: 'end-sessions', summary: 'End all sessions of a person', needsReason: false, work: endSessions },
  {
    id: 'user.askReset',
    path: 'reset',
    summary: 'Ask for a lost authenticator to be replaced',
    needsReason: true,
    work: (tx, id, its) => askReset(tx, id, its.reason),
  },
  { id: 'user.refuseReset', path: 'reset/refuse', summary: 'Refuse a reset, or take it back', needsReason: false, work: refuseReset },
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

const withCode = async (tx: Tx, id: string, { code, expiresAt }: { code: string; expiresAt: Date }) => ({
  user: await viewUser(tx, id),
  code,
  expiresAt: expiresAt.toISOString(),
})

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
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    returns: z.object({
      rows: z.array(User),
      next: z.string().nullable(),
      services: z.array(z.object({ key: z.string(), title: z.string() })),
    }),
    async handler(tx, { query }) {
      const users = await listStaffPage(tx, { ...query, limit: query.limit + 1 })
      const rows = users.slice(0, query.limit)
      return {
        rows: await viewUsers(tx, rows),
        next: users.length > query.limit ? (rows.at(-1)?.id ?? null) : null,
        services: servicesOf(tx),
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
    summary: 'Add a colleague or a provider',
    body: z.strictObject({
      id: z.uuid(),
      login: z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, 'account.login'),
      name,
      grants: Grants,
      practitioner: z.uuid().nullable(),
    }),
    returns: Code,
    async handler(tx, { body }) {
      await checkGrants(tx, body.grants)
      if (!body.practitioner && !body.grants.length)
        refuse('invalid', { issues: [{ path: 'grants', code: 'too_small', message: 'account.noDuty' }] })
      const { practitioner, ...person } = body
      const known = await tx.db.selectFrom('account').select('login').where('id', '=', body.id).executeTakeFirst()
      if (!known)
        await addStaff(tx, practitioner ? { ...person, kind: 'provider', practitioner, grants: [] } : { ...person, kind: 'staff' })
      else if (known.login !== body.login) refuse('key_reused')
      return withCode(tx, body.id, await makeEnrolmentCode(tx, body.id))
    },
  }),
  route({
    method: 'POST',
    path: '/api/users/:id/rights',
    id: 'user.rights',
    summary: 'Change what a colleague may do, and where',
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
    summary: 'A new enrolment code, for whoever has not used the last',
    params,
    body: withNothing,
    returns: Code,
    async handler(tx, { params: { id } }) {
      await anothers(tx, id)
      return withCode(tx, id, await makeEnrolmentCode(tx, id))
    },
  }),
  route({
    method: 'POST',
    path: '/api/users/:id/reset/approve',
    id: 'user.approveReset',
    summary: 'Approve that a lost authenticator be replaced',
    params,
    body: withNothing,
    returns: Code,
    async handler(tx, { params: { id } }) {
      await anothers(tx, id)
      return withCode(tx, id, await approveReset(tx, id))
    },
  }),
  ...deedRoutes,
]

/** Accounts of an administrator's region: what they may not touch, the row policies do not show them. */
export const userRoutes: readonly AnyRoute[] = declared.map(withProof)
