import { z } from 'zod'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { share, unshare, type Shareable } from '#records/privacy/sharing.ts'
import { At, MatterView } from '../matter-schema.ts'
import { viewMatter } from '../matter-view.ts'

const acts = { share, unshare }
const titles = { share: 'Show it to the other seats of the matter', unshare: 'Show it to them no longer' }

const paperRoute = (act: keyof typeof acts): AnyRoute =>
  route({
    method: 'POST',
    path: `/api/matters/:region/:id/documents/:document/${act}`,
    id: `document.${act}`,
    summary: titles[act],
    params: At.extend({ document: z.uuid() }),
    returns: MatterView,
    handler: (tx, { params: { document, ...at } }) => changed(tx, at, act, { paper: document }),
  })

const answerRoute = (act: keyof typeof acts): AnyRoute =>
  route({
    method: 'POST',
    path: `/api/matters/:region/:id/facts/:question/${act}`,
    id: `fact.${act}`,
    summary: titles[act],
    params: At.extend({ question: z.string().min(1).max(80) }),
    returns: MatterView,
    handler: (tx, { params: { question, ...at } }) => changed(tx, at, act, { question }),
  })

async function changed(tx: Parameters<typeof share>[0], at: z.output<typeof At>, act: keyof typeof acts, its: Shareable) {
  await acts[act](tx, at, its)
  return viewMatter(tx, at)
}

/** 给对方看: what somebody holds, shown to the other side of the table, and taken back. */
export const sharingRoutes: readonly AnyRoute[] = (['share', 'unshare'] as const).flatMap((act) => [paperRoute(act), answerRoute(act)])
