import { z } from 'zod'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { sendLink, withdrawLink } from '#records/links/sending.ts'
import { At, MatterView } from './matter-schema.ts'
import { viewMatter } from './matter-view.ts'

/** Links for parties without an account: sent, sent anew and taken back from the page of their matter. */
export const linkRoutes: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/links',
    id: 'matter.sendLink',
    summary: 'Send a party without an account a one-time link; the one before ends',
    params: At,
    body: z.strictObject({
      link: z.uuid(),
      holder: z.string().max(100),
      way: z.enum(['paper', 'text']),
      proof: z.enum(['phone', 'idDigits', 'spoken']),
    }),
    returns: z.object({ letter: z.string().nullable(), url: z.string().nullable(), code: z.string().nullable() }),
    handler: (tx, { params, body, origin }) => sendLink(tx, params, body, origin),
  }),
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/links/:link/withdraw',
    id: 'matter.withdrawLink',
    summary: 'Take a one-time link back; what it opened is over',
    params: At.extend({ link: z.uuid() }),
    returns: MatterView,
    async handler(tx, { params }) {
      await withdrawLink(tx, params, params.link)
      return viewMatter(tx, params)
    },
  }),
]
