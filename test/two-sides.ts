import { z } from 'zod'
import { citing } from '#kernel/cite.ts'
import { dayIn, notAhead } from '#kernel/calendar/day-rule.ts'
import { day, nothing, passedLimit } from '#kernel/form.ts'
import { line, plain } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'

const cite = citing({ 民事诉讼法: { adopted: '2023-09-01', inForce: '2024-01-01', short: 'Civil Procedure Law' } })
const title = { zh: '演示', en: 'Made up' }
const open = ['open', 'negotiating'] as const
const respondent = z.uuid()
const uuids = (input: unknown): string[] => z.array(z.uuid()).catch([]).parse(input)

/** A made-up line with several respondents: each has ten days of their own, an appraisal of one of them is not counted, and all agree how long they negotiate. */
export const twoSides = plain(
  line({
    key: 'two-sides',
    edition: '2026-01-01',
    title,
    initial: 'open',
    seats: {
      applicant: { title, side: 'asks', sees: 'own' },
      respondent: { title, side: 'answers', max: 20, sees: 'own' },
    },
    principal: 'applicant',
    desk: {
      title,
      role: title,
      overseer: title,
      duties: ['intake'],
      kinds: ['legalAidAgency'],
      numbers: { after: 'legalAidAgency', of: ({ year, region, kind, n }) => `（${year}）${region}${kind}${n}号` },
    },
    files: true,
    openedBy: ['citizen'],
    numbered: '演',
    states: {
      open: { title, waitsFor: ['desk'] },
      negotiating: { title, waitsFor: ['desk'] },
      closed: { title, final: true, waitsFor: [] },
    },
    documents: {},
    actions: {
      serve: {
        title,
        by: ['intake'],
        from: open,
        form: z.object({ respondents: z.array(respondent).min(1), on: day(title).optional() }),
        rule: ({ input, now }) => notAhead('on', input.on, now),
      },
      answer: { title, by: ['intake'], from: open, form: z.object({ respondent }) },
      appraise: {
        title,
        by: ['intake'],
        from: open,
        form: z.object({ respondent: respondent.optional(), on: day(title).optional() }),
        rule: ({ input, now }) => notAhead('on', input.on, now),
      },
      appraised: {
        title,
        by: ['intake'],
        from: open,
        form: z.object({ respondent: respondent.optional(), on: day(title).optional() }),
        rule: ({ input, now }) => notAhead('on', input.on, now),
      },
      prolong: { title, by: ['intake'], from: open, form: z.object({ respondent: respondent.optional(), days: z.int().min(1).max(60) }) },
      negotiate: { title, by: ['intake'], from: ['open'], to: 'negotiating', form: z.object({ days: z.int().min(1).max(60) }) },
      agree: { title, by: ['intake'], from: ['negotiating'], form: z.object({ until: day(title) }) },
      leave: { title, by: ['intake'], from: ['negotiating'], to: 'open', form: nothing },
      close: { title, by: ['intake'], from: open, to: 'closed', form: nothing },
      defaulted: { title, by: ['system'], from: open, form: passedLimit },
      recount: recounting(open),
    },
    limits: {
      answer: {
        title,
        kind: 'duty',
        of: 'respondent',
        length: { count: 10, unit: 'calendarDay' },
        startedBy: ['serve'],
        from: dayIn('on'),
        per: ({ respondents, respondent: one }) => [...uuids(respondents), ...uuids(one ? [one] : [])],
        stoppedBy: ['answer', 'close'],
        pausedBy: { appraise: dayIn('on') },
        resumedBy: { appraised: dayIn('on') },
        extendedBy: { prolong: ({ days }) => ({ count: Number(days), unit: 'calendarDay' }) },
        onBreach: 'defaulted',
        cite: cite('民事诉讼法', 85),
      },
      negotiation: {
        title,
        kind: 'duty',
        of: 'desk',
        unit: 'calendarDay',
        length: ({ event }) => ({ count: Number(event.input['days']), unit: 'calendarDay' }),
        startedBy: ['negotiate'],
        stoppedBy: ['leave', 'close'],
        pausedBy: { appraise: dayIn('on') },
        resumedBy: { appraised: dayIn('on') },
        extendedBy: { agree: ({ until }) => ({ until: String(until) }) },
        onBreach: 'defaulted',
        cite: cite('民事诉讼法', 85),
      },
      callBack: {
        title,
        kind: 'duty',
        of: 'desk',
        length: { count: 24, unit: 'hour' },
        startedBy: ['open'],
        stoppedBy: ['serve', 'close'],
        extendedBy: { prolong: ({ days }) => ({ count: Number(days), unit: 'hour' }) },
        onBreach: 'defaulted',
        cite: cite('民事诉讼法', 85),
      },
    },
  }),
)

/** Made-up respondents, in the order they are served. */
export const respondents = [1, 2, 3].map((n) => `0190b000-0000-7000-8000-00000000000${n}`) as [string, string, string] // three are written

type Right = (m: { state: string }, today: string, n: number) => unknown
const one = (n: number) => respondents[n % 3]
const some = (n: number) => (n % 2 ? { respondent: one(n) } : {})

/** An input of each of its actions that every rule accepts today. */
export const rightOfTwoSides: Readonly<Record<string, Right>> = {
  serve: (_, today, n) => ({ respondents: n % 4 ? [one(n)] : [...respondents], on: today }),
  answer: (_, __, n) => ({ respondent: one(n) }),
  appraise: (_, __, n) => some(n),
  appraised: (_, __, n) => some(n),
  prolong: (_, __, n) => ({ ...some(n), days: 1 + (n % 9) }),
  negotiate: (_, __, n) => ({ days: 1 + (n % 30) }),
  agree: (_, today) => ({ until: today }),
  leave: () => ({}),
  close: () => ({}),
  defaulted: (_, __, n) => ({ limit: 'answer', party: one(n) }),
  recount: () => ({ limits: [] }),
}
