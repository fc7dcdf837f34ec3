import type { Entrance } from '#kernel/entrance.ts'
import type { Question } from '#kernel/journey.ts'
import { dataRequestEntrance } from './data-request/entrance.ts'
import { legalAidEntrance } from './legal-aid/entrance.ts'
import { grounds } from './objection/grounds.ts'

/** Every line a person can come to by themselves, the front door's first. */
export const entrances: readonly Entrance[] = [legalAidEntrance, dataRequestEntrance]

/** The line whose box, "what happened?", stands on the first page. */
export const frontDoor: Entrance = legalAidEntrance

/** The entrance of a line; undefined where only officers or organs open one. */
export const entranceOf = (line: string): Entrance | undefined => entrances.find((entrance) => entrance.line === line)

/** The questions of a line as of a day (YYYY-MM-DD); none where its people are asked nothing. */
export const journeyFor = (line: string, today: string, about: readonly Question[] = []): readonly Question[] =>
  entranceOf(line)?.journey(today, about) ?? askedAtOnce[line] ?? []

/** What is asked in the one form that opens a matter beside another, where there is no journey. */
const askedAtOnce: Readonly<Record<string, readonly Question[] | undefined>> = { objection: [grounds] }

/** Where a person has what is held of them shown, corrected, deleted or explained. */
export const rights: Entrance = dataRequestEntrance
