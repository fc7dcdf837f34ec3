import { v5 } from 'uuid'
import { check } from '#kernel/decide.ts'
import { answersFrom, type Known } from '#kernel/journey/carried.ts'
import type { Answers } from '#kernel/journey/journey.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { seatedIn } from '#kernel/seat.ts'
import { act } from '#engine/act.ts'
import { queueEffect, type EffectHandler } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { eventsTold } from '#engine/words.ts'
import { lineOf } from '#platform/platform.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { saveAnswer } from '../people/answers.ts'
import { addNamed } from '../people/filing.ts'
import { halfKnown } from './asking.ts'
import { askedIn, knownFrom, offeredTo, type Offered } from './carried.ts'
import { moveShare, shareInto, sharesAt, type Share, type Stage } from './shares.ts'

type Answering = { stage: Exclude<Stage, 'ended'>; tells: string; action: string; letter: string }

/** By the step of the receiving line: what becomes of the share, and how the sending line and the person learn of it. */
const answers: Readonly<Record<string, Answering>> = {
  acceptReferral: { stage: 'accepted', tells: 'referralAccepted', action: 'acceptReferral', letter: 'tellTakenOver' },
  returnReferral: { stage: 'returned', tells: 'referralReturned', action: 'returnReferral', letter: 'tellSentBack' },
  takeBackReferral: { stage: 'revoked', tells: 'referralEnded', action: 'takeBackReferral', letter: 'tellTakenBack' },
}

/** What a desk answered, or the person took back, carried out: what it took over becomes its own, and whoever referred is told. May run twice, and acts once. */
export const answerReferral: EffectHandler = async (tx, job) => {
  const matter = await matterOf(tx, job)
  const share = matter && (await shareInto(tx, matter))
  const event = share && (await eventsTold(tx, matter, 'zh')).find(({ seq }) => seq === job.seq)
  const its = event && answers[event.action]
  if (!its) return
  if (its.stage === 'accepted') await takeOver(tx, matter, share)
  await moveShare(tx, share, its.stage)
  queueEffect(tx, { ...job, effect: its.letter })
  await tellSender(tx, share, event, its.tells)
}

/** Whoever referred took it back: what still waits for an answer there ends, as the person's own word would end it. May run twice, and acts once. */
export const endReferral: EffectHandler = async (tx, job) => {
  for (const { matter: from, toRegion, toMatter, stage } of await sharesAt(tx, job)) {
    const matter = stage === 'offered' && from === job.id ? await matterOf(tx, { region: toRegion, id: toMatter }) : undefined
    const line = matter && lineOf(tx.on, matter.line, matter.edition)
    const its = { actor: tx.actor, now: tx.now, law: lawOf(tx, toRegion) }
    if (line && !check(line, matter, 'takeBackReferral', its)) await act(tx, matter, 'takeBackReferral', {})
  }
}

/** What was offered is copied as answers with where they come from, so that nothing is asked again and the file stays whole whatever becomes of the other. */
async function takeOver(tx: Tx, matter: Matter, { toHolder, matter: carriedFrom }: Share): Promise<void> {
  const offered = await offeredTo(tx, matter)
  const known = knownFrom(offered)
  const told = answersFrom(askedIn(tx.on, matter), known)
  for (const [question, value] of Object.entries(told)) {
    const source = sourceOf(tx, matter, question, offered)
    if (source) await saveAnswer(tx, matter, question, value, { ...source, carriedFrom, holder: toHolder })
  }
  await keepHalves(tx, matter, { source: { carriedFrom, holder: toHolder }, offered, known, told })
  await addNamed(tx, matter, told)
}

type Halves = { source: { carriedFrom: string; holder: string }; offered: readonly Offered[]; known: Known; told: Answers }

/** What was offered of an answer that is owed more stays too, so that the rest alone is asked; what nobody asks here does not. */
async function keepHalves(tx: Tx, matter: Matter, { source, offered, known, told }: Halves): Promise<void> {
  const asked = askedIn(tx.on, matter).filter(({ key }) => !(key in told))
  const owed = new Set(asked.flatMap((question) => Object.values(question.facts ?? {})))
  const halves = Object.fromEntries([...known].filter(([fact]) => owed.has(fact)))
  const [first] = offered
  if (!first || !Object.keys(halves).length) return
  const { saidBy, channel, at } = first
  await saveAnswer(tx, matter, halfKnown, halves, { saidBy, channel, at, ...source })
}

/** Who said the first of the facts that an answer is made of, where and when: a word on how somebody is reached is no younger for having been carried. */
function sourceOf(tx: Tx, matter: Matter, key: string, offered: Awaited<ReturnType<typeof offeredTo>>) {
  const facts = Object.values(askedIn(tx.on, matter).find((question) => question.key === key)?.facts ?? {})
  const from = offered.find(({ question, value }) =>
    Object.entries(question.facts ?? {}).some(([field, fact]) => facts.includes(fact) && field in value),
  )
  return from && { saidBy: from.saidBy, channel: from.channel, at: from.at }
}

/** Whoever referred learns that it was answered, and of the answer the reason alone. One that does not wait, or is over, is left as it is. */
async function tellSender(tx: Tx, { region, id, matter, toLine, holder }: Share, { seq, input }: Event, action: string): Promise<void> {
  const from = await matterOf(tx, { region, id: matter })
  const line = from && lineOf(tx.on, from.line, from.edition)
  if (!line || check(line, from, action, { actor: tx.actor, now: tx.now, law: lawOf(tx, region) })) return
  const { reason, instead } = input
  const told = {
    service: toLine,
    ...(holder && { holder }),
    ...(action === 'referralReturned' && { reason, ...(instead !== undefined && { instead }) }),
  }
  const { version } = await act(tx, from, action, told, { key: v5(`${seq} answered`, id) })
  const isReached = seatedIn(from).some((one) => one.account !== null && (!holder || one.id === holder))
  if (!isReached) queueEffect(tx, { effect: 'tellByWord', region, id: from.id, seq: version })
}
