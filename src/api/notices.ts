import { z } from 'zod'
import { letters, type LetterKey } from '#lines/letters.ts'
import { fill, say } from '#platform/messages.ts'
import { route, type AnyRoute } from '#platform/route.ts'
import type { Tx } from '#platform/tx.ts'
import { listQueue } from './queue.ts'

const Notice = z
  .object({
    id: z.string(),
    text: z.string(),
    aside: z.string(),
    at: z.string(),
    isRead: z.boolean(),
    matter: z.object({ region: z.string(), id: z.string() }),
  })
  .meta({ id: 'DeskNotice' })
type Notice = z.input<typeof Notice>

/** Messages older than this are found with their matter; the desk is told what is new. */
const recentDays = 30
const most = 100

/** Whose letters this reader opens: their own, their office's, or those to the bureau of each county they supervise. */
async function addressesOf(tx: Tx): Promise<string[]> {
  const { id, kind, duties, region } = tx.actor
  if (kind === 'provider') return [id]
  const isOffice = duties.some((duty) => duty === 'intake' || duty === 'reviewer' || duty === 'director')
  return [...(isOffice ? [`agency@${region}`] : []), ...(duties.includes('supervisor') ? await bureausIn(tx, region) : [])]
}

async function bureausIn(tx: Tx, region: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('region')
    .select('code')
    .where('level', '=', 3)
    .where((e) => e(e.fn('starts_with', ['code', e.val(region)]), '=', true))
    .execute()
  return rows.map(({ code }) => `supervisor@${code}`)
}

type Told = Omit<Notice, 'isRead'>

async function messagesTo(tx: Tx, addresses: readonly string[]): Promise<Told[]> {
  if (addresses.length === 0) return []
  const rows = await tx.db
    .selectFrom('message as s')
    .innerJoin('matter as m', (join) => join.onRef('m.region', '=', 's.region').onRef('m.id', '=', 's.matter'))
    .select(['s.id', 's.template', 's.params', 's.created_at', 'm.region', 'm.id as matter', 'm.number', 'm.code'])
    .where('s.account', 'in', addresses)
    .where('s.created_at', '>', new Date(tx.now.getTime() - recentDays * 86_400_000))
    .orderBy('s.created_at', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    text: fill('zh', letters[row.template as LetterKey].text.zh, row.params as Record<string, string>).replace('【法惠】', ''),
    aside: row.number ?? row.code,
    at: row.created_at.toISOString(),
    matter: { region: row.region, id: row.matter },
  })) // templates are letter keys, and `deliver` writes their params
}

/** Limits that passed on matters whose move it is on this side; one that starts anew and passes again is told again. */
async function lateLimits(tx: Tx): Promise<Told[]> {
  const { rows } = await listQueue(tx, { purpose: 'today', due: 'late', limit: most })
  return rows.flatMap(({ region, id, number, code, title, due }) =>
    due
      ? [
          {
            id: `late/${id}/${due.limit}/${due.dueAt}`,
            text: say('zh', 'notice.late', { limit: due.title }),
            aside: `${title} · ${number ?? code}`,
            at: due.dueAt,
            matter: { region, id },
          },
        ]
      : [],
  )
}

/** Everything this reader is told, newest first, and what of it they have read. */
async function listNotices(tx: Tx): Promise<{ notices: Notice[]; unread: number }> {
  const told = [...(await messagesTo(tx, await addressesOf(tx))), ...(await lateLimits(tx))].toSorted((a, b) => b.at.localeCompare(a.at))
  const shown = told.slice(0, most)
  const read = await readAmong(tx, shown)
  const notices = shown.map((notice) => ({ ...notice, isRead: read.has(notice.id) }))
  return { notices, unread: notices.filter(({ isRead }) => !isRead).length }
}

async function readAmong(tx: Tx, told: readonly Told[]): Promise<ReadonlySet<string>> {
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
