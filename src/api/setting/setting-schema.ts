import { z } from 'zod'

const Place = z.object({ code: z.string(), name: z.string() })

/** Region prefixes that may carry a setting: province, city, county. */
export const Prefix = z.string().regex(/^(\d{2}|\d{4}|\d{6})$/)

/** One setting for a place: what holds there and since when, what held and will hold, and the form of another value. */
export const SettingView = z
  .object({
    key: z.string(),
    title: z.string(),
    group: z.string(),
    why: z.string(),
    article: z.string(),
    uncertain: z.string().nullable(),
    isDecisive: z.boolean(),
    value: z.unknown(),
    words: z.string(),
    since: z.string().nullable(),
    /** Whose value it is: a place, or null where nobody has set one and the default holds. */
    source: z.string().nullable(),
    timeline: z.array(
      z.object({
        region: z.string(),
        regionName: z.string(),
        validFrom: z.string(),
        words: z.string(),
        note: z.string(),
        proposedBy: z.string().nullable(),
        decidedBy: z.string(),
        standing: z.enum(['past', 'inForce', 'future']),
      }),
    ),
    schema: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Setting' })

export const SettingsView = z.object({
  region: z.string(),
  regionName: z.string(),
  /** Where the reader may look, and, as a manager, propose. */
  places: z.array(Place),
  mayPropose: z.boolean(),
  settings: z.array(SettingView),
})

export const ReplayView = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'running', 'finished', 'cancelled']),
    askedBy: z.string(),
    askedAt: z.string(),
    finishedAt: z.string().nullable(),
    total: z.int().nullable(),
    done: z.int(),
    flips: z.int(),
  })
  .meta({ id: 'Replay' })

const Act = z.object({ allowed: z.boolean(), why: z.string().nullable() })

/** A proposed change, what it would replace, and what the reader may do with it. */
export const DraftView = z
  .object({
    id: z.string(),
    region: z.string(),
    regionName: z.string(),
    key: z.string(),
    title: z.string(),
    validFrom: z.string(),
    words: z.string(),
    before: z.string(),
    note: z.string(),
    state: z.enum(['open', 'published', 'withdrawn']),
    proposedBy: z.string(),
    proposedAt: z.string(),
    endedBy: z.string().nullable(),
    endedAt: z.string().nullable(),
    isDecisive: z.boolean(),
    publish: Act,
    withdraw: Act,
    replay: ReplayView.nullable(),
  })
  .meta({ id: 'SettingDraft' })

const Direction = z.object({ from: z.string(), to: z.string(), words: z.string() })

/** Who flips, by group. Each row: how many there are, and how many of them turn each way, in the order of `directions`. */
export const ReportView = z
  .object({
    replay: ReplayView,
    unread: z.int(),
    directions: z.array(Direction),
    groups: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        rows: z.array(z.object({ group: z.string(), name: z.string(), all: z.int(), turned: z.array(z.int()) })),
      }),
    ),
  })
  .meta({ id: 'ReplayReport' })

/** A page of flips, each with the step that turned it. */
export const FlipsView = z.object({
  next: z.string().nullable(),
  rows: z.array(
    z.object({
      region: z.string(),
      regionName: z.string(),
      matter: z.string(),
      assessment: z.string(),
      number: z.string().nullable(),
      words: z.string(),
      step: z.string(),
      explain: z.string(),
      article: z.string(),
      margin: z.string().nullable(),
    }),
  ),
})
