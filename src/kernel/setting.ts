import type { z } from 'zod'
import type { Calendar } from './calendar/calendar.ts'
import type { Cite } from './cite.ts'
import type { Text } from './text.ts'
import { byKey, keysIn } from './keyed.ts'

/** The law as it stands where and when something happens: the calendar, and the dated settings the rulebook leaves open. */
export type Law = { calendar: Calendar; setting(key: string): unknown }

/** What a setting's value is counted in, or what kind of value it is. */
export type Unit =
  | 'calendarDays'
  | 'workingDays'
  | 'months'
  | 'hours'
  | 'minutes'
  | 'persons'
  | 'matters'
  | 'fen'
  | 'yesNo'
  | 'list'
  | 'standard'

/** What the law leaves open: the values it takes, the one that holds where nobody has set any, and why it is open. */
export type SettingDefinition = { schema: z.ZodType; default: unknown; unit: Unit; why: Text; article: Cite }

/** A setting as officers name it, under the heading it stands beneath. */
export type SettingWords = {
  title: Text
  group: Text
  /** What of it was not read in the original text. */
  uncertain?: Text
  /** Its fixed values in words. */
  values?: Readonly<Record<string, Text>>
  /** What each part of a value that has parts is called in a form. */
  fields?: Readonly<Record<string, Text>>
  /** A value that has parts, as one would say it to a colleague. */
  say?(value: unknown): Text
}

/** A setting with its words. `isDecisive`: proposals hang on it, so a draft of it is replayed before it is published. */
export type Setting = SettingDefinition & SettingWords & { isDecisive?: boolean }

/** Settings with their words; one without words does not compile. Proposals hang on those that are `decisive`. */
export const worded = <K extends string>(
  definitions: Readonly<Record<K, SettingDefinition>>,
  words: Readonly<Record<NoInfer<K>, SettingWords>>,
  decisive: readonly NoInfer<K>[] = [],
): Readonly<Record<string, Setting>> =>
  byKey(keysIn(definitions), (key) => ({ ...definitions[key], ...words[key], isDecisive: decisive.includes(key) }))
