import type { BasisPoints, Minor } from '../kernel/money.ts'
import type { WantedAdjustment } from '../pricebook/adjustment.model.ts'
import type { Optional } from '../pricebook/checks.model.ts'
import type { WantedTerms } from '../pricebook/terms.model.ts'
import type { Offer, OrderTerms } from '../pricing/rule.ts'

// An offer as it is asked for, before it is checked. What is null is as good as absent.

export type WantedOffer = WantedTerms & {
  readonly description?: Optional<string>
  readonly level: Offer['level']
  readonly trigger?: Optional<Offer['trigger']>
  readonly combination?: Optional<Offer['combination']>
  readonly firstOrderOnly?: Optional<boolean>
  readonly onlyUndiscounted?: Optional<boolean>
  readonly product?: Optional<WantedProductTerms>
  readonly order?: Optional<WantedOrderTerms>
  readonly totalLimit?: Optional<number>
  readonly perCustomerLimit?: Optional<number>
  readonly budget?: Optional<Minor>
  readonly returnsRestoreUse?: Optional<boolean>
  readonly coupons?: Optional<WantedCouponTerms>
  readonly campaign?: Optional<string>
}

export type WantedCouponTerms = {
  readonly claimable?: Optional<boolean>
  readonly stock?: Optional<number>
  readonly perCustomer?: Optional<number>
  readonly validDays?: Optional<number>
  readonly claimFrom?: Optional<Date>
  readonly claimUntil?: Optional<Date>
}

export type WantedProductTerms = {
  readonly adjustment: WantedAdjustment
  readonly minSubtotal?: Optional<Minor>
  readonly minQuantity?: Optional<number>
  readonly maxUnitsPerOrder?: Optional<number>
  readonly maxUnitsPerCustomer?: Optional<number>
}

export type WantedOrderTerms = {
  readonly form?: Optional<OrderTerms['form']>
  readonly steps?: Optional<readonly WantedStep[]>
  readonly repeat?: Optional<boolean>
  readonly multiBuy?: Optional<WantedMultiBuy>
  readonly bundle?: Optional<WantedBundle>
}

export type WantedStep = {
  readonly minSubtotal?: Optional<Minor>
  readonly minQuantity?: Optional<number>
  readonly minTierCode?: Optional<string>
  readonly percentOff?: Optional<BasisPoints>
  readonly amountOff?: Optional<Minor>
  readonly maxAmount?: Optional<Minor>
  readonly freeShipping?: Optional<boolean>
  readonly gifts?: Optional<readonly WantedGift[]>
  readonly surprise?: Optional<readonly WantedPrize[]>
}

export type WantedPrize = {
  readonly name: string
  readonly odds: BasisPoints
  readonly gift?: Optional<{ readonly sku: string; readonly quantity?: Optional<number> }>
  readonly amount?: Optional<Minor>
}

export type WantedGift = { readonly sku: string; readonly quantity?: Optional<number>; readonly minTierCode?: Optional<string> }
export type WantedMultiBuy = { readonly every: number; readonly units: number; readonly percentOff: BasisPoints }
export type WantedBundle = { readonly items: readonly WantedBundleItem[]; readonly price: Minor }
export type WantedBundleItem = { readonly sku: string; readonly quantity?: Optional<number> }
