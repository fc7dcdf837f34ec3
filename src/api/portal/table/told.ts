import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Question } from '#kernel/journey/journey.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { entranceOf } from '#lines/services.ts'
import { isHeldOf, ownerIn } from '#engine/standing.ts'
import type { Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { recognisable } from '#api/matter/answer-words.ts'
import type { Fact, Shown } from '#portal/pieces/facts.tsx'
import { rowsOf, type AnsweredRow } from '#portal/shown.ts'
import { answersOf, sharedWith, type Answered } from '#records/people/answers.ts'
import { questionsOf } from '#records/people/questions.ts'
import { holderTitle, isShareable, mayShare } from '#records/privacy/sharing.ts'
import { askToCorrect } from '../rights.ts'
import { sharePath } from './share.tsx'

/** What the reader told, as a list shows numbers, each with a way to have it corrected and, at a table with two sides, to show it; not to a proxy, who disposes of nothing. */
export async function factsOf(tx: Tx, matter: Matter, language: Language): Promise<Fact[]> {
  const questions = await questionsOf(tx, matter, dayOf(tx.now))
  const known = await answersOf(tx, matter)
  const own = ownerIn(tx, matter, tx.actor.id)
  const mayAsk = isHeldOf(tx, matter) && !entranceOf(matter.line)?.isAboutMatter
  return questions.flatMap((question) => {
    const answer = known.get(question.key)
    if (!answer || answer.holder !== own) return []
    const row = readBack(question, answer, language)
    return row
      ? [
          {
            ...row,
            at: answer.source.at,
            ...(mayAsk && { correctHref: askToCorrect(matter.code, question) }),
            ...sharingOf(tx, matter, question, answer),
          },
        ]
      : []
  })
}

/** What the other seats show the reader of what they said. */
export async function shownToReader(tx: Tx, line: Line, matter: Matter, language: Language): Promise<Shown[]> {
  const shown = await sharedWith(tx, matter, ownerIn(tx, matter, tx.actor.id))
  if (!shown.length) return []
  const questions = new Map((await questionsOf(tx, matter, dayOf(tx.now))).map((question) => [question.key, question]))
  return shown.flatMap(([key, answer]) => {
    const question = questions.get(key)
    const row = question && readBack(question, answer, language)
    return row ? [{ ...row, key: `${answer.holder}/${key}`, at: answer.source.at, of: holderTitle(line, matter, answer.holder) }] : []
  })
}

/** An answer in lines; none of a question that only told something, or of one that took files. */
function readBack(question: Question, { value }: Answered, language: Language): AnsweredRow | undefined {
  if (question.key === 'notice' || question.fields.every(({ kind }) => kind === 'files')) return undefined
  const words = recognisable(question, value as object) // answers are objects by field
  const [row] = rowsOf([{ ...question, appliesWhen: () => true }], { [question.key]: words }, language)
  return row?.lines.length ? row : undefined
}

function sharingOf(tx: Tx, matter: Matter, question: Question, { holder, seq, sharedSeq }: Answered): Pick<Fact, 'sharing'> {
  if (!isShareable(question) || !mayShare(tx, matter, holder)) return {}
  const sees = sharedSeq === null ? 'nothing' : sharedSeq === seq ? 'this' : 'earlier'
  return { sharing: { sees, href: sharePath(matter.code, 'answer', question.key) } }
}
