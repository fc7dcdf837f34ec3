import { z } from 'zod'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { askProof, takeProof } from '#records/people/proving-phone.ts'
import { At } from '../matter-schema.ts'

const params = At.extend({ person: z.uuid() })

/** Whether a telephone that somebody gave by word is theirs: they read a code back. */
export const provingRoutes: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/people/:person/phone-code',
    id: 'phone.askProof',
    summary: 'Send a code to the telephone somebody gave, for them to read back',
    params,
    body: z.strictObject({}),
    returns: z.object({ isSent: z.boolean() }),
    handler: async (tx, { params: whose }) => ({ isSent: await askProof(tx, whose) }),
  }),
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/people/:person/phone-proof',
    id: 'phone.prove',
    summary: 'Note that the code was read back: the telephone is theirs',
    params,
    body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
    returns: z.object({ isProved: z.boolean() }),
    handler: async (tx, { params: whose, body }) => ({ isProved: await takeProof(tx, whose, body.code) }),
  }),
]
