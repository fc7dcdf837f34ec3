import { citeText } from '#kernel/cite.ts'
import type { Setting } from '#kernel/decide.ts'
import { stateNext, stateTitle, whoTitle } from '#kernel/face.ts'
import { foresee } from '#kernel/limits/foresee.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock, Matter } from '#kernel/matter.ts'
import type { Addressee } from '#kernel/letter.ts'
import { letterOf } from '#lines/services.ts'
import { fill, pick, say, type Language, type MessageKey } from '#platform/messages/messages.ts'

/** What an action leads to, in the desk's words, read off the line: the state after it, the limits it moves, and the letters it sends. */
export function helpOf(line: Line, matter: Matter, key: string, clocks: readonly Clock[], its: Setting, language: Language) {
  const { states, limits } = foresee(line, matter, key, clocks, its)
  return {
    becomes: states.filter((state) => state !== matter.state).map((state) => pick(stateTitle(line, state, 'desk'), language)),
    next: states.length === 1 ? nextOf(line, states[0]!, matter, language) : null, // its one element
    limits: limits.map(({ limit, change, dueAt }) => {
      const { title, of, cite } = line.limits[limit]! // `foresee` names the line's own
      return {
        title: pick(title, language),
        change,
        ofTitle: pick(whoTitle(line, of), language),
        dueAt: change === 'starts' || change === 'resumes' ? lastMoment(dueAt) : null,
        article: citeText(cite),
      }
    }),
    letters: lettersOf(line, line.actions[key]?.effects ?? [], matter, language),
  }
}

function nextOf(line: Line, state: string, matter: Matter, language: Language): string | null {
  const next = stateNext(line, { ...matter, state }, 'desk')
  return next && state !== matter.state ? pick(next, language) : null
}

/** Due dates are kept as the first instant after; people are told the last one of the day. */
export const lastMoment = (end: Date | null): string | null => (end ? new Date(end.getTime() - 1).toISOString() : null)

/** The letters among an action's effects, as they will read; a day the form fixes is not known yet. */
export const lettersOf = (line: Line, effects: readonly string[], { code }: Matter, language: Language): { to: string; text: string }[] =>
  effects.flatMap((effect) => {
    const letter = letterOf(line.key, effect)
    return letter
      ? [
          {
            to: toWhom(line, letter.to, language),
            text: fill(language, pick(letter.text, language), { code, until: say(language, 'help.until') }),
          },
        ]
      : []
  })

const toWhom = (line: Line, to: Addressee, language: Language): string =>
  to === 'supervisor' ? pick(line.desk.overseer, language) : say(language, addressees[to])

const addressees = {
  applicant: 'message.account',
  parties: 'message.parties',
  named: 'message.named',
  assignee: 'message.provider',
  agency: 'message.desk',
} as const satisfies Record<Exclude<Addressee, 'supervisor'>, MessageKey>
