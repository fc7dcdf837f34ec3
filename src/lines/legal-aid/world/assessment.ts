import { v7 } from 'uuid'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { citeText } from '#kernel/cite.ts'
import type { Event, Matter, MatterId } from '#kernel/matter.ts'
import type { Reading, Step as ShownStep } from '#kernel/panel.ts'
import { refuse } from '#kernel/refusal.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { newSalt, seal, unseal, type Place } from '#platform/keys/crypto.ts'
import { noteKept } from '#platform/keys/kept.ts'
import { pick, type Language } from '#platform/messages/messages.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'
import { isUseStopped } from '#records/privacy/erasure.ts'
import { keptAssessment } from '#records/privacy/kept-tables.ts'
import { factsFrom } from '../means/facts-from.ts'
import { factLabels, Facts } from '../means/facts.ts'
import type { Answer, Finding } from '../means/finding.ts'
import { articlesBehind } from '../means/grounds.ts'
import { findings } from '../means/law.ts'
import { assess, type Assessment } from '../means/means.ts'
import { settingsFrom } from '../settings.ts'
import { outcomeWords, proposalWords } from '../means/reading-words.ts'
import type { Step } from '../means/trace.ts'
import type { Basis } from '../../service.ts'
import { perHead, seenText, stepTitles } from './step-titles.ts'

const place = (region: string, row: string, column: string): Place => ({ table: 'assessment', column, row, region })

/** Computes the eligibility proposal from the answers and keeps facts and trace sealed; what the log records is that it was made. A named officer decides. Refuses `use_stopped`. */
export async function prepareAssessment(tx: Tx, matter: Matter): Promise<Record<string, unknown>> {
  const { region } = matter
  if (await isUseStopped(tx, matter)) refuse('use_stopped')
  const facts = await factsOfMatter(tx, matter)
  const result = assess(
    facts,
    settingsFrom((key) => lawOf(tx, region).setting(key)),
  )
  const id = v7()
  const row = {
    region,
    id,
    matter: matter.id,
    proposal: result.proposal,
    made_by: tx.actor.id,
    at: tx.now,
    facts: seal(tx.on.keyring, JSON.stringify(facts), place(region, id, 'facts')),
    result: seal(tx.on.keyring, JSON.stringify(result), place(region, id, 'result')),
    salt: newSalt(),
  }
  await Promise.all([
    tx.db.insertInto('assessment').values(row).execute(),
    noteKept(tx, { region, matter: matter.id }, keptAssessment, [row]),
  ])
  return { assessment: id, proposal: result.proposal, urgent: result.urgent.isUrgent, topPriority: result.urgent.isTopPriority }
}

/** The decision's facts as the answers and the province's settings give them on the day of receipt. */
export async function factsOfMatter(tx: Tx, matter: Matter): Promise<Facts> {
  const law = lawOf(tx, matter.region)
  const said = plainAnswers(await answersOf(tx, matter))
  const filed = (await eventsOf(tx, matter)).find((event) => event.action === 'submit' || event.action === 'forward')
  const { receivedOn = dayOf(filed?.at ?? matter.openedAt) }: { receivedOn?: string } = filed?.input ?? {}
  const { 'hardship.standard': standard, 'hardship.allowanceFenPerMonth': allowanceFenPerMonth } = settingsFrom((key) => law.setting(key))
  return Facts.parse(factsFrom(said, { receivedOn, standard, allowanceFenPerMonth }))
}

/** One assessment as it was made; undefined where there is none, or it is past keeping. */
async function findAssessment(tx: Tx, at: MatterId, id: string): Promise<Assessment | undefined> {
  const row = await tx.db
    .selectFrom('assessment')
    .select('result')
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && openResult(tx, at.region, id, row.result)
}

const openResult = (tx: Tx, region: string, id: string, sealed: string): Assessment =>
  JSON.parse(unseal(tx.on.keyring, sealed, place(region, id, 'result'))) as Assessment // sealed by `prepareAssessment`

/** The last assessment in words, or null. */
export async function latestAssessment(tx: Tx, at: MatterId, language: Language): Promise<Reading | null> {
  const row = await tx.db
    .selectFrom('assessment')
    .selectAll()
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const result = openResult(tx, at.region, row.id, row.result)
  return {
    proposal: result.proposal,
    proposalTitle: pick(proposalWords[result.proposal], language),
    at: row.at.toISOString(),
    steps: stepsInWords(result, language),
    missing: result.missing.map((path) => pick(factLabels[path], language)),
  }
}

/** How it was worked out, step by step. */
const stepsInWords = ({ steps }: Pick<Assessment, 'steps'>, language: Language): ShownStep[] =>
  steps.map((step) => stepInWords(step, language))

/** The answer its finding gives; an assessment kept from before may hold a finding that is no more. */
const answerTo = ({ finding }: Pick<Step, 'finding'>): Answer | undefined => known[finding]?.answer
const known: Readonly<Partial<Record<string, Finding>>> = findings

/** One step of it. */
const stepInWords = (step: Step, language: Language): ShownStep => ({
  title: pick(stepTitles[step.step], language),
  outcome: step.outcome,
  outcomeTitle: pick(outcomeWords[answerTo(step) ?? step.outcome], language),
  input: seenText(step, language),
  threshold: step.threshold === undefined ? null : perHead(step.threshold, language),
  margin: step.marginFen === undefined ? null : perHead(step.marginFen, language),
  article: citeText(step.article),
  explain: pick(step.explain, language),
})

/** What a decision rests on that is the one its last assessment proposed: the articles behind it, and the steps but for the proposal itself, which is not the decision. */
export async function basisOf(tx: Tx, events: readonly Event[], decided: Event, proposal: string): Promise<Basis | undefined> {
  const last = events.findLast(({ seq, input }) => seq < decided.seq && input['assessment'])
  if (last?.input['proposal'] !== proposal) return undefined
  const found = await findAssessment(tx, decided, String(last.input['assessment']))
  return (
    found && {
      articles: articlesBehind(found),
      steps: (language) =>
        found.steps.filter(({ step }) => step !== 'decide').map((step) => ({ ...stepInWords(step, language), cite: step.article })),
    }
  )
}
