import { z } from 'zod'
import { reachOf } from '#kernel/actor.ts'
import { lines } from '#lines/services.ts'
import { stateTitle } from '#kernel/face.ts'
import { pick } from '#platform/messages/messages.ts'
import { route } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { accountsOf, listPractitioners } from '#records/register/practitioners.ts'
import { isElsewhere } from './queue-walk.ts'

const Choice = z.object({ value: z.string(), title: z.string() })

/** Those a matter of a place may have been given to, by the account that a queue is narrowed to. */
async function assigneesIn(tx: Tx, region: string): Promise<z.input<typeof Choice>[]> {
  const practitioners = await listPractitioners(tx, region)
  const accounts = await accountsOf(
    tx,
    practitioners.map(({ id }) => id),
  )
  return practitioners.flatMap(({ id, name, officeName }) => {
    const account = accounts.get(id)
    return account ? [{ value: account, title: `${name} · ${officeName}` }] : []
  })
}

/** The places within a reader's own, down to the county; a county has none. */
async function placesIn(tx: Tx): Promise<z.input<typeof Choice>[]> {
  const reach = reachOf(tx.actor)
  if (reach.length < 2 || reach.length >= 6) return []
  const rows = await tx.db
    .selectFrom('region')
    .select(['code', 'name', 'level'])
    .where((e) => e(e.fn('starts_with', ['code', e.val(reach)]), '=', true))
    .where('level', 'in', [2, 3])
    .where('valid_to', 'is', null)
    .where('code', '<>', reach)
    .orderBy('code')
    .limit(300)
    .execute()
  return rows.map(({ code, name, level }) => ({ value: code, title: level === 3 && reach.length === 2 ? `　${name}` : name }))
}

/** What a queue may be narrowed to by this reader: asked for once, since it hardly ever changes. */
export const queueChoicesRoute = route({
  method: 'GET',
  path: '/api/queue/choices',
  id: 'queue.choices',
  summary: 'What a queue may be narrowed to',
  query: z.object({
    region: z
      .string()
      .regex(/^\d{2,6}$/)
      .optional(),
  }),
  returns: z.object({
    lines: z.array(Choice.extend({ states: z.array(Choice) })),
    assignees: z.array(Choice),
    places: z.array(Choice),
  }),
  async handler(tx, { query }) {
    const region = query.region && !isElsewhere(tx, query) ? query.region : reachOf(tx.actor)
    return {
      lines: [...new Map(lines.map((line) => [line.key, line])).values()].map((line) => ({
        value: line.key,
        title: pick(line.title, 'zh'),
        states: Object.entries(line.states)
          .filter(([, state]) => !state.final)
          .map(([state]) => ({ value: state, title: pick(stateTitle(line, state, 'desk'), 'zh') })),
      })),
      assignees: tx.actor.kind === 'staff' && region ? await assigneesIn(tx, region) : [],
      places: tx.actor.kind === 'staff' ? await placesIn(tx) : [],
    }
  },
})
