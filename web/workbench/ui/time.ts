const zone = 'Asia/Shanghai'
const dayMs = 86_400_000
const dayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
const timeFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** Whether this is a day that exists, as 'YYYY-MM-DD'. */
export const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** The day in Shanghai of a day or an RFC 3339 moment, as 'YYYY-MM-DD'. */
export const dayOf = (moment: string) => (isDay(moment) ? moment : dayFormat.format(new Date(moment)))

/** The moment in Shanghai as '2026-03-01 09:30'; a day stays a day. */
export const timeOf = (moment: string) => (isDay(moment) ? moment : `${dayOf(moment)} ${timeFormat.format(new Date(moment))}`)

/**
 * The last day, or the last minute, on which a limit is still kept. A limit in days ends at 24:00 (民法典 art. 203), which
 * is 00:00 of the day after; a limit in hours ends within its day.
 */
export function lastOf(dueAt: string): string {
  if (isDay(dueAt)) return dueAt
  // The server names the last instant itself.
  const end = new Date(Math.ceil(Date.parse(dueAt) / 1000) * 1000).toISOString()
  return timeOf(end).endsWith('00:00') ? dayOf(new Date(Date.parse(end) - 1).toISOString()) : timeOf(end)
}

/** Calendar days from a moment to the last day of a limit, counted in Shanghai; negative when it has passed. */
export const daysUntil = (dueAt: string, now: string) => daysBetween(now, lastOf(dueAt).slice(0, 10))

/** Calendar days from one moment to another, counted in Shanghai; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / dayMs)

/** How long ago a moment was, in words: '刚刚', '3 分钟前', '2 小时前', or the day. */
export function ago(moment: string, now: string): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(moment)) / 60_000)
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `${minutes} 分钟前`
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} 小时前` : `${dayOf(moment)} `
}

/** Days left in words: '还有 3 天', '今天到期', '已超 2 天'. */
export function daysLeft(days: number): string {
  if (days === 0) return '今天到期'
  return days > 0 ? `还有 ${days} 天` : `已超 ${-days} 天`
}

/** The day someone typed as 2026-3-1, 2026.3.1, 2026年3月1日 or 20260301; undefined when it is none. */
export function dayTyped(text: string): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})\D?(\d{1,2})\D?(\d{1,2})\s*日?\s*$/.exec(text) ?? []
  if (!year || !month || !day || (/^\s*\d+\s*$/.test(text) && text.trim().length !== 8)) return undefined
  const typed = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(typed) ? typed : undefined
}

/** The moment in UTC someone typed as a day and a time in Shanghai: 2026-3-1 9:30; undefined when it is none. */
export function momentTyped(text: string): string | undefined {
  const [, day, hour, minute] = /^(.*\S)\s+(\d{1,2})[:：时](\d{2})分?\s*$/.exec(text) ?? []
  const on = day && dayTyped(day)
  if (!on || !hour || !minute || Number(hour) > 23 || Number(minute) > 59) return undefined
  return momentOf(`${on}T${hour.padStart(2, '0')}:${minute}`)
}

/** Whether this is an RFC 3339 moment in UTC, as `momentOf` writes it. */
export const isMoment = (text: string) => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text))

/** The RFC 3339 moment in UTC of a wall time in Shanghai, 'YYYY-MM-DDTHH:mm' as a form gives it. */
export const momentOf = (wallTime: string) => new Date(`${wallTime}:00+08:00`).toISOString()

/** This moment, for counting days on the page; the rules themselves run on the server's clock. */
export const now = () => new Date().toISOString()
