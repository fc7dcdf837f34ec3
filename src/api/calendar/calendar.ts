import { z } from 'zod'
import { reachOf } from '#kernel/actor.ts'
import { addDays, dayOf, daysLeft } from '#kernel/calendar/calendar.ts'
import { isProvisionalDay, kindOfDay } from '#kernel/calendar/day-kind.ts'
import { refuse } from '#kernel/refusal.ts'
import { lines } from '#lines/services.ts'
import { pick } from '#platform/messages/messages.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { endFeed, feedScopes, listFeeds, renewFeed } from '#records/accounts/feeds.ts'
import { festivalOf } from '#records/register/holidays.ts'
import { namesOf } from '#records/people/names.ts'
import { entriesBetween, lateEntries, type Asked, type Entry } from './calendar-entries.ts'
import { feedPath } from './feed.ts'

/** A quarter is the longest anyone looks ahead at once. */
const mostDays = 92
/** More than this on one page is read by nobody; the page says so. */
const mostRows = 500
const mostLate = 100

const CalendarEntry = z
  .object({
    region: z.string(),
    id: z.string(),
    line: z.string(),
    lineTitle: z.string(),
    stateTitle: z.string(),
    subject: z.string(),
    number: z.string(),
    limit: z.string(),
    party: z.string(),
    limitTitle: z.string(),
    isHearing: z.boolean(),
    day: z.string(),
    time: z.string().nullable(),
    target: z.string().nullable(),
    isLate: z.boolean(),
    isProvisional: z.boolean(),
    place: z.string().nullable(),
    assigneeName: z.string().nullable(),
  })
  .meta({ id: 'CalendarEntry' })

const CalendarDay = z
  .object({
    day: z.string(),
    kind: z.enum(['workday', 'weekend', 'holiday', 'makeUpWorkday']),
    festival: z.string().nullable(),
    isProvisional: z.boolean(),
  })
  .meta({ id: 'CalendarDay' })

const Calendar = z
  .object({
    today: z.string(),
    days: z.array(CalendarDay),
    late: z.object({ rows: z.array(CalendarEntry), more: z.boolean() }),
    rows: z.array(CalendarEntry),
    more: z.boolean(),
    lines: z.array(z.object({ line: z.string(), title: z.string() })),
  })
  .meta({ id: 'Calendar' })

type Range = { from: string; to: string }

const within = ({ from, to }: Range): void => {
  const length = daysLeft(from, to) + 1
  if (length < 1 || length > mostDays) refuse('invalid', { issues: [{ path: 'to', code: 'invalid', message: 'answer.range' }] })
}

/** The days of a range as the actor's place keeps them. */
function daysOf(tx: Tx, { from, to }: Range): z.input<typeof CalendarDay>[] {
  const { calendar } = lawOf(tx, reachOf(tx.actor))
  return Array.from({ length: daysLeft(from, to) + 1 }, (_, n) => addDays(from, n)).map((day) => ({
    day,
    kind: kindOfDay(calendar, day, reachOf(tx.actor)),
    festival: festivalOf(day),
    isProvisional: isProvisionalDay(calendar, day),
  }))
}

async function viewEntries(tx: Tx, entries: readonly Entry[]): Promise<z.input<typeof CalendarEntry>[]> {
  const names = await namesOf(
    tx,
    entries.flatMap(({ assignee }) => assignee ?? []),
  )
  return entries.map(({ at, version: _, startedOn: _since, assignee, ...entry }) => ({
    ...entry,
    time: entry.isHearing ? timeOf(at) : null,
    assigneeName: assignee && (names.get(assignee) ?? null),
  }))
}

/** The wall clock in Shanghai, 09:30. */
const timeOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)

async function calendarOf(tx: Tx, { from, to, ...asked }: Range & Asked): Promise<z.input<typeof Calendar>> {
  within({ from, to })
  const [late, between] = [await lateEntries(tx, asked, mostLate), await entriesBetween(tx, from, to, asked, mostRows)]
  return {
    today: dayOf(tx.now),
    days: daysOf(tx, { from, to }),
    late: { rows: await viewEntries(tx, late.rows), more: late.more },
    rows: await viewEntries(tx, between.rows),
    more: between.more,
    lines: lines.map((line) => ({ line: line.key, title: pick(line.title, 'zh') })),
  }
}

const Scope = z.enum(feedScopes)
const Feeds = z.array(z.object({ scope: Scope, createdAt: z.string(), readAt: z.string().nullable() }))

async function feedsOf(tx: Tx): Promise<z.input<typeof Feeds>> {
  const feeds = await listFeeds(tx)
  return feeds.map(({ scope, createdAt, readAt }) => ({ scope, createdAt: createdAt.toISOString(), readAt: readAt?.toISOString() ?? null }))
}

export const calendarRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/calendar',
    id: 'calendar.list',
    summary: 'Limits and hearings by day',
    query: z.object({
      from: z.iso.date(),
      to: z.iso.date(),
      mine: z.enum(['0', '1']).default('0'),
      line: z.string().max(40).optional(),
    }),
    returns: Calendar,
    handler: (tx, { query: { mine, ...query } }) => calendarOf(tx, { ...query, mine: mine === '1' }),
  }),
  route({
    method: 'GET',
    path: '/api/calendar/feeds',
    id: 'calendar.feeds',
    summary: 'The reader’s calendar subscriptions',
    returns: Feeds,
    handler: feedsOf,
  }),
  route({
    method: 'POST',
    path: '/api/calendar/feeds',
    id: 'calendar.subscribe',
    summary: 'Make or renew a subscription; its address is told once',
    body: z.object({ scope: Scope }).strict(),
    returns: z.object({ path: z.string() }),
    handler: async (tx, { body }) => ({ path: feedPath(await renewFeed(tx, body.scope)) }),
  }),
  route({
    method: 'POST',
    path: '/api/calendar/feeds/end',
    id: 'calendar.unsubscribe',
    summary: 'End a subscription',
    body: z.object({ scope: Scope }).strict(),
    returns: Feeds,
    async handler(tx, { body }) {
      await endFeed(tx, body.scope)
      return feedsOf(tx)
    },
  }),
]
