import { v7 } from 'uuid'
import type { z } from 'zod'
import { dayOf } from '#kernel/calendar.ts'
import { citeText } from '#kernel/cite.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { factsFrom } from '#lines/legal-aid/facts-from.ts'
import { assess, type Assessment } from '#lines/legal-aid/means.ts'
import { factLabels, Facts } from '#lines/legal-aid/facts.ts'
import type { Answer, Finding } from '#lines/legal-aid/finding.ts'
import { findings } from '#lines/legal-aid/law.ts'
import { settingsFrom } from '#lines/legal-aid/settings.ts'
import type { Step } from '#lines/legal-aid/trace.ts'
import { act, type ActOptions } from '#engine/act.ts'
import { seal, unseal, type Place } from '#platform/keys/crypto.ts'
import { eventsOf, matterOf } from '#engine/matter-rows.ts'
import { pick, say, type Language, type MessageKey } from '#platform/messages/messages.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'
import { isUseStopped } from '#records/privacy/erasure.ts'
import { perHead, seenText, stepTitles } from './step-titles.ts'
import type { AssessmentView } from './matter-schema.ts'

const place = (region: string, row: string, column: string): Place => ({ table: 'assessment', column, row, region })

/** Computes the eligibility proposal from the answers, keeps facts and trace sealed, and records in the log that it was made. A named officer decides. Refuses `use_stopped`. */
export async function assessMatter(tx: Tx, at: MatterId, options: ActOptions): Promise<Matter> {
  const matter = (await matterOf(tx, at)) ?? refuse('not_found')
  if (await isUseStopped(tx, at)) refuse('use_stopped')
  const facts = await factsOfMatter(tx, matter)
  const result = assess(
    facts,
    settingsFrom((key) => lawOf(tx, at.region).setting(key)),
  )
  const id = options.key ?? v7()
  const next = await act(
    tx,
    at,
    'assess',
    { assessment: id, proposal: result.proposal, urgent: result.urgent.isUrgent, topPriority: result.urgent.isTopPriority },
    options,
  )
  await tx.db
    .insertInto('assessment')
    .values({
      region: at.region,
      id,
      matter: at.id,
      proposal: result.proposal,
      made_by: tx.actor.id,
      at: tx.now,
      facts: seal(tx.on.keyring, JSON.stringify(facts), place(at.region, id, 'facts')),
      result: seal(tx.on.keyring, JSON.stringify(result), place(at.region, id, 'result')),
    })
    .onConflict((conflict) => conflict.columns(['region', 'id']).doNothing())
    .execute()
  return next
}

/** The decision's facts as the answers and the province's settings give them on the day of receipt. */
export async function factsOfMatter(tx: Tx, matter: Matter): Promise<Facts> {
  const law = lawOf(tx, matter.region)
  const answers = plainAnswers(await answersOf(tx, matter))
  const filed = (await eventsOf(tx, matter)).find((event) => event.action === 'submit' || event.action === 'forward')
  const receivedOn = (filed?.input['receivedOn'] as string | undefined) ?? dayOf(filed?.at ?? matter.openedAt) // the filing form makes it a day
  const { 'hardship.standard': standard } = settingsFrom((key) => law.setting(key))
  return Facts.parse(
    factsFrom(answers, { receivedOn, standard, allowanceFenPerMonth: law.setting('hardship.allowanceFenPerMonth') as number | undefined }),
  ) // the setting's schema makes it an amount
}

/** One assessment as it was made; undefined where there is none, or it is past keeping. */
export async function findAssessment(tx: Tx, at: MatterId, id: string): Promise<Assessment | undefined> {
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
  JSON.parse(unseal(tx.on.keyring, sealed, place(region, id, 'result'))) as Assessment // sealed by `assessMatter`

/** The last assessment in words, or null. */
export async function latestAssessment(tx: Tx, at: MatterId, language: Language): Promise<z.input<typeof AssessmentView> | null> {
  const row = await tx.db
    .selectFrom('assessment')
    .selectAll()
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row || tx.actor.kind === 'citizen') return null
  const result = openResult(tx, at.region, row.id, row.result)
  return {
    proposal: result.proposal,
    proposalTitle: say(language, `proposal.${result.proposal}`),
    at: row.at.toISOString(),
    steps: stepsInWords(result, language),
    missing: result.missing.map((path) => pick(factLabels[path], language)),
  }
}

/** How it was worked out, step by step. */
export const stepsInWords = ({ steps }: Pick<Assessment, 'steps'>, language: Language) => steps.map((step) => stepInWords(step, language))

/** The answer its finding gives; an assessment kept from before may hold a finding that is no more. */
const answerTo = ({ finding }: Pick<Step, 'finding'>): Answer | undefined =>
  (Object.hasOwn(findings, finding) ? (findings[finding] as Finding) : undefined)?.answer // the table's rows are findings

/** One step of it. */
export const stepInWords = (step: Step, language: Language) => ({
  title: pick(stepTitles[step.step], language),
  outcome: step.outcome,
  outcomeTitle: say(language, `outcome.${answerTo(step) ?? step.outcome}` as MessageKey), // outcomes and answers are closed sets
  input: seenText(step, language),
  threshold: step.threshold === undefined ? null : perHead(step.threshold, language),
  margin: step.marginFen === undefined ? null : perHead(step.marginFen, language),
  article: citeText(step.article),
  explain: pick(step.explain, language),
})
