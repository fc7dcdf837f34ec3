import { byItsOwnPage, service } from '../../service.ts'
import { preparingChoice } from '../../legal-aid/world/candidates.ts'
import { criminalNotice as line } from '../criminal-notice.line.ts'
import { letters } from '../letters.ts'
import { statutes } from '../statutes.ts'
import { opening } from './opening.ts'
import { candidatesPanel } from '../../legal-aid/world/panels.ts'
import { reading } from './reading.ts'

/** Defence on notice, whole. It is legal aid without an application, and sends the same people by the same rules. */
export const criminalNotice = service({
  line,
  opening,
  statutes,
  settings: {},
  refusals: {},
  letters,
  effects: {},
  prepare: { attach: byItsOwnPage, assign: preparingChoice(reading) },
  measures: [],
  panels: [candidatesPanel(reading, ['assign'])],
})
