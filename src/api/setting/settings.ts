import { z } from 'zod'
import { refuse } from '#kernel/refusal.ts'
import { replayingOn } from '#lines/services.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import type { Replaying } from '#lines/service.ts'
import type { Tx } from '#platform/tx.ts'
import { findDraft, listDrafts, type Draft } from '#records/settings/draft-rows.ts'
import { cancelReplay, findReplay, startReplay, type Progress } from '#records/settings/replays.ts'
import { proposeSetting, publishSetting, withdrawSetting } from '#records/settings/setting-drafts.ts'
import { DraftView, FlipsView, Prefix, ReplayView, ReportView, SettingsView } from './setting-schema.ts'
import { viewDrafts, viewOneReplay, viewSettings } from './setting-view.ts'

const Id = z.object({ id: z.uuid() })
const Nothing = z.object({}).strict()
const proposal = z.string().max(20).optional()

const viewDraft = async (tx: Tx, draft: Draft): Promise<z.input<typeof DraftView>> =>
  (await viewDrafts(tx, [draft]))[0] ?? refuse('not_found')

/** The last replay of a draft this actor sees, and the service that reads it. */
async function replayOf(tx: Tx, id: string): Promise<{ progress: Progress; replaying: Replaying }> {
  const draft = (await findDraft(tx, id)) ?? refuse('not_found')
  return {
    progress: (await findReplay(tx, id)) ?? refuse('not_found'),
    replaying: replayingOn(draft.key) ?? refuse('not_found'),
  }
}

export const settingRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/settings',
    id: 'setting.list',
    summary: 'Dated settings in force for a region',
    query: z.object({ region: Prefix.optional() }),
    returns: SettingsView,
    handler: (tx, { query }) => viewSettings(tx, query.region),
  }),
  route({
    method: 'GET',
    path: '/api/settings/drafts',
    id: 'setting.drafts',
    summary: 'Proposed changes of settings',
    returns: z.array(DraftView),
    handler: async (tx) => viewDrafts(tx, await listDrafts(tx)),
  }),
  route({
    method: 'GET',
    path: '/api/settings/drafts/:id',
    id: 'setting.draft',
    summary: 'One proposed change',
    params: Id,
    returns: DraftView,
    handler: async (tx, { params }) => viewDraft(tx, (await findDraft(tx, params.id)) ?? refuse('not_found')),
  }),
  route({
    method: 'POST',
    path: '/api/settings/drafts',
    id: 'setting.propose',
    summary: 'Propose a dated value',
    returns: DraftView,
    body: z
      .object({
        id: z.uuid(),
        region: Prefix,
        key: z.string().max(60),
        validFrom: z.iso.date().refine((day) => day >= '1949-10-01'),
        value: z.unknown(),
        note: z.string().trim().min(2).max(500),
      })
      .strict(),
    handler: async (tx, { body }) => viewDraft(tx, await proposeSetting(tx, { ...body, value: body.value })),
  }),
  route({
    method: 'POST',
    path: '/api/settings/drafts/:id/publish',
    id: 'setting.publish',
    summary: 'Publish a change somebody else proposed',
    params: Id,
    body: Nothing,
    returns: DraftView,
    handler: async (tx, { params }) => viewDraft(tx, await publishSetting(tx, params.id)),
  }),
  route({
    method: 'POST',
    path: '/api/settings/drafts/:id/withdraw',
    id: 'setting.withdraw',
    summary: 'Withdraw a proposed change',
    params: Id,
    body: Nothing,
    returns: DraftView,
    handler: async (tx, { params }) => viewDraft(tx, await withdrawSetting(tx, params.id)),
  }),
  route({
    method: 'POST',
    path: '/api/settings/drafts/:id/replay',
    id: 'setting.replay',
    summary: 'Decide every stored assessment again under a draft',
    params: Id,
    body: z.object({ key: z.uuid() }).strict(),
    returns: ReplayView,
    handler: async (tx, { params, body }) => viewOneReplay(tx, await startReplay(tx, params.id, body.key)),
  }),
  route({
    method: 'POST',
    path: '/api/settings/drafts/:id/replay/cancel',
    id: 'setting.cancelReplay',
    summary: 'Stop the replay that runs',
    params: Id,
    body: Nothing,
    returns: ReplayView,
    handler: async (tx, { params }) => viewOneReplay(tx, await cancelReplay(tx, params.id)),
  }),
  route({
    method: 'GET',
    path: '/api/settings/drafts/:id/replay',
    id: 'setting.report',
    summary: 'How far the replay of a draft is, and what it found by group',
    params: Id,
    returns: ReportView,
    async handler(tx, { params }) {
      const { progress, replaying } = await replayOf(tx, params.id)
      return { replay: await viewOneReplay(tx, progress), ...(await replaying.report(tx, progress.tally)) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/settings/drafts/:id/flips',
    id: 'setting.flips',
    summary: 'Assessments a draft would turn',
    params: Id,
    query: z.object({
      county: z
        .string()
        .regex(/^\d{6}$/)
        .optional(),
      from: proposal,
      to: proposal,
      after: z
        .string()
        .regex(/^\d{6}\.[0-9a-f-]{36}$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    returns: FlipsView,
    async handler(tx, { params, query }) {
      const { progress, replaying } = await replayOf(tx, params.id)
      return replaying.flips(tx, progress.id, query)
    },
  }),
]
