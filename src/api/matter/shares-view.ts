import type { z } from 'zod'
import type { Matter } from '#kernel/matter.ts'
import { topics, topicsOf } from '#parts/facts.ts'
import { newest } from '#platform/platform.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { channelTitle } from '#api/titles.ts'
import { offeredTo } from '#records/referral/carried.ts'
import { sharesAt, type Share } from '#records/referral/shares.ts'
import { answerInWords, maskedAnswer } from './answer-words.ts'
import type { MatterView } from './matter-schema.ts'
import { nameOf } from './timeline-view.ts'

type View = z.input<typeof MatterView>

/** What was carried from a matter or into it, in words: to whom, which topics, by what leave, and how far it has come. */
export const sharesShown = async (tx: Tx, matter: Matter, language: Language): Promise<View['shares']> =>
  (await sharesAt(tx, matter)).map((share) => ({
    id: share.id,
    words: wordsOf(tx, share, share.toMatter === matter.id ? 'share.in' : 'share.out', language),
    leave: say(language, `share.leave.${share.leave}`),
    stage: say(language, `share.stage.${share.stage}`),
    at: share.givenAt.toISOString(),
  }))

function wordsOf(tx: Tx, { toLine, keys }: Share, key: 'share.in' | 'share.out', language: Language): string {
  const line = pick(newest(tx.on, toLine)?.title ?? { zh: toLine, en: toLine }, language)
  const told = topicsOf(keys).map((topic) => pick(topics[topic], language))
  return say(language, key, { line, topics: told.join(say(language, 'word.comma')) })
}

/** What came along with a referral that its desk has not answered: the words of the one it is for, masked as at every desk, and no part of the file yet. */
export async function offeredFacts(tx: Tx, matter: Matter, language: Language, names: ReadonlyMap<string, string>): Promise<View['facts']> {
  const isCitizen = tx.actor.kind === 'citizen'
  return (await offeredTo(tx, matter)).flatMap(({ question, value, saidBy, channel, at }) => {
    const rows = answerInWords(question, isCitizen ? value : maskedAnswer(question, value), language)
    if (!rows.length) return []
    const source = { by: nameOf(saidBy, names, language), channel: channelTitle(channel, language), at: at.toISOString() }
    const title = pick(isCitizen ? question.title : question.factTitle, language)
    const its = { holder: '', check: null, isShared: false, mayShare: false, ofTitle: say(language, 'share.offered') }
    return [{ question: question.key, title, rows, seq: 0, source, ...its }]
  })
}
