import type { BasisPoints, Minor } from '../kernel/money.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Adjustment } from '../pricing/rule.ts'
import { bad, type Optional } from './checks.model.ts'

/** An adjustment as it is asked for: exactly one of the three. */
export type WantedAdjustment = {
  readonly percentOff?: Optional<BasisPoints>
  readonly amountOff?: Optional<Minor>
  readonly fixedPrice?: Optional<Minor>
}

export function readAdjustment({ percentOff, amountOff, fixedPrice }: WantedAdjustment): Result<Adjustment, Problem> {
  const given: Adjustment[] = []
  if (percentOff != null) given.push({ kind: 'PERCENT_OFF', bp: percentOff })
  if (amountOff != null) given.push({ kind: 'AMOUNT_OFF', amount: amountOff })
  if (fixedPrice != null) given.push({ kind: 'FIXED_PRICE', price: fixedPrice })
  const [adjustment, another] = given
  if (adjustment === undefined || another !== undefined) return refuse(bad('Give exactly one of percentOff, amountOff and fixedPrice.'))
  if (amountOff === 0) return refuse(bad('amountOff must be more than 0.', 'amountOff'))
  return accept(adjustment)
}
