import type { Desk } from '#kernel/desk.ts'
import type { Limit } from '#kernel/limit.ts'
import type { Line, State, Text } from '#kernel/line.ts'
import { serviceOf } from '#lines/services.ts'
import { say, type MessageKey } from '#platform/messages/messages.ts'

/** Whoever a state waits for, a limit binds or a paper is owed by. */
type Bound = Exclude<State['waitsFor'], 'nobody'> | Limit<string, string>['of']

/** The desk on which a matter lies that waits for somebody: the line's own, or, while the body that hears its remedy decides, that body's. */
export function deskOf(line: Line, of: State['waitsFor'] | Bound): Desk {
  const elsewhere = of === 'bureau' ? line.remedy?.line : undefined
  return (elsewhere && serviceOf(elsewhere)?.line.desk) || line.desk
}

/** What whoever is bound is called: an office by its desk, a party by its part. */
export const boundTitle = (line: Line, of: Bound): Text => (isDesk(of) ? deskOf(line, of).title : both(`of.${of}`))

const isDesk = (of: Bound): of is 'agency' | 'bureau' => of === 'agency' || of === 'bureau'

const both = (key: MessageKey): Text => ({ zh: say('zh', key), en: say('en', key) })
