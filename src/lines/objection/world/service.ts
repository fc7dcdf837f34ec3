import { service } from '../../service.ts'
import { letters } from '../letters.ts'
import { objection as line } from '../objection.line.ts'
import { refusals } from '../refusals.ts'
import { statutes } from '../statutes.ts'
import { opening } from './objecting.ts'
import { keepGrounds } from './keeping-grounds.ts'
import { parentEffects } from './parent-effects.ts'
import { byItsOwnPage } from '../../service.ts'

/** The objection to a decision on legal aid, whole. */
export const objection = service({
  line,
  opening,
  statutes,
  settings: {},
  refusals,
  letters,
  effects: parentEffects,
  prepare: { attach: byItsOwnPage, addGrounds: keepGrounds },
  measures: [],
  panels: [],
})
