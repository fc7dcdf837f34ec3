import { byItsOwnPage, service } from '../../service.ts'
import { confirmation as line } from '../confirmation.line.ts'
import { letters } from '../letters.ts'
import { refusals } from '../refusals.ts'
import { statutes } from '../statutes.ts'
import { opening } from './opening.ts'

/** Judicial confirmation, whole. */
export const confirmation = service({
  line,
  opening,
  statutes,
  settings: {},
  refusals,
  letters,
  effects: {},
  prepare: { attach: byItsOwnPage },
  measures: [],
  panels: [],
})
