import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Result } from '../kernel/result.ts'
import type { PriceBook, Tier } from './book.ts'
import type { PriceItem } from './cart.ts'
import type { AppliedRule, PricingProblem } from './quote.ts'
import type { Shopper, Usage } from './shopper.ts'

/** What a shopper pays for one unit; amounts of one unit throughout. */
export type MemberPrice = {
  readonly sku: string
  readonly quantity: number
  readonly listPrice: Minor
  readonly memberPrice: Minor
  readonly saving: Minor
  readonly rules: readonly AppliedRule[]
  readonly nextTierPrice: { readonly tier: Tier; readonly price: Minor } | null
  readonly quantityBreaks: readonly { readonly minQuantity: number; readonly price: Minor }[]
}

export function memberPrices(
  _book: PriceBook,
  _shopper: Shopper | null,
  _items: readonly PriceItem[],
  _at: Instant,
  _usage?: Usage,
): Result<readonly MemberPrice[], PricingProblem> {
  throw new Error('being built')
}
