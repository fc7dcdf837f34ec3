import { z } from 'zod'
import { keysIn } from '#kernel/keyed.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { refuse } from '#kernel/refusal.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { colleaguesOf, confine, confinedCounts, confining, mayConfine, openAgain } from '#records/privacy/confinement.ts'
import { regionName } from '#records/register/regions.ts'
import { At, MatterView } from '../matter-schema.ts'
import { viewMatter } from '../matter-view.ts'

const reason = z.string().trim().min(5).max(500)
const kinds = keysIn(confining)

/** 限定知悉: a matter that only named officers see. */
export const confiningRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/matters/:region/:id/colleagues',
    id: 'matter.colleagues',
    summary: 'Who may be named when a matter is confined, and the kinds of reason',
    params: At,
    returns: z.object({
      people: z.array(z.object({ account: z.string(), name: z.string() })),
      reasons: z.array(z.object({ key: z.enum(kinds), title: z.string() })),
    }),
    async handler(tx, { params }) {
      const matter = (await matterOf(tx, params)) ?? refuse('not_found')
      if (!mayConfine(tx, matter)) refuse('not_permitted', { action: 'confine', by: ['director'] })
      const others = (await colleaguesOf(tx, params)).filter(({ account }) => account !== tx.actor.id) // who names is always among them
      return { people: others, reasons: kinds.map((key) => ({ key, title: confining[key].zh })) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/confine',
    id: 'matter.confine',
    summary: 'Let only the officers named see the matter, or name others in their place',
    params: At,
    body: z.strictObject({ accounts: z.array(z.uuid()).max(50), because: z.enum(kinds), reason }),
    returns: MatterView,
    async handler(tx, { params, body }) {
      await confine(tx, params, body)
      return viewMatter(tx, params)
    },
  }),
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/open-again',
    id: 'matter.openAgain',
    summary: 'Open a confined matter again to everybody whose grant covers it',
    params: At,
    body: z.strictObject({ reason }),
    returns: MatterView,
    async handler(tx, { params, body }) {
      await openAgain(tx, params, body.reason)
      return viewMatter(tx, params)
    },
  }),
  route({
    method: 'GET',
    path: '/api/confined',
    id: 'measure.confined',
    summary: 'How many open matters are confined, by county, for whoever manages there',
    returns: z.array(z.object({ region: z.string(), regionName: z.string(), matters: z.int() })),
    handler: async (tx) =>
      Promise.all((await confinedCounts(tx)).map(async (row) => ({ ...row, regionName: await regionName(tx, row.region) }))),
  }),
]
