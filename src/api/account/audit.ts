import { sql } from 'kysely'
import { z } from 'zod'
import { chainOf, isWhole, lastHead, openSource, type NotedSource } from '#platform/keys/audit.ts'
import { speltEntries } from '#platform/keys/said.ts'
import { say } from '#platform/messages/messages.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { type Tx } from '#platform/tx.ts'
import { regionNames } from '#records/register/regions.ts'

const Row = z
  .object({
    no: z.number(),
    at: z.string(),
    actor: z.string(),
    /** Who it is told of: whoever acted, and of a try at the door the one whose door it was. */
    who: z.string(),
    whoName: z.string().nullable(),
    kind: z.string(),
    region: z.string().nullable(),
    regionName: z.string().nullable(),
    matter: z.string().nullable(),
    number: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    /** The account the row is about, where it is about one. */
    accountName: z.string().nullable(),
    /** The address it was done from, while that is kept. */
    from: z.string().nullable(),
    /** The batch the row was sealed in; null until the next sealing. */
    seal: z.number().nullable(),
  })
  .meta({ id: 'AuditRow' })

const day = z.iso.date().refine((its) => its >= '1949-10-01')
const Query = z.object({
  actor: z.string().max(60).optional(),
  kind: z.string().max(40).optional(),
  matter: z.uuid().optional(),
  number: z.string().trim().max(60).optional(),
  from: day.optional(),
  to: day.optional(),
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Who saw or changed what, the newest first; of another region the row policies show nothing. */
async function listAudit(tx: Tx, query: z.output<typeof Query>) {
  return tx.db
    .selectFrom('audit')
    .select(['no', 'at', 'actor', 'kind', 'region', 'matter', 'detail'])
    .select(sql<number | null>`sec.seal_of(audit.no)`.as('seal'))
    .select(
      sql<NotedSource | null>`(select json_build_object('id', s.id, 'address', s.address) from audit_source s where s.audit_no = audit.no)`.as(
        'source',
      ),
    )
    .select((e) =>
      e
        .selectFrom('matter as m')
        .select('m.number')
        .whereRef('m.region', '=', 'audit.region')
        .whereRef('m.id', '=', 'audit.matter')
        .as('number'),
    )
    .where('kind', '<>', 'kept') // what is noted of each row is for `verify` to read
    .$if(query.before !== undefined, (q) => q.where('no', '<', query.before ?? 0))
    .$if(query.actor !== undefined, (q) => q.where('actor', '=', query.actor ?? ''))
    .$if(query.kind !== undefined, (q) => q.where('kind', '=', query.kind ?? ''))
    .$if(query.matter !== undefined, (q) => q.where('matter', '=', query.matter ?? ''))
    .$if(query.number !== undefined, (q) =>
      q.where('matter', 'in', (e) =>
        e
          .selectFrom('matter as m')
          .select('m.id')
          .where('m.number', '=', sql<string>`${query.number} collate "C"`),
      ),
    )
    .$if(query.from !== undefined, (q) => q.where('at', '>=', new Date(`${query.from}T00:00:00+08:00`)))
    .$if(query.to !== undefined, (q) => q.where('at', '<', new Date(`${query.to}T24:00:00+08:00`)))
    .orderBy('no', 'desc')
    .limit(query.limit)
    .execute()
}

type Listed = Awaited<ReturnType<typeof listAudit>>

async function viewAudit(tx: Tx, listed: Listed): Promise<z.input<typeof Row>[]> {
  const rows = await speltEntries(tx, listed, say('zh', 'said.erased'))
  const accounts = rows.flatMap((row) => [row.actor, accountOf(row.detail) ?? row.actor])
  const named = await sql<{ id: string; name: string }>`select id, name from sec.staff_names(${[...new Set(accounts)]}::text[])`.execute(
    tx.db,
  )
  const names = new Map(named.rows.map(({ id, name }) => [id, name]))
  const regions = await regionNames(
    tx,
    rows.map(({ region }) => region ?? ''),
  )
  return rows.map(({ source, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
    from: source && openSource(tx, source),
    who: whoIn(row),
    whoName: names.get(whoIn(row)) ?? null,
    regionName: regions.get(row.region ?? '') ?? null,
    accountName: names.get(accountOf(row.detail) ?? '') ?? null,
  }))
}

const accountOf = (detail: { account?: unknown }): string | undefined => (typeof detail.account === 'string' ? detail.account : undefined)

/** What the system writes at the door, it writes of the one who stands there. */
const atTheDoor: ReadonlySet<string> = new Set(['signIn', 'signInFailed'])
const whoIn = ({ actor, kind, detail }: Pick<Listed[number], 'actor' | 'kind' | 'detail'>): string =>
  (atTheDoor.has(kind) && accountOf(detail)) || actor

/** The audit as auditors read it, and the proof that nobody has rewritten it. */
export const auditRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/audit',
    id: 'audit.list',
    summary: 'Who saw or changed what',
    query: Query,
    returns: z.array(Row),
    handler: async (tx, { query }) => viewAudit(tx, await listAudit(tx, query)),
  }),
  route({
    method: 'GET',
    path: '/api/audit/people',
    id: 'audit.people',
    summary: 'Whose lines of the audit may be looked for',
    query: z.object({ q: z.string().trim().max(40).default('') }),
    returns: z.array(z.object({ id: z.string(), name: z.string(), regionName: z.string() })),
    async handler(tx, { query }) {
      if (query.q === '') return []
      const { rows } = await sql<{
        id: string
        name: string
        region: string
      }>`select id, name, region from sec.staff_called(${query.q})`.execute(tx.db)
      const places = await regionNames(
        tx,
        rows.map(({ region }) => region),
      )
      return rows.map(({ id, name, region }) => ({ id, name, regionName: places.get(region) ?? '' }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/audit/verify',
    id: 'audit.verify',
    summary: 'Check every seal of the audit and the log',
    body: z.strictObject({}),
    returns: z.object({
      isWhole: z.boolean(),
      seals: z.int(),
      broken: z.int().nullable(),
      strays: z.int(),
      overdue: z.int(),
      witness: z.enum(['none', 'agrees', 'disagrees']),
      head: z.object({ no: z.int(), hash: z.string(), at: z.string() }).nullable(),
      at: z.string(),
    }),
    async enter(on, _, now) {
      const chain = await chainOf(on, now)
      const { brokenSeal: broken, strays, overdue, witness } = chain
      const head = (await lastHead(on, now)) ?? null
      return { isWhole: isWhole(chain), seals: head?.no ?? 0, broken, strays, overdue, witness, head, at: now.toISOString() }
    },
  }),
]
