import type { z } from 'zod'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { pathOf, type Question } from '#kernel/journey/journey.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { channelTitle } from '#api/titles.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { answersByHolder, plainAnswers, type Answered } from '#records/people/answers.ts'
import { namesOf } from '#records/people/names.ts'
import { questionsOf } from '#records/people/questions.ts'
import type { Check } from '#records/people/verification.ts'
import { holderTitle, isShareable, mayShare } from '#records/privacy/sharing.ts'
import { answerInWords, maskedAnswer } from './answer-words.ts'
import type { MatterView } from './matter-schema.ts'
import { nameOf } from './timeline-view.ts'

type Fact = z.input<typeof MatterView>['facts'][number]
type Names = ReadonlyMap<string, string>
/** A table, and what everybody at it is called, by holder. */
type Table = { line: Line; matter: Matter; holders: Names }

/**
 * What was said in a matter, as far as the reader is shown it, with who said it and whose it is: to whoever sees all, what each side answers to the same
 * question; to a party, their own and what was shared with them.
 */
export async function factsOf(tx: Tx, { line, matter, holders }: Table, language: Language, known: Names): Promise<Fact[]> {
  const sides = await answersByHolder(tx, matter)
  const all = [...sides.values()].flatMap((said) => [...said.values()])
  const checkers = all.flatMap(({ source }) => source.verifiedBy ?? [])
  const names = checkers.length ? new Map([...known, ...(await namesOf(tx, checkers))]) : known
  const questions = (await questionsOf(tx, matter, dayOf(matter.openedAt))).filter(({ key }) => key !== 'notice')
  const order = [...holders.keys()]
  return [...sides]
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .flatMap(([holder, said]) => {
      const ofTitle = holder ? (holders.get(holder) ?? pick(holderTitle(line, matter, holder), language)) : null
      return toldIn(questions, said).flatMap((its) => factOf(tx, matter, { ...its, ofTitle }, language, names))
    })
}

type Told = { question: Question; answer: Answered }

/** What was answered before another answer made it needless is kept, but is no part of what they say now, unless they show it. */
function toldIn(questions: readonly Question[], said: ReadonlyMap<string, Answered>): Told[] {
  const asked = new Set(pathOf(questions, plainAnswers(said)).map(({ key }) => key))
  return questions.flatMap((question) => {
    const answer = said.get(question.key)
    return answer && (asked.has(question.key) || answer.sharedSeq === answer.seq) ? [{ question, answer }] : []
  })
}

function factOf(
  tx: Tx,
  matter: Matter,
  { question, answer, ofTitle }: Told & Pick<Fact, 'ofTitle'>,
  language: Language,
  names: Names,
): Fact[] {
  const isCitizen = tx.actor.kind === 'citizen'
  const rows = answerInWords(question, isCitizen ? answer.value : maskedAnswer(question, answer.value), language)
  if (!rows.length) return []
  const { saidBy, channel, at } = answer.source
  return [
    {
      question: question.key,
      title: pick(isCitizen ? question.title : question.factTitle, language),
      rows,
      seq: answer.seq,
      holder: answer.holder,
      ofTitle,
      source: { by: nameOf(saidBy, names, language), channel: channelTitle(channel, language), at: at.toISOString() },
      check: checkOf(tx, answer.source, names, language),
      isShared: answer.sharedSeq === answer.seq,
      mayShare: isShareable(question) && mayShare(tx, matter, answer.holder),
    },
  ]
}

function checkOf(tx: Tx, { verifiedBy, verifiedAt, verifiedHow }: Answered['source'], names: Names, language: Language): Fact['check'] {
  if (!verifiedBy || !verifiedAt) return null
  return {
    by: nameOf(verifiedBy, names, language),
    at: verifiedAt.toISOString(),
    how: say(language, `check.${verifiedHow as Check}`), // the column's check lists the ways
    isMine: verifiedBy === tx.actor.id,
  }
}
