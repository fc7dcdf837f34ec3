import ical, { ICalEventTransparency } from 'ical-generator'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import { refuse } from '#kernel/refusal.ts'
import type { Page } from '#platform/http/route.ts'
import { as, type Tx } from '#platform/tx.ts'
import { openFeed, readsPerHour, type FeedScope } from '#records/accounts/feeds.ts'
import { entriesBetween, type Entry } from './calendar-entries.ts'

const root = '/calendar/feed/'

/** Where a feed is fetched: whoever has the address needs no other key. */
export const feedPath = (token: string): string => `${root}${token}.ics`

/** From a month back to half a year ahead, and no more entries than a phone takes gladly. */
const reach = { back: -31, ahead: 183, most: 500 }
const hearingMs = 2 * 3_600_000
/** How often a subscriber is asked to come back, in seconds. */
const refreshSeconds = 2 * 3600
const names: Record<FeedScope, string> = { mine: '法惠 · 我的期限和开庭', unit: '法惠 · 本单位期限和开庭' }

/** A subscription, read as its owner would see it this moment. A token that was renewed, ended, or whose account is closed is nobody's. */
export const feedPage: Page = {
  method: 'GET',
  path: `${root}:token`,
  id: 'calendar.feed',
  counts: 'floods.feeds',
  async enter(on, { params, origin }, now) {
    const opened = await openFeed(on, params['token']?.replace(/\.ics$/, '') ?? '', now)
    const { actor, scope, reads } = opened ?? refuse('not_found')
    if (reads > readsPerHour) refuse('too_many_tries')
    return { live: await as(on, actor, now, (tx) => feedText(tx, scope, origin)), mime: 'text/calendar; charset=utf-8' }
  },
}

/** The feed as RFC 5545 text, without a person in it: what is due under which file number, and where to read more. */
async function feedText(tx: Tx, scope: FeedScope, origin: string): Promise<string> {
  const today = dayOf(tx.now)
  const { rows, more } = await entriesBetween(
    tx,
    addDays(today, reach.back),
    addDays(today, reach.ahead),
    { mine: scope === 'mine' },
    reach.most,
  )
  const calendar = ical({
    name: names[scope],
    prodId: { company: 'fahui', product: 'calendar', language: 'ZH' },
    ttl: refreshSeconds,
    ...(more && { description: `只列最近的 ${reach.most} 项，其余的请在工作台查看。` }),
  })
  for (const entry of rows) calendar.createEvent(eventOf(entry, origin))
  return calendar.toString()
}

/** Named by matter, limit and party, not by date: a limit that moves moves in the phone, one that stops is gone at the next reading. */
const eventOf = (entry: Entry, origin: string) => ({
  id: `${[entry.region, entry.id, entry.limit, ...(entry.party ? [entry.party] : [])].join('.')}@fahui`,
  sequence: entry.version,
  // Not the moment of reading, so that a feed in which nothing changed is the same text.
  stamp: new Date(`${entry.startedOn}T00:00:00Z`),
  url: `${origin}/desk/matters/${entry.region}/${entry.id}`,
  ...(entry.isHearing ? timed(entry) : allDay(entry)),
})

const timed = ({ at, number, place, limitTitle }: Entry) => ({
  start: at,
  end: new Date(at.getTime() + hearingMs),
  summary: `${limitTitle} ${number}`,
  ...(place && { location: place }),
})

const allDay = ({ day, limitTitle, number, isProvisional, isLate }: Entry) => ({
  start: new Date(`${day}T00:00:00Z`),
  allDay: true,
  transparency: ICalEventTransparency.TRANSPARENT,
  summary: `${limitTitle}${isLate ? '已超期' : '到期'}${isProvisional ? '（暂定）' : ''} ${number}`,
})
