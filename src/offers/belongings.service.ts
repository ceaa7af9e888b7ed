import { onlyTold } from '../customers/belongings.service.ts'
import { tellLimits } from './belongings.store.ts'

/** How often a customer used each offer, and how much of what: it follows from their reservations. */
export const LIMITS_USED = onlyTold('limitsUsed', tellLimits)
