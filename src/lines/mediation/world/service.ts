import { byItsOwnPage, service } from '../../service.ts'
import { answerReferral } from '#records/referral/answering.ts'
import { sendReferral } from '#records/referral/sending.ts'
import { prepareFiling } from '#records/people/filing.ts'
import { mediationEntrance } from '../entrance.ts'
import { letters } from '../letters.ts'
import { mediation as line } from '../mediation.line.ts'
import { refusals } from '../refusals.ts'
import { statutes } from '../statutes.ts'
import { openConfirmation } from './confirmation.ts'
import { opening } from './opening.ts'
import { showText } from './showing.ts'
import { prepareExtension, prepareFirstDue, prepareInvited, prepareNextDue, prepareTakingOver, prepareTelling } from './preparing.ts'
import { settings } from './settings.ts'

/** People's mediation, whole. */
export const mediation = service({
  line,
  entrance: mediationEntrance,
  opening,
  statutes,
  settings,
  refusals,
  letters,
  effects: { openConfirmation, sendReferral, answerReferral },
  prepare: {
    attach: byItsOwnPage,
    submit: prepareFiling,
    acceptReferral: prepareTakingOver,
    invite: prepareInvited,
    tell: prepareTelling,
    agreeToExtend: prepareExtension,
    propose: showText,
    seal: prepareFirstDue,
    agreeOrally: prepareFirstDue,
    recordInstalment: prepareNextDue,
  },
  measures: [],
  panels: [],
})
