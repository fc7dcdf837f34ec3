import { answerReferral, endReferral } from '#records/referral/answering.ts'
import { sendReferral } from '#records/referral/sending.ts'
import { prepareFiling } from '#records/people/filing.ts'
import { byItsOwnPage, service, type Preparer } from '../../service.ts'
import { runEligible } from '../means/eligible-command.ts'
import { legalAidEntrance } from '../entrance.ts'
import { legalAid as line } from '../legal-aid.line.ts'
import { letters } from '../letters.ts'
import { specialisms } from '../assignment/specialisms.ts'
import { refusals } from '../refusals.ts'
import { statutes } from '../statutes.ts'
import { basisOf, prepareAssessment } from './assessment.ts'
import { opening } from './opening.ts'
import { preparingChoice } from './candidates.ts'
import { reading } from './case-reading.ts'
import { legalAidMeasures } from './measures.ts'
import { alikePanel, assessmentPanel, candidatesPanel } from './panels.ts'
import { standingOf } from './registered.ts'
import { replaying } from './replay/replaying.ts'
import { settings } from './settings.ts'

const handOver: Preparer<object> = async (tx, matter, asked, channel) => ({
  ...(await prepareFiling(tx, matter, asked, channel)),
  handedOverAt: tx.now.toISOString(),
})

const choose = preparingChoice(reading)

/** Legal aid on application, whole. */
export const legalAid = service({
  line,
  entrance: legalAidEntrance,
  isFrontDoor: true,
  statutes,
  settings,
  refusals,
  letters,
  opening,
  effects: { sendReferral, answerReferral, endReferral },
  prepare: {
    attach: byItsOwnPage,
    appointProxy: byItsOwnPage,
    submit: prepareFiling,
    handOver,
    assess: prepareAssessment,
    assign: choose,
    assignUrgently: choose,
    replace: choose,
  },
  measures: legalAidMeasures,
  panels: [assessmentPanel, alikePanel, candidatesPanel(reading, ['assign', 'assignUrgently', 'replace'])],
  basis: basisOf,
  replaying,
  staffing: { specialisms, standing: standingOf },
  commands: { eligible: runEligible },
})
