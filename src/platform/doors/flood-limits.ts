import { z } from 'zod'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { keysIn } from '#kernel/keyed.ts'
import type { Text } from '#kernel/text.ts'
import type { Settings } from '#platform/settings.ts'

const most = z.int().positive().max(10_000_000)

/** How often a door is knocked at in so many minutes before it stays shut: by one address, from one network, by all together. */
export const FloodLimit = z.strictObject({ perAddress: most, perNetwork: most, inTotal: most, minutes: z.int().positive().max(1440) })
export type FloodLimit = z.output<typeof FloodLimit>

type Declared = { title: Text; usual: FloodLimit }

const limit = (minutes: number, perAddress: number, perNetwork: number, inTotal: number): FloodLimit => ({
  perAddress,
  perNetwork,
  inTotal,
  minutes,
})

/**
 * Every door that floods can be sent through, a row each: minutes, by address, by network, in total. A service hall, a village or a whole telephone company may share one
 * address, so what one address may do is what a busy hall does; what all may do is what a province does on its busiest day, several times over.
 */
export const floodLimits = {
  // At .05 yuan a text no flood costs more than 150 yuan an hour.
  'floods.codes': { title: { zh: '发验证码', en: 'Codes sent' }, usual: limit(60, 20, 200, 3000) },
  'floods.drafts': { title: { zh: '开始填写', en: 'Drafts begun' }, usual: limit(60, 60, 600, 20_000) },
  'floods.filings': { title: { zh: '递交申请', en: 'Filings' }, usual: limit(60, 40, 200, 5000) },
  // Checking a password takes 12 ms of a core: all of them together may take a tenth of one.
  'floods.signIns': { title: { zh: '登录', en: 'Sign-ins' }, usual: limit(15, 120, 1200, 6000) },
  'floods.files': { title: { zh: '交来带文件的表单', en: 'Forms with files' }, usual: limit(60, 200, 2000, 20_000) },
  'floods.returns': { title: { zh: '用编号和口令回来', en: 'Coming back by code and secret' }, usual: limit(15, 60, 300, 6000) },
  // A link has near eighty bits and takes five tries at the proof: what is counted here is who makes us look.
  'floods.links': { title: { zh: '打开信里的链接', en: 'One-time links opened' }, usual: limit(60, 60, 600, 5000) },
  'floods.enrolments': { title: { zh: '用开通码', en: 'Enrolment codes tried' }, usual: limit(60, 60, 600, 2000) },
  // Few companies fetch the calendars of all telephones.
  'floods.feeds': { title: { zh: '订阅日历', en: 'Calendars fetched' }, usual: limit(60, 600, 20_000, 200_000) },
  // Of one matter: a hundred in a quarter of an hour leave 31⁸ secrets standing for 120,000 years.
  'floods.secrets': { title: { zh: '一件事试口令', en: 'Secrets tried at one matter' }, usual: limit(15, 5, 20, 100) },
} as const satisfies Record<string, Declared>

/** A door that is bounded, by the key of the setting that bounds it. */
export type FloodDoor = keyof typeof floodLimits
export const floodDoors = keysIn(floodLimits)

/** How many filings from one network within an hour are marked at the desk: more than any village room files. */
export const usualMark = 10

/** What bounds a door today. It is the same door for every province served here: where they set different values, the widest in total holds. */
export function floodLimitOf(settings: Settings, door: FloodDoor, now: Date): FloodLimit {
  const found = valuesOf(settings, door, now).map((value) => FloodLimit.parse(value))
  return found.toSorted((a, b) => b.inTotal - a.inTotal)[0] ?? floodLimits[door].usual
}

/** From how many filings of one network within an hour on each of them is marked: the fewest that any province set. */
export const floodMarkOf = (settings: Settings, now: Date): number =>
  valuesOf(settings, 'floods.mark', now)
    .map(Number)
    .toSorted((a, b) => a - b)[0] ?? usualMark

/** What is set today of a key, by each region that ever set it. */
function valuesOf(settings: Settings, key: string, now: Date): unknown[] {
  const regions = new Set(settings.rows().flatMap((row) => (row.key === key ? [row.region] : [])))
  return [...regions].map((region) => settings.at(key, region, dayOf(now)))
}
