import type { State } from '#kernel/line.ts'
import type { RehearsalSeat } from './seats.ts'

export const states = {
  received: { title: { zh: '已受理，待安排调解员', en: 'Received, mediators to be appointed' }, waitsFor: ['desk'] },
  mediating: { title: { zh: '调解中', en: 'In mediation' }, waitsFor: ['mediator'], lasts: true },
  signing: { title: { zh: '待双方签字', en: 'Waiting for both sides to sign' }, waitsFor: ['applicant', 'respondent'] },
  agreed: { title: { zh: '已达成协议', en: 'Agreed' }, final: true, waitsFor: [] },
  ended: { title: { zh: '调解不成', en: 'Ended without agreement' }, final: true, waitsFor: [] },
  withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true, leavesNoFile: true, waitsFor: [] },
} as const satisfies Record<string, State<RehearsalSeat>>

export type RehearsalState = keyof typeof states

/** Every state that is not final. */
export const open = ['received', 'mediating', 'signing'] as const satisfies readonly RehearsalState[]
/** Those in which people may still come and go: who signs is settled before the first signature. */
export const gathering = ['received', 'mediating'] as const satisfies readonly RehearsalState[]
