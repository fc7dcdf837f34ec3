import type { FactPath, Facts } from './facts.ts'
import type { HardshipStandard, Settings } from '../settings.ts'
import type { Trace } from './trace.ts'
import { ask, includes, isClear, made, note } from './trace.ts'

/** Compares in whole fen. An income equal to the standard is within it exactly where the province says so. */
export function inHardship(facts: Facts, settings: Settings, trace: Trace): boolean {
  const standard = facts.hardshipStandard ?? settings['hardship.standard']
  const threshold = standard && thresholdOf(standard, facts)
  const income = incomeCounted(facts, trace)
  if (!standard) ask(trace, 'hardshipStandard', 'standardUnset')
  else if (threshold === undefined || threshold === null) ask(trace, figureOf[standard.basis], 'figureUnset')
  else if (income) compareMeans(income, standard, threshold, trace)
  if (standard?.assetTest) weighAssets(facts, trace)
  if (isClear(trace)) verify(facts, settings, trace)
  return isClear(trace)
}

const figureOf: Record<HardshipStandard['basis'], FactPath> = {
  minimumLivingAllowanceMultiple: 'allowanceFenPerMonth',
  urbanDisposableIncomeShare: 'urbanIncomeFenPerMonth',
  fixedAmount: 'hardshipStandard',
}

/** The standard in fen per head and month, rounded to the fen; undefined while the local figure is not entered. */
function thresholdOf(standard: HardshipStandard, { allowanceFenPerMonth, urbanIncomeFenPerMonth }: Facts): number | undefined {
  if (standard.basis === 'fixedAmount') return standard.fenPerMonth
  const figure = standard.basis === 'urbanDisposableIncomeShare' ? urbanIncomeFenPerMonth : allowanceFenPerMonth
  const factor = standard.basis === 'urbanDisposableIncomeShare' ? standard.share : standard.multiple
  return figure === undefined ? undefined : Math.round(figure * factor)
}

type Income = { sum: number; heads: number; isAlone: boolean }

/** The household's income, or the applicant's own where the opponent is a family member living with them. */
function incomeCounted(facts: Facts, trace: Trace): Income | undefined {
  const { applicantOwnIncomeFenPerMonth: own, household } = facts
  if (own === undefined) ask(trace, 'applicantOwnIncomeFenPerMonth', 'incomeUnknown')
  const isAlone = opponentLivesTogether(facts)
  if (isAlone) return own === undefined ? undefined : { sum: own, heads: 1, isAlone }
  if (!household) return void ask(trace, 'household.members', 'incomeUnknown')
  if (isAlone === undefined) return void ask(trace, 'opponentLivesTogether', 'incomeUnknown')
  if (own === undefined) return undefined
  return {
    sum: household.members.reduce((sum, member) => sum + member.incomeFenPerMonth, own),
    heads: household.members.length + 1,
    isAlone,
  }
}

function opponentLivesTogether({ household, opponentLivesTogether: told }: Facts): boolean | undefined {
  if (told || household?.members.some(({ isOpponent }) => isOpponent)) return true
  return household?.members.every(({ isOpponent }) => isOpponent === false) ? false : told
}

function compareMeans({ sum, heads, isAlone }: Income, { inclusive }: HardshipStandard, threshold: number, trace: Trace): void {
  // Rounded away from the limit, so that comparing whole fen gives the same answer as comparing the exact quotient.
  const perHead = inclusive ? Math.ceil(sum / heads) : Math.floor(sum / heads)
  const isWithin = inclusive ? perHead <= threshold : perHead < threshold
  const finding = isWithin ? (isAlone ? 'hardshipAlone' : 'hardship') : isAlone ? 'noHardshipAlone' : 'noHardship'
  trace.steps.push({ ...made(finding, perHead), threshold, marginFen: threshold - perHead })
}

function weighAssets({ assets }: Facts, trace: Trace): void {
  if (!assets) ask(trace, 'assets.hasValuables', 'assetsUnknown')
  else if (assets.hasValuables) note(trace, 'hasValuables', true)
}

function verify({ verification }: Facts, settings: Settings, trace: Trace): void {
  if (!verification || !includes(settings['hardship.verificationMethods'], verification.method))
    ask(trace, 'verification.method', 'unverified')
  else if (!verification.done) ask(trace, 'verification.done', 'unverified')
  else note(trace, 'verified', verification.method)
}
