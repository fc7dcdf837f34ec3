import type { Question } from '#kernel/journey.ts'
import { journeyOn } from './legal-aid/journey.ts'

/** The citizen's journey of each line that has one, as of a day (YYYY-MM-DD). */
export const journeys: Readonly<Record<string, (today: string) => readonly Question[]>> = { 'legal-aid': journeyOn }
