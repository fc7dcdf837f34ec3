import { z } from 'zod'
import { citeText } from '#kernel/cite.ts'
import { services } from '#lines/services.ts'
import { measure } from '#indicators/indicator.ts'
import { pick } from '#platform/messages/messages.ts'
import { route } from '#platform/http/route.ts'
import { asSystem } from '#platform/tx.ts'
import { regionName } from '#records/register/regions.ts'

const figure = z.number().nullable()
const MeasureView = z
  .object({
    key: z.string(),
    title: z.string(),
    better: z.string(),
    article: z.string().nullable(),
    kind: z.enum(['ratio', 'sum']),
    rows: z.array(
      z.object({
        group: z.string(),
        groupName: z.string(),
        value: figure,
        base: z.int(),
        claimed: figure,
        confirmed: figure,
        contradicted: figure,
      }),
    ),
  })
  .meta({ id: 'Measure' })

// Before there were records; and PostgreSQL's two drivers do not agree on the years before one.
export const days = z.iso.date().refine((day) => day >= '1949-10-01')
const groups = z.enum(['region', 'city', 'province'])

/** Published measures, the same for everybody; the past year up to today unless asked otherwise. */
export const measureRoute = route({
  method: 'GET',
  path: '/api/measures',
  id: 'measure.list',
  summary: 'Measures counted from the records',
  returns: z.array(MeasureView),
  query: z.object({ by: groups.default('region'), from: days.optional(), to: days.optional() }),
  async handler(tx, { query }) {
    const to = query.to ? new Date(`${query.to}T24:00:00+08:00`) : tx.now
    const from = query.from ? new Date(`${query.from}T00:00:00+08:00`) : new Date(to.getTime() - 365 * 86_400_000)
    const views: z.input<typeof MeasureView>[] = []
    for (const one of services.flatMap(({ measures }) => measures)) {
      const rows = []
      for (const row of await asSystem(tx, (own) => measure(own, one, query.by, from, to)))
        rows.push({ ...row, groupName: await regionName(tx, row.group) })
      views.push({ key: one.key, title: pick(one.title, 'zh'), better: one.better, article: citeText(one.source), kind: one.kind, rows })
    }
    return views
  },
})
