import { endReferral } from '#records/referral/answering.ts'
import { sendReferral } from '#records/referral/sending.ts'
import { byItsOwnPage, service } from '../../service.ts'
import { prepareFiling } from '#records/people/filing.ts'
import { consultation as line } from '../consultation.line.ts'
import { consultationEntrance } from '../entrance.ts'
import { letters } from '../letters.ts'
import { refusals } from '../refusals.ts'
import { statutes } from '../statutes.ts'
import { advisersPanel, prepareChosen } from './advisers.ts'
import { opening } from './opening.ts'
import { prepareAgain, prepareAnswer, prepareApproval } from './preparing.ts'
import { settings } from './settings.ts'

/** Legal consultation, whole. */
export const consultation = service({
  line,
  entrance: consultationEntrance,
  opening,
  statutes,
  settings,
  refusals,
  letters,
  effects: { sendReferral, endReferral },
  prepare: {
    attach: byItsOwnPage,
    submit: prepareFiling,
    askAgain: prepareAgain,
    answer: prepareAnswer,
    approve: prepareApproval,
    passOn: prepareChosen,
    setGuide: prepareChosen,
  },
  measures: [],
  panels: [advisersPanel],
})
