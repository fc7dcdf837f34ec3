import type { Case } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import type { No } from '#kernel/refusal.ts'
import { accountIn, holdersIn } from '#kernel/seat.ts'
import { isGuided, its } from './data.ts'
import { no } from './refusals.ts'

type Its = Pick<Case<never>, 'matter' | 'actor'>

/** Whoever works on it at the desk. */
export const officers = ['intake', 'reviewer', 'director'] as const
/** Whoever looks over what a volunteer answers. */
export const approvers = ['guide', 'reviewer', 'director'] as const

/** Whether the actor was asked to answer, as somebody who does so under guidance. */
export const isGuidedHere = ({ matter, actor }: Its): boolean =>
  accountIn(matter, 'adviser') === actor.id && isGuided(its(matter.data).adviser?.kind)

/** No answer to a citizen without the right to aid (法律援助法 art. 23). */
export const pointsOutAid = ({ input, matter }: { input: { pointedOutAid: boolean }; matter: Pick<Matter, 'data'> }): No | null =>
  input.pointedOutAid || its(matter.data).asker === 'organisation' ? null : no('point_out_aid', { article: '法律援助法 23' })

/** A rating is the person's; for one without an account somebody writes it down who did not answer. */
export const mayRate = ({ matter, actor }: Its): No | null => {
  const { rating, answered } = its(matter.data)
  if (rating !== undefined) return no('once_only')
  const person = accountIn(matter, 'applicant')
  return person === actor.id || (!person && answered?.by !== actor.id) ? null : no('rated_by_another')
}

/** Whoever left neither name nor telephone is nobody another body could be sent; and aid is a citizen's. */
export const somebodyToRefer = ({ matter }: Pick<Its, 'matter'>): No | null =>
  !holdersIn(matter, 'applicant').length || its(matter.data).asker === 'organisation' ? no('nobody_to_refer') : null

/** A moment that is still to come. */
export const ahead = (at: string, now: Date): No | null =>
  new Date(at) > now ? null : no('invalid', { issues: [{ path: 'at', code: 'answer.moment.past', message: 'answer.moment.past' }] })
