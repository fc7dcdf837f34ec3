import { z } from 'zod'
import { recorded } from '#kernel/recorded.ts'
import { Filing } from './filing-form.ts'

/** What a provider reports of the end, and what the recipient says to it; fen. */
export const Outcome = z.object({
  result: z.string(),
  concludedOn: z.iso.date(),
  claimedFen: z.int(),
  recoveredFen: z.int(),
  hearings: z.int(),
  meetings: z.int(),
  confirmation: z.enum(['claimed', 'confirmed', 'contradicted']),
  confirmedFen: z.int().optional(),
})
export type Outcome = z.output<typeof Outcome>

/** An objection made in time against the last decision: by its id, and whether the bureau kept the decision. */
export const Contest = z.object({ objection: z.uuid(), isKept: z.literal(true).optional() })
export type Contest = z.output<typeof Contest>

/** What an application may hold: decisions and references, never what people said of themselves. */
export const Data = Filing.extend({
  /** Drawn as it was filed. */
  number: z.string(),
  asked: z.object({ missing: z.array(z.string()), until: z.iso.date() }),
  recused: z.array(z.string()),
  referredTo: z.string(),
  assessment: z.object({ assessment: z.uuid(), proposal: z.string(), urgent: z.boolean(), topPriority: z.boolean() }),
  urgentAid: z.object({ ground: z.string(), until: z.iso.date() }),
  refusal: z.object({ reason: z.string() }),
  decidedOn: z.iso.date(),
  servedOn: z.iso.date(),
  assignedOn: z.iso.date(),
  hearing: z.object({ at: z.string(), forum: z.string(), court: z.string(), room: z.string().optional() }),
  replacingFrom: z.string(),
  replacingFor: z.enum(['wish', 'conflict', 'unable']),
  termination: z.object({ ground: z.string(), reason: z.string() }),
  contest: Contest,
  correctedBy: z.uuid(),
  outcome: Outcome,
  grade: z.enum(['excellent', 'good', 'pass', 'fail']),
  subsidy: z.object({ amountFen: z.int(), unconfirmed: z.string().optional() }),
  /** Limits that passed. */
  lateFor: z.array(z.string()),
})

export const { its, noting } = recorded(Data)
