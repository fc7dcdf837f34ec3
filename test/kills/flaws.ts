import type { Outcome } from './killing.ts'

/** What must not be, a line each; none where everything that was told is there, once. */
export function flawsOf(outcome: Outcome): string[] {
  const { fates, notices, afterSweep, jobs, numbers, texts, faults, verify, sealsGoOn } = outcome
  const some = (what: string, list: readonly string[]): string[] =>
    list.length ? [`${what}: ${list.length}, such as ${list.slice(0, 3).join(' · ')}`] : []
  return [
    ...[...fates].flatMap(([kind, { lost, doubled, doneThoughRefused }]) => [
      ...some(`${kind} lost`, lost),
      ...some(`${kind} doubled`, doubled),
      ...some(`${kind} refused, and yet done`, doneThoughRefused),
    ]),
    ...some(
      'notices lost',
      notices.told.filter((one) => !notices.logged.includes(one)),
    ),
    ...(notices.logged.length > notices.told.length ? [`notices doubled: ${notices.logged.length - notices.told.length}`] : []),
    ...some('rows without their bytes', afterSweep.bytesGone),
    ...(afterSweep.orphans ? [`bytes without a row: ${afterSweep.orphans}`] : []),
    ...(afterSweep.drafts ? [`halves of files: ${afterSweep.drafts}`] : []),
    ...(afterSweep.spooled ? [`forms that were coming in: ${afterSweep.spooled}`] : []),
    ...some('jobs not done', jobs),
    ...some('numbers', numbers),
    ...some('texts', texts),
    ...some('faults', faults),
    ...(verify.code === 0 ? [] : [`verify: ${verify.printed}`]),
    ...(sealsGoOn ? [] : ['no seal was made']),
  ]
}
