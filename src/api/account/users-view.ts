import { z } from 'zod'
import { duties, dutiesOf } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { refusalText } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { firstHalfOf, requestKinds, type Waiting } from '#records/accounts/account-requests.ts'
import { staffOf, type Staff, type StaffRequest } from '#records/accounts/staff.ts'
import { regionNames } from '#records/register/regions.ts'

const Duty = z.enum(duties)
/** A duty and where it holds: at an office, or over a region; in some services, or, null, in all. */
const Grant = z.strictObject({
  duty: Duty,
  region: z.string().regex(/^\d{2,12}$/),
  office: z.uuid().nullable(),
  lines: z.array(z.string().max(40)).min(1).max(40).nullable(),
})
/** All that somebody is granted. */
export const Grants = z.array(Grant).max(40)
const moment = z.string().nullable()
const NamedGrant = Grant.extend({ regionName: z.string(), officeName: z.string().nullable() })
/** What waits for a second administrator, who asked, and why whoever reads this is not the one to confirm it. */
const Request = z
  .object({
    id: z.string(),
    kind: z.enum(requestKinds),
    reason: z.string().nullable(),
    name: z.string().nullable(),
    grants: z.array(NamedGrant),
    askedBy: z.string(),
    askedAt: z.string(),
    isMine: z.boolean(),
    why: z.string().nullable(),
  })
  .meta({ id: 'AccountRequest' })
/** An account as administrators see it. */
export const User = z
  .object({
    id: z.string(),
    kind: z.enum(['staff', 'provider']),
    login: z.string(),
    name: z.string(),
    region: z.string(),
    regionName: z.string(),
    duties: z.array(Duty),
    grants: z.array(NamedGrant),
    practitioner: z.string().nullable(),
    createdAt: z.string(),
    disabledAt: moment,
    disabledBecause: z.string().nullable(),
    isEnrolled: z.boolean(),
    passkeys: z.int(),
    sessions: z.int(),
    seenAt: moment,
    isConfirmed: z.boolean(),
    waiting: Request.nullable(),
    isMe: z.boolean(),
  })
  .meta({ id: 'User' })
/** A half of an enrolment code: the first for whoever asked, the second for whoever confirmed, and neither opens anything alone. */
export const Half = z
  .object({ user: User, half: z.string(), which: z.enum(['first', 'second']), expiresAt: moment })
  .meta({ id: 'EnrolmentHalf' })
/** The account as it then stands, and the half of a code where there is one to hand over. */
export const Handed = z.object({ user: User, half: Half.nullable() })

/** Accounts on the wire, with what waits for each. Runs as an administrator. */
export async function viewUsers(tx: Tx, users: readonly Staff[]): Promise<z.input<typeof User>[]> {
  const names = await regionNames(
    tx,
    users.flatMap((user) => [user.region, ...[...user.grants, ...(user.waiting?.grants ?? [])].map((grant) => grant.region)]),
  )
  const named = (grants: Staff['grants']) =>
    grants.map(({ lines, ...grant }) => ({ ...grant, lines: lines && [...lines], regionName: names.get(grant.region) ?? '' }))
  return users.map(({ waiting, ...user }) => ({
    ...user,
    regionName: names.get(user.region) ?? '',
    duties: dutiesOf(user),
    grants: named(user.grants),
    createdAt: user.createdAt.toISOString(),
    disabledAt: user.disabledAt?.toISOString() ?? null,
    seenAt: user.seenAt?.toISOString() ?? null,
    waiting: waiting && viewRequest(tx, waiting, named(waiting.grants)),
    isMe: user.id === tx.actor.id,
  }))
}

const viewRequest = (tx: Tx, its: StaffRequest, grants: z.input<typeof NamedGrant>[]): z.input<typeof Request> => ({
  ...its,
  grants,
  askedBy: its.askedByName,
  askedAt: new Date(its.askedAt).toISOString(),
  isMine: its.askedBy === tx.actor.id,
  why: its.flaw && refusalText({ code: its.flaw }, 'zh', 'desk'),
})

/** One of them. */
export async function viewUser(tx: Tx, id: string): Promise<z.input<typeof User>> {
  const [view] = await viewUsers(tx, [await staffOf(tx, id)])
  return view ?? refuse('not_found')
}

/** What whoever asked for a code is handed. */
export const withFirstHalf = async (tx: Tx, waiting: Waiting): Promise<z.input<typeof Half>> => ({
  user: await viewUser(tx, waiting.account),
  half: firstHalfOf(tx, waiting),
  which: 'first',
  expiresAt: null,
})
