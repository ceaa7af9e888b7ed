import type { Instant } from '../kernel/clock.ts'
import type { Result } from '../kernel/result.ts'
import type { PriceBook } from './book.ts'
import type { Cart } from './cart.ts'
import type { PricingProblem, Quote } from './quote.ts'
import type { Shopper, Usage } from './shopper.ts'

/**
 * `usage`: what limited offers have given so far (absent: nothing). `explain`: a trace on each line.
 * `reserving`: offers that need an identified shopper are withheld from nobody.
 */
export type PriceOptions = { readonly usage?: Usage; readonly explain?: boolean; readonly reserving?: boolean }

export function price(
  _book: PriceBook,
  _shopper: Shopper | null,
  _cart: Cart,
  _at: Instant,
  _options: PriceOptions = {},
): Result<Quote, PricingProblem> {
  throw new Error('being built')
}
