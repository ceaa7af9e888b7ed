/** Names for what the client gives no name of its own. */
import type { Quote } from '@regulars/client'

export type AppliedRule = Quote['orderRules'][number]
export type Outcome = Quote['refusedCodes'][number]['outcome']
