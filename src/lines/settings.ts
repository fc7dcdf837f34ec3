import { dataRequestSettings } from './data-request/settings.ts'
import { settingDefinitions } from './legal-aid/settings.ts'

/** What the law leaves open, of every line. */
export const lineSettings = { ...settingDefinitions, ...dataRequestSettings }

/** The defaults by key: a place where nobody has set anything yet. */
export const defaultLineSettings: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(lineSettings).map(([key, setting]) => [key, setting.default]),
)
