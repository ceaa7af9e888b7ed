import type { CustomerFacts } from './facts.ts'
import type { SqlFragment } from './fragment.ts'
import type { ResolvedQuery } from './resolved.ts'
import type { CustomerKey } from './sql.ts'

/** One figure that a customer must reach, all others apart. */
export type ProgressCondition = {
  /** `amount_spent`, or `orders_placed.sum_amount` for what a function counts. */
  readonly attribute: string
  /** Whether the figures are minor units of money; else they are plain numbers. */
  readonly isAmount: boolean
  /** The least that is enough. */
  readonly needs: number
  readonly has:
    | { readonly from: 'facts'; readonly of: (facts: CustomerFacts) => number }
    | { readonly from: 'database'; readonly select: (customer: CustomerKey) => SqlFragment }
}

export function progressConditions(_query: ResolvedQuery): readonly ProgressCondition[] {
  throw new Error('not built yet')
}
