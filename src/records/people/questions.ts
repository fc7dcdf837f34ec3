import { pathOf, type Question } from '#kernel/journey/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { matterOf } from '#engine/matter-rows.ts'
import type { Tx } from '#platform/tx.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { answersOf, plainAnswers } from './answers.ts'

/** What a matter's person is asked, as of a day (YYYY-MM-DD); in a line about another matter that depends on what was told there. */
export async function questionsOf(tx: Tx, matter: Matter, today: string): Promise<readonly Question[]> {
  const about = await parentOf(tx, matter)
  return askedIn(tx.on, matter, today, about && (await toldIn(tx, about, today)))
}

/** The matter a matter is about, where its line is about one and the reader sees it. */
export const parentOf = async (tx: Tx, { line, region, parent }: Matter): Promise<Matter | undefined> =>
  tx.on.entrances.get(line)?.isAboutMatter && parent ? matterOf(tx, { region, id: parent }) : undefined

/** The questions on a matter's path that were answered. */
async function toldIn(tx: Tx, matter: Matter, today: string): Promise<Question[]> {
  const answers = plainAnswers(await answersOf(tx, matter))
  return pathOf(askedIn(tx.on, matter, today), answers).filter(({ key }) => key in answers)
}

/** The journey of a matter's line, or what its one form asks. */
const askedIn = (
  on: Platform,
  { line, edition }: Pick<Matter, 'line' | 'edition'>,
  today: string,
  about: readonly Question[] = [],
): readonly Question[] => on.entrances.get(line)?.journey(today, about) ?? lineOf(on, line, edition).asked ?? []
