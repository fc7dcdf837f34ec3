import { z } from 'zod'
import { no, Refusal } from '#kernel/refusal.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { purposeKeys } from './queue-stages.ts'
import { Filter } from './queue-walk.ts'

const SavedFilter = z.object({ id: z.string(), name: z.string(), search: z.string() }).meta({ id: 'SavedFilter' })

/** As many as fit in a row of tabs: more is a second queue to keep in order. */
const most = 12

/** What an address of a queue may say; anything else, a cursor above all, is not part of a filter. */
const Search = z.strictObject({ purpose: z.enum(purposeKeys), ...Filter })

/** The address as we write it ourselves, so that nothing but our own words is kept. Refuses what is no address of a queue. */
function tidy(search: string): string {
  const parsed = Search.safeParse(Object.fromEntries(new URLSearchParams(search)))
  if (!parsed.success) throw new Refusal(no('invalid', { issues: [{ path: 'search', code: 'invalid', message: 'invalid' }] }))
  return new URLSearchParams(Object.entries(parsed.data).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString()
}

const listFilters = (tx: Tx) =>
  tx.db
    .selectFrom('saved_filter')
    .select(['id', 'name', 'search'])
    .where('account', '=', tx.actor.id)
    .orderBy('created_at')
    .limit(most)
    .execute()

/** Keeps a filter under the id its maker gave it: saving it again, under another name or at another address, changes it. */
async function saveFilter(tx: Tx, { id, name, search }: z.output<typeof SavedFilter>): Promise<void> {
  const held = await listFilters(tx)
  if (held.length >= most && !held.some((one) => one.id === id))
    throw new Refusal(no('invalid', { issues: [{ path: 'name', code: 'too_big', message: 'filter.tooMany' }] }))
  const kept = { name, search: tidy(search) }
  await tx.db
    .insertInto('saved_filter')
    .values({ account: tx.actor.id, id, ...kept, created_at: tx.now })
    .onConflict((conflict) => conflict.columns(['account', 'id']).doUpdateSet(kept))
    .execute()
}

/** A reader's own filters of the queue: a name for an address. */
export const filterRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/filters',
    id: 'filter.list',
    summary: 'The filters this reader keeps',
    returns: z.array(SavedFilter),
    handler: listFilters,
  }),
  route({
    method: 'POST',
    path: '/api/filters',
    id: 'filter.save',
    summary: 'Keep a filter, or change one',
    body: z.strictObject({ id: z.uuid(), name: z.string().trim().min(1).max(20), search: z.string().min(1).max(400) }),
    returns: z.array(SavedFilter),
    async handler(tx, { body }) {
      await saveFilter(tx, body)
      return listFilters(tx)
    },
  }),
  route({
    method: 'POST',
    path: '/api/filters/drop',
    id: 'filter.drop',
    summary: 'Forget a filter',
    body: z.strictObject({ id: z.uuid() }),
    returns: z.array(SavedFilter),
    async handler(tx, { body }) {
      await tx.db.deleteFrom('saved_filter').where('account', '=', tx.actor.id).where('id', '=', body.id).execute()
      return listFilters(tx)
    },
  }),
]
