import type { Preparer } from '../../service.ts'
import { answersOf, saveAnswer } from '#records/people/answers.ts'
import { grounds } from '../grounds.ts'

/** What is said later stands below what was said before. */
export const keepGrounds: Preparer<{ words: string }> = async (tx, matter, asked, channel) => {
  const before = (await answersOf(tx, matter)).get(grounds.key)?.value as { words?: string } | undefined // the question's schema
  const words = [before?.words, asked.words].filter(Boolean).join('\n')
  await saveAnswer(tx, matter, grounds.key, { words }, channel)
  return {}
}
