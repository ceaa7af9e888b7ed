import { wilson } from '../kernel/wilson.ts'
import { type Rate, TOO_SMALL } from './profit.model.ts'

/** A share of customers with Wilson's interval. */
export const rateOf = (hits: number, of: number): Rate => ({
  of,
  hits,
  share: of === 0 ? 0 : hits / of,
  ...wilson(hits, of),
  isTooSmall: of < TOO_SMALL,
})
