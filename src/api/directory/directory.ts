import { z } from 'zod'
import { route, type AnyRoute } from '#platform/http/route.ts'

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
]
