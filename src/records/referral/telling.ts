import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Question } from '#kernel/journey/journey.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { holdersIn, seatedIn, type Holder } from '#kernel/seat.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { isPartyTo } from '#engine/standing.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers, saveAnswers } from '../people/answers.ts'
import { addNamed } from '../people/filing.ts'
import { questionsOf } from '../people/questions.ts'
import { isUseStopped } from '../privacy/erasure.ts'
import { isAsking, knownOf, partOf } from './asking.ts'
import { judged, type Told } from './opening-for.ts'

/**
 * What somebody answers by word, written down for them: as theirs, on the channel it came by. What of an answer is known already need not be said again. Refuses
 * whoever takes nothing in, and what no question takes.
 */
export async function tellFor(
  tx: Tx,
  at: MatterId,
  { said, channel, holder }: { said: Told; channel: string; holder?: string | undefined },
): Promise<void> {
  const matter = (await matterOf(tx, at)) ?? refuse('not_found')
  if (isPartyTo(tx, matter)) refuse('not_permitted', { action: 'answer' })
  if (await isUseStopped(tx, at)) refuse('use_stopped')
  if (!isAsking(tx, matter)) refuse('wrong_state', { state: matter.state })
  const questions = await questionsOf(tx, matter, dayOf(tx.now))
  const whose = whoseWord(tx, matter, holder)
  const told = judged(questions, whose ? await completed(tx, matter, { whose, questions, said }) : said)
  await saveAnswers(tx, at, told, { channel, ...(whose && { saidBy: whose.id, holder: whose.id }) })
  if (whose?.account === null && isPrincipal(tx, matter, whose))
    await addNamed(tx, matter, plainAnswers(await answersOf(tx, matter, whose.id)))
}

const principalOf = (tx: Tx, { line, edition }: Matter): string => lineOf(tx.on, line, edition).principal

const isPrincipal = (tx: Tx, matter: Matter, { id }: Holder): boolean => holdersIn(matter, principalOf(tx, matter))[0]?.id === id

/** Who is named, else the person the matter is for. */
const whoseWord = (tx: Tx, matter: Matter, holder: string | undefined): Holder | undefined =>
  holder
    ? (seatedIn(matter).find(({ id }) => id === holder) ?? refuse('not_found', { holder }))
    : holdersIn(matter, principalOf(tx, matter))[0]

type Saying = { whose: Holder; questions: readonly Question[]; said: Told }

/** What was said, with what is known of the same answer and was left out. */
async function completed(tx: Tx, matter: Matter, { whose, questions, said }: Saying): Promise<Told> {
  const answers = plainAnswers(await answersOf(tx, matter, whose.id))
  const known = await knownOf(tx, matter, { holder: whose, questions, answers })
  const halfOf = (key: string) => {
    const question = questions.find((one) => one.key === key)
    return question && !(key in answers) ? partOf(question, known) : {}
  }
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, { ...halfOf(key), ...value }]))
}
