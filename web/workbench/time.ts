const zone = 'Asia/Shanghai'
const dayMs = 86_400_000
const dayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
const timeFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

const isDay = (moment: string) => /^\d{4}-\d{2}-\d{2}$/.test(moment)

/** The day in Shanghai of a day or an RFC 3339 moment, as 'YYYY-MM-DD'. */
export const dayOf = (moment: string) => (isDay(moment) ? moment : dayFormat.format(new Date(moment)))

/** The moment in Shanghai as '2026-03-01 09:30'; a day stays a day. */
export const timeOf = (moment: string) => (isDay(moment) ? moment : `${dayOf(moment)} ${timeFormat.format(new Date(moment))}`)

/** The RFC 3339 moment in UTC of a wall time in Shanghai, 'YYYY-MM-DDTHH:mm' as a form gives it. */
export const momentOf = (wallTime: string) => new Date(`${wallTime}:00+08:00`).toISOString()

/** The wall time in Shanghai of a moment, as a form takes it. */
export const wallTimeOf = (moment: string) => timeOf(moment).replace(' ', 'T')

/** Calendar days from one moment to another, counted in Shanghai; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / dayMs)

/** Days left in words: '还有 3 天', '今天到期', '已超 2 天'. */
export function daysLeft(days: number): string {
  if (days === 0) return '今天到期'
  return days > 0 ? `还有 ${days} 天` : `已超 ${-days} 天`
}

/** This moment, for counting days on the page; the rules themselves run on the server's clock. */
export const now = () => new Date().toISOString()
