import type { Actor } from './actor.ts'
import type { Line, Text } from './line.ts'
import { everybody } from './limits/limit.ts'
import type { Matter } from './matter.ts'

/** To whom a sentence speaks: the person whose matter it is, or those who work on it at the desk. */
export type Face = 'person' | 'desk'

/** How an actor is spoken to. */
export const faceOf = ({ kind }: Pick<Actor, 'kind'>): Face => (kind === 'staff' || kind === 'provider' ? 'desk' : 'person')

/** What a state of the line is called on this face. */
export const stateTitle = (line: Line, state: string, face: Face): Text => {
  const { title, desk } = line.states[state]! // a matter's state is one of its line's
  return (face === 'desk' && desk?.title) || title
}

/** What comes next in a state of the line, as this face is told of a matter that stands in it. */
export const stateNext = (line: Line, matter: Pick<Matter, 'state' | 'seats' | 'data'>, face: Face): Text | undefined => {
  const { next, nextFor, desk } = line.states[matter.state]! // likewise
  return face === 'desk' ? (desk?.next ?? next) : (nextFor?.(matter) ?? next)
}

/** Who is bound or waited for, as a line calls them: the holder of a seat, everybody there together, or the body at whose desk the matter lies. */
export const whoTitle = (line: Pick<Line, 'seats' | 'desk'>, who: string): Text =>
  line.seats[who]?.title ?? (who === everybody ? all : line.desk.title)

const all: Text = { zh: '各方', en: 'everybody' }
