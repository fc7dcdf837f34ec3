import { byItsOwnPage, service } from '#lines/service.ts'
import { prepareFiling } from '#records/people/filing.ts'
import { sampleLineEntrance } from '../entrance.ts'
import { letters } from '../letters.ts'
import { sampleLine as line } from '../sample-line.line.ts'
import { statutes } from '../statutes.ts'

/** The service, whole. */
export const sampleLine = service({
  line,
  entrance: sampleLineEntrance,
  statutes,
  settings: {},
  refusals: {},
  letters,
  effects: {},
  prepare: { attach: byItsOwnPage, submit: prepareFiling },
  measures: [],
  panels: [],
})
