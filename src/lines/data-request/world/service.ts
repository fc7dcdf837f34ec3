import { refuse } from '#kernel/refusal.ts'
import { mustBeKept } from '#records/privacy/erasure.ts'
import { prepareFiling } from '#records/people/filing.ts'
import { parentOf } from '#records/people/questions.ts'
import { byItsOwnPage, service, type Preparer } from '../../service.ts'
import { dataRequest as line } from '../data-request.line.ts'
import { dataRequestEntrance } from '../entrance.ts'
import { letters } from '../letters.ts'
import { refusals } from '../refusals.ts'
import { statutes } from '../statutes.ts'
import { carryOut, isOfPrincipal, stopUseOfParent } from './carry-out.ts'
import { settings } from './settings.ts'

/** Whether what is asked to be deleted has become a file the law has kept. */
const prepareAnswer: Preparer<Record<string, unknown>> = async (tx, matter, asked) => {
  const about = await parentOf(tx, matter) // a draft is not seen at the desk, and is no file
  return { ...asked, mustBeKept: about !== undefined && mustBeKept(tx, about) }
}

/** All use of a matter is stopped for the person it is for, and for nobody who was only asked to answer in it. */
const prepareRestriction: Preparer<Record<string, unknown>> = async (tx, matter, asked) => {
  const about = await parentOf(tx, matter)
  if (about && !isOfPrincipal(tx, matter, about)) refuse('not_applicable')
  return asked
}

/** A person's request over what is held of them, whole. */
export const dataRequest = service({
  line,
  entrance: dataRequestEntrance,
  isForRights: true,
  statutes,
  settings,
  refusals,
  letters,
  effects: { carryOut, stopUse: stopUseOfParent },
  prepare: { attach: byItsOwnPage, submit: prepareFiling, fulfil: prepareAnswer, restrict: prepareRestriction },
  measures: [],
  panels: [],
})
