import { ownSteps } from '../own-steps/own-steps.ts'
import type { Line } from '../line.ts'
import { limitFlaws } from './limits.ts'
import { beginnings, finalStates, next, reach } from './paths.ts'
import { flawedLinks, strangersInBy, unreachableJoint } from './seats.ts'
import { clearText } from './words.ts'

/** What a line is proved against besides itself: the effects that its service handles, and the lines that take in whom others refer; what is left out is not looked at. */
export type Around = { effects?: readonly string[]; receivers?: readonly string[] }

/** What is wrong with a line as a process. A test asserts this is empty for every registered line. */
export const flaws = (line: Line, around: Around = {}): string[] => rules.flatMap((rule) => rule(line, around))

const rules: readonly ((line: Line, around: Around) => string[])[] = [
  stateFlaws,
  documentFlaws,
  actionFlaws,
  strangersInBy,
  unreachableJoint,
  flawedLinks,
  unhandledEffects,
  unreceivedReferrals,
  clearText,
  limitFlaws,
]

function stateFlaws(line: Line): string[] {
  const states = Object.keys(line.states)
  const final = finalStates(line)
  const reached = reach(line, ...beginnings(line))
  return [
    ...states.filter((state) => !reached.has(state)).map((state) => `state ${state} cannot be reached`),
    ...states.filter((state) => ![...reach(line, state)].some((s) => final.includes(s))).map((state) => `state ${state} cannot end`),
    ...final.filter((state) => next(line, state).some((s) => s !== state)).map((state) => `final state ${state} has a way out`),
    ...states
      .filter((s) => !final.includes(s) && line.states[s]?.waitsFor.length === 0)
      .map((s) => `state ${s} waits for nobody: it is in no queue`),
  ]
}

function documentFlaws({ documents, states }: Line): string[] {
  return Object.entries(documents)
    .filter(([, { owed }]) => owed && !(owed.in.length && owed.in.every((state) => state in states)))
    .map(([kind]) => `document ${kind} is owed in no state of the line`)
}

function actionFlaws(line: Line): string[] {
  const actions = Object.entries(line.actions)
  return [
    ...(line.files || actions.some(([, a]) => a.files) ? [] : ['nothing files a matter: no desk ever sees one']),
    ...actions.filter(([, a]) => a.numbered && !a.files).map(([key]) => `${key} draws a number, yet files nothing`),
    ...actions.filter(([, a]) => a.needs?.some((kind) => !(kind in line.documents))).map(([key]) => `${key} needs an undeclared document`),
    ...actions
      .filter(([, a]) => typeof a.to === 'function' && !a.reaches?.length)
      .map(([key]) => `${key} computes its state but declares none`),
    ...actions.filter(([key]) => key === 'open' || key in ownSteps).map(([key]) => `${key} is the engine's own action`),
    ...actions
      .filter(([, a]) => a.decides && !(a.decides.reasonsIn in a.form.shape))
      .map(([key]) => `${key} gives its reasons in a field that it does not record`),
    ...actions
      .filter(([, { toldTo, form }]) => toldTo && !(toldTo in form.shape))
      .map(([key, { toldTo }]) => `${key} is told to ${toldTo}, whom it does not record`),
    ...actions
      .filter(([, a]) => a.bulk && (a.own || a.by.every((who) => who === 'system')))
      .map(([key]) => `${key} is taken in bulk, yet has a page of its own or nobody to take it`),
  ]
}

/** Whoever is referred is taken in or sent back by somebody: else they would wait where nobody looks. */
function unreceivedReferrals({ actions, receives, openedBy }: Line, { receivers }: Around): string[] {
  return [
    ...(receives && !openedBy.includes('system') ? ['it takes in whom others refer, and the system may not open it'] : []),
    ...Object.entries(actions).flatMap(([key, { refers }]) =>
      refers && receivers && !receivers.includes(refers.to) ? [`${key} refers to ${refers.to}, which takes in nobody who is referred`] : [],
    ),
  ]
}

/** A misspelt effect would be queued with its event, and fail for good long after. */
function unhandledEffects(line: Line, { effects: handled }: Around): string[] {
  if (!handled) return []
  const named = [
    ['open', line.onOpen ?? []] as const,
    ...Object.entries(line.actions).map(([key, { effects = [] }]) => [key, effects] as const),
  ]
  return named.flatMap(([key, effects]) =>
    effects.filter((effect) => !handled.includes(effect)).map((effect) => `${key} causes ${effect}, which nobody handles`),
  )
}
