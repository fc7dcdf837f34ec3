import { z } from 'zod'

/** One step of a computation that proposes a decision: what was looked at, against what, and under which article. */
export const Step = z
  .object({
    title: z.string(),
    outcome: z.string(),
    outcomeTitle: z.string(),
    input: z.string(),
    threshold: z.string().nullable(),
    margin: z.string().nullable(),
    article: z.string().nullable(),
    explain: z.string(),
  })
  .meta({ id: 'Step' })
export type Step = z.output<typeof Step>

/** What a computation proposes, step by step, and which facts it misses; a named officer decides (个人信息保护法 art. 24). */
export const Reading = z
  .object({ proposal: z.string(), proposalTitle: z.string(), at: z.string(), steps: z.array(Step), missing: z.array(z.string()) })
  .meta({ id: 'Reading' })
export type Reading = z.output<typeof Reading>

/** Another matter that is about the same; the day it was received as YYYY-MM-DD. */
export const Alike = z.object({
  region: z.string(),
  id: z.string(),
  number: z.string(),
  regionName: z.string(),
  stateTitle: z.string(),
  receivedOn: z.string(),
})
export type Alike = z.output<typeof Alike>

const Reasons = z.array(z.object({ code: z.string(), text: z.string(), article: z.string().nullable() }))

/** Somebody who may be sent: what speaks against it, each with its article, and what speaks for it, the weightiest first. */
export const Candidate = z.object({
  practitioner: z.string(),
  account: z.string(),
  name: z.string(),
  officeName: z.string(),
  kindTitle: z.string(),
  openCases: z.int(),
  specialisms: z.array(z.string()),
  verdict: z.enum(['assignable', 'hold', 'block']),
  reasons: Reasons,
  favours: Reasons,
})
export type Candidate = z.output<typeof Candidate>

const head = { key: z.string(), title: z.string(), note: z.string().nullable() }

/** A panel beside a matter on the wire. Of candidates it says which actions choose from them; they are weighed when they are asked for. */
export const ShownPanel = z
  .discriminatedUnion('shape', [
    z.object({ ...head, shape: z.literal('reading'), reading: Reading }),
    z.object({ ...head, shape: z.literal('alike'), others: z.array(Alike) }),
    z.object({ ...head, shape: z.literal('candidates'), serves: z.array(z.string()) }),
  ])
  .meta({ id: 'Panel' })
export type ShownPanel = z.output<typeof ShownPanel>

/** What a panel holds that is asked for by itself. */
export const PanelContent = z.object({ shape: z.literal('candidates'), candidates: z.array(Candidate) }).meta({ id: 'PanelContent' })
export type PanelContent = z.output<typeof PanelContent>
