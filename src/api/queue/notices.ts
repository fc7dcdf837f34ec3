import { z } from 'zod'
import { route, type AnyRoute } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { hasDuty } from '#kernel/actor.ts'
import { say } from '#platform/messages/messages.ts'
import { urgencies, urgentAccesses } from '#records/privacy/urgent-access.ts'
import { regionNames } from '#records/register/regions.ts'
import { noticeKinds, sayNotice, toldOf, type Told } from './notice-rows.ts'

const Notice = z
  .object({
    id: z.string(),
    kind: z.enum([...noticeKinds, 'urgent']),
    /** What is to be done, and about what. */
    text: z.string(),
    title: z.string(),
    /** The service, the number and the place. */
    aside: z.string(),
    at: z.string(),
    dueAt: z.string().nullable(),
    isRead: z.boolean(),
    /** Where it leads; null where it is about an asking for urgent access. */
    matter: z.object({ region: z.string(), id: z.string() }).nullable(),
  })
  .meta({ id: 'DeskNotice' })
type Notice = z.input<typeof Notice>

const most = 100

/** Everything this reader is told, newest first, and what of it they have read. */
async function listNotices(tx: Tx): Promise<{ notices: Notice[]; unread: number }> {
  const [told, asked] = [await toldOf(tx), await urgentAsked(tx)]
  const [read, places] = [
    await readAmong(tx, [...told, ...asked]),
    await regionNames(
      tx,
      told.map(({ matter }) => matter.region),
    ),
  ]
  const notices = [...asked.map((one) => ({ ...one, isRead: read.has(one.id) })), ...told.map((one) => viewNotice(one, read, places))]
  return { notices, unread: notices.filter(({ isRead }) => !isRead).length }
}

const viewNotice = (told: Told, read: ReadonlySet<string>, places: ReadonlyMap<string, string>): Notice => {
  const { region, id, title, lineTitle, number, code, due } = told.matter
  return {
    id: told.id,
    kind: told.kind,
    text: sayNotice(told),
    title,
    aside: [lineTitle, number ?? code, places.get(region)].filter(Boolean).join(' · '),
    at: told.at,
    dueAt: due?.dueAt ?? null,
    isRead: read.has(told.id),
    matter: { region, id },
  }
}

/** Urgent access that waits for this reader's word. */
async function urgentAsked(tx: Tx): Promise<Omit<Notice, 'isRead'>[]> {
  if (!hasDuty(tx.actor, 'director', 'supervisor', 'manager')) return []
  const waiting = (await urgentAccesses(tx)).filter(({ isApproved, mayDecide }) => isApproved === null && mayDecide)
  return waiting.map(({ id, because, askedAt }) => ({
    id,
    kind: 'urgent' as const,
    text: say('zh', 'notice.urgent'),
    title: urgencies[because].zh,
    aside: '',
    at: askedAt.toISOString(),
    dueAt: null,
    matter: null,
  }))
}

async function readAmong(tx: Tx, told: readonly { id: string }[]): Promise<ReadonlySet<string>> {
  if (told.length === 0) return new Set()
  const ids = told.map(({ id }) => id)
  const marks = await tx.db
    .selectFrom('notice_mark')
    .select('notice')
    .where('account', '=', tx.actor.id)
    .where('notice', 'in', ids)
    .execute()
  return new Set(marks.map(({ notice }) => notice))
}

const Ids = z.strictObject({ ids: z.array(z.string().min(1).max(120)).min(1).max(most) })
const Notices = z.object({ notices: z.array(Notice), unread: z.int() })

/** What the desk is told. Texts name no person; reading is each reader's own. */
export const noticeRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/notices',
    id: 'notice.list',
    summary: 'Messages to this desk, and limits that passed',
    returns: Notices,
    handler: listNotices,
  }),
  route({
    method: 'POST',
    path: '/api/notices/read',
    id: 'notice.read',
    summary: 'Mark notices as read',
    body: Ids,
    returns: Notices,
    async handler(tx, { body }) {
      const marks = [...new Set(body.ids)].map((notice) => ({ account: tx.actor.id, notice, at: tx.now }))
      await tx.db
        .insertInto('notice_mark')
        .values(marks)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return listNotices(tx)
    },
  }),
  route({
    method: 'POST',
    path: '/api/notices/unread',
    id: 'notice.unread',
    summary: 'Mark notices as not yet read',
    body: Ids,
    returns: Notices,
    async handler(tx, { body }) {
      await tx.db.deleteFrom('notice_mark').where('account', '=', tx.actor.id).where('notice', 'in', body.ids).execute()
      return listNotices(tx)
    },
  }),
]
