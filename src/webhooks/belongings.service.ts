import { onlyTold } from '../customers/belongings.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import { forgetAnswers, tellEvents } from './delivery.store.ts'

/**
 * What happened stays under the customer's own id, and says nothing of who they are: that is read when it is sent. What somebody answered
 * may say it, and is forgotten.
 */
export const EVENTS_TOLD: Belongings = { ...onlyTold('webhookEvents', tellEvents), forget: forgetAnswers }
