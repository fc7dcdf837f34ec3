import { sql } from 'kysely'
import { z } from 'zod'
import { no, Refusal } from '#kernel/refusal.ts'
import { settingDefinitions } from '#lines/legal-aid/settings.ts'
import { audit } from '#platform/audit.ts'
import { route, type AnyRoute } from '#platform/route.ts'
import { recordSettings } from '#records/settings.ts'

/** Everything that may be set, wherever it is declared. */
const definitions: Readonly<Record<string, { schema: z.ZodType } | undefined>> = { ...settingDefinitions, ...recordSettings }

const code = z.string().regex(/^\d{2,12}$/)
const Region = z.object({ code: z.string(), name: z.string(), level: z.int(), parent: z.string().nullable() }).meta({ id: 'Region' })
const Office = z
  .object({
    region: z.string(),
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    hours: z.string().nullable(),
  })
  .meta({ id: 'Office' })
const Practitioner = z
  .object({
    region: z.string(),
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    office: z.string(),
    licence: z.string().nullable(),
    specialisms: z.array(z.string()),
  })
  .meta({ id: 'Practitioner' })
const Setting = z
  .object({ region: z.string(), key: z.string(), validFrom: z.string(), value: z.unknown(), note: z.string() })
  .meta({ id: 'Setting' })

export const directoryRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/regions',
    id: 'region.list',
    summary: 'Places under a place',
    query: z.object({ parent: code.optional() }),
    returns: z.array(Region),
    handler: (tx, { query }) =>
      tx.db
        .selectFrom('region')
        .select(['code', 'name', 'level', 'parent'])
        .where('parent', query.parent ? '=' : 'is', query.parent ?? null)
        .orderBy('code')
        .limit(1000)
        .execute(),
  }),
  route({
    method: 'GET',
    path: '/api/offices',
    id: 'office.list',
    summary: 'Offices of a region',
    query: z.object({ region: code }),
    returns: z.array(Office),
    handler: (tx, { query }) =>
      tx.db
        .selectFrom('office')
        .select(['region', 'id', 'kind', 'name', 'phone', 'address', 'hours'])
        .where('region', 'like', `${query.region}%`)
        .orderBy('region')
        .orderBy('kind')
        .limit(200)
        .execute(),
  }),
  route({
    method: 'GET',
    path: '/api/practitioners',
    id: 'practitioner.list',
    summary: 'Providers of a region',
    query: z.object({ region: code }),
    returns: z.array(Practitioner),
    handler: (tx, { query }) =>
      tx.db
        .selectFrom('practitioner')
        .select(['region', 'id', 'name', 'kind', 'office', 'licence', 'specialisms'])
        .where('region', 'like', `${query.region}%`)
        .orderBy('region')
        .orderBy('name')
        .limit(200)
        .execute(),
  }),
  route({
    method: 'GET',
    path: '/api/settings',
    id: 'setting.list',
    summary: 'Dated settings in force for a region',
    query: z.object({ region: code.optional() }),
    returns: z.array(Setting),
    async handler(tx) {
      const rows = await tx.db.selectFrom('setting').selectAll().orderBy('key').orderBy('region').orderBy('valid_from').limit(500).execute()
      return rows.map((row) => ({ region: row.region, key: row.key, validFrom: row.valid_from, value: row.value, note: row.note }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/settings',
    id: 'setting.set',
    summary: 'Set a dated value',
    returns: Setting,
    body: z
      .object({
        region: code,
        key: z.string().max(60),
        validFrom: z.iso.date(),
        value: z.unknown(),
        note: z.string().trim().min(2).max(500),
      })
      .strict(),
    async handler(tx, { body }) {
      const definition = Object.hasOwn(definitions, body.key) ? definitions[body.key] : undefined
      if (!definition) throw new Refusal(no('invalid', { issues: [{ path: 'key', code: 'invalid_value', message: 'answer.choose' }] }))
      const parsed = definition.schema.safeParse(body.value)
      if (!parsed.success)
        throw new Refusal(
          no('invalid', {
            issues: parsed.error.issues.map((issue) => ({
              path: ['value', ...issue.path.map(String)].join('.'),
              code: issue.code,
              message: issue.message,
            })),
          }),
        )
      if (!body.region.startsWith(tx.actor.region)) throw new Refusal(no('not_permitted'))
      await sql`insert into setting (region, key, valid_from, value, decided_by, note) values (${body.region}, ${body.key}, ${body.validFrom}, ${JSON.stringify(parsed.data)}::jsonb, ${tx.actor.id}, ${body.note})
        on conflict (region, key, valid_from) do update set value = excluded.value, decided_by = excluded.decided_by, note = excluded.note`.execute(
        tx.db,
      )
      await audit(tx, 'settingChanged', { region: body.region, detail: { key: body.key, validFrom: body.validFrom } })
      await tx.on.settings.reload(tx.db)
      return { region: body.region, key: body.key, validFrom: body.validFrom, value: parsed.data, note: body.note }
    },
  }),
]
