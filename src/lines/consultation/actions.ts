import { answeringActions } from './answering-actions.ts'
import { askingActions } from './asking-actions.ts'
import { endingActions } from './ending-actions.ts'

/** Everything that can happen in a consultation. */
export const consultationActions = { ...askingActions, ...answeringActions, ...endingActions }
