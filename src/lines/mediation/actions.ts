import { agreementActions } from './agreement-actions.ts'
import { consentActions } from './consent-actions.ts'
import { hearingActions } from './hearing-actions.ts'
import { mediatorActions } from './mediator-actions.ts'
import { referralActions } from './referral-actions.ts'
import { tableActions } from './table-actions.ts'

/** Everything that can happen in a mediation. */
export const mediationActions = {
  ...consentActions,
  ...mediatorActions,
  ...hearingActions,
  ...tableActions,
  ...agreementActions,
  ...referralActions,
}
