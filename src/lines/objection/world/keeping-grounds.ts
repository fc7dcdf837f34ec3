import type { Preparer } from '../../service.ts'
import { answersOf, plainAnswers, saveAnswer } from '#records/people/answers.ts'
import { grounds, schema } from '../grounds.ts'
import type { SaidTo } from '#kernel/journey/journey.ts'

/** What is said later stands below what was said before. */
export const keepGrounds: Preparer<{ words: string }> = async (tx, matter, asked, channel) => {
  const said: SaidTo<{ grounds: typeof schema }> = plainAnswers(await answersOf(tx, matter))
  const words = [said.grounds?.words, asked.words].filter(Boolean).join('\n')
  await saveAnswer(tx, matter, grounds.key, { words }, channel)
  return {}
}
