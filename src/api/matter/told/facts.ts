import { z } from 'zod'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { checks, unverifyAnswer, verifyAnswer } from '#records/people/verification.ts'
import { channel, Told } from '#records/referral/opening-for.ts'
import { tellFor } from '#records/referral/telling.ts'
import { At, MatterView } from '../matter-schema.ts'
import { askingRoute } from './asking.ts'
import { viewMatter } from '../matter-view.ts'

const params = At.extend({ question: z.string().min(1).max(80) })
/** Which saying was seen, and whose: empty at a table with one side. */
const seen = { seq: z.int().min(1), holder: z.string().max(80).default('') }

/** Who checked what was said, and how (个人信息保护法 art. 8). */
export const factRoutes: readonly AnyRoute[] = [
  askingRoute,
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/facts',
    id: 'fact.tell',
    summary: 'Write down what somebody answers by word',
    params: At,
    body: z.strictObject({ said: Told, channel, holder: z.string().max(80).optional() }),
    returns: MatterView,
    async handler(tx, { params, body }) {
      await tellFor(tx, params, body)
      return viewMatter(tx, params)
    },
  }),
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/facts/:question/verify',
    id: 'fact.verify',
    summary: 'Note how an answer was checked',
    params,
    body: z.strictObject({ ...seen, how: z.enum(checks) }),
    returns: MatterView,
    async handler(tx, { params: { question, ...at }, body }) {
      await verifyAnswer(tx, at, { question, holder: body.holder, seq: body.seq }, body.how)
      return viewMatter(tx, at)
    },
  }),
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/facts/:question/unverify',
    id: 'fact.unverify',
    summary: 'Take back a check of one’s own, with the reason',
    params,
    body: z.strictObject({ ...seen, reason: z.string().trim().min(2).max(200) }),
    returns: MatterView,
    async handler(tx, { params: { question, ...at }, body }) {
      await unverifyAnswer(tx, at, { question, holder: body.holder, seq: body.seq }, body.reason)
      return viewMatter(tx, at)
    },
  }),
]
