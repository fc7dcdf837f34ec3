import { z } from 'zod'
import { reachOf } from '#kernel/actor.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { pick } from '#platform/messages/messages.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { officeTitle } from '#registry/kinds/offices.ts'
import { changeEntry, type EntryAt } from '#records/register/register.ts'
import { Change, Edit, editOf, EntryPath, found, historyOf } from './directory-entry.ts'
import { columnsOf, OfficeForm } from './directory-form.ts'

const kindTitle = (kind: string) => pick(officeTitle(kind), 'zh')

const OfficeRow = z
  .object({
    region: z.string(),
    id: z.string(),
    kindTitle: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    hours: z.string().nullable(),
    address: z.string().nullable(),
    isOpen: z.boolean(),
  })
  .meta({ id: 'OfficeRow' })

const OfficeView = OfficeRow.extend({
  creditCode: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  people: z.array(z.object({ region: z.string(), id: z.string(), name: z.string() })),
  changes: z.array(Change),
  version: z.int(),
  edit: Edit,
}).meta({ id: 'OfficeView' })

async function viewOffice(tx: Tx, at: EntryAt): Promise<z.input<typeof OfficeView>> {
  const row = found(await tx.db.selectFrom('office').selectAll().where('region', '=', at.region).where('id', '=', at.id).executeTakeFirst())
  const people = await tx.db
    .selectFrom('practitioner')
    .select(['region', 'id', 'name'])
    .where('region', '=', at.region)
    .where('office', '=', at.id)
    .orderBy('name')
    .limit(200)
    .execute()
  return {
    ...row,
    kindTitle: kindTitle(row.kind),
    isOpen: isOpen(tx, row),
    creditCode: row.credit_code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    people,
    changes: await historyOf(tx, at, OfficeForm),
    edit: editOf(tx, at, OfficeForm, row),
  }
}

const isOpen = (tx: Tx, { valid_from, valid_to }: { valid_from: string; valid_to: string | null }): boolean => {
  const today = dayOf(tx.now)
  return valid_from <= today && (valid_to === null || today <= valid_to)
}

export const directoryOfficeRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/directory/offices',
    id: 'directory.offices',
    summary: 'The register of offices under a place',
    query: z.object({
      under: z
        .string()
        .regex(/^\d{2,6}$/)
        .optional(),
      q: z.string().trim().max(60).optional(),
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    returns: z.object({ rows: z.array(OfficeRow), next: z.string().nullable() }),
    async handler(tx, { query }) {
      const under = query.under ?? reachOf(tx.actor)
      const rows = await tx.db
        .selectFrom('office')
        .selectAll()
        .where('region', '>=', under)
        .where('region', '<', `${under}:`)
        .$if(Boolean(query.q), (q) => q.where('name', 'like', `%${(query.q ?? '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`))
        .$if(Boolean(query.after), (q) =>
          q.where((e) =>
            e(
              e.refTuple('region', 'id'),
              '>',
              e
                .selectFrom('office')
                .select(['region', 'id'])
                .where('id', '=', query.after ?? '')
                .limit(1)
                .$asTuple('region', 'id'),
            ),
          ),
        )
        .orderBy('region')
        .orderBy('id')
        .limit(query.limit + 1)
        .execute()
      const page = rows.slice(0, query.limit)
      return {
        rows: page.map((row) => ({ ...row, kindTitle: kindTitle(row.kind), isOpen: isOpen(tx, row) })),
        next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/directory/offices/:region/:id',
    id: 'directory.office',
    summary: 'One office: how to reach it, who works there, its history',
    params: EntryPath,
    returns: OfficeView,
    handler: (tx, { params }) => viewOffice(tx, params),
  }),
  route({
    method: 'POST',
    path: '/api/directory/offices/:region/:id',
    id: 'directory.changeOffice',
    summary: 'Change how an office is reached',
    params: EntryPath,
    body: z.object({ version: z.int().min(1), input: OfficeForm.strict() }).strict(),
    returns: OfficeView,
    async handler(tx, { params, body }) {
      await changeEntry(tx, 'office', params, body.version, { values: columnsOf(OfficeForm, body.input), basis: body.input.basis })
      return viewOffice(tx, params)
    },
  }),
]
