import { dataRequestSettings } from './data-request/settings.ts'
import { settingDefinitions } from './legal-aid/settings.ts'

/** What the law leaves open, of every line. */
export const lineSettings = { ...settingDefinitions, ...dataRequestSettings }
