import type { Instant } from '../kernel/clock.ts'
import type { BasisPoints, Minor } from '../kernel/money.ts'

// The shop's rules as plain data. Whoever stores them keeps them as JSON; whoever prices compiles them with buildBook.

/** What a rule does to one unit price. No adjustment ever raises a price. */
export type Adjustment =
  | { readonly kind: 'PERCENT_OFF'; readonly bp: BasisPoints }
  | { readonly kind: 'AMOUNT_OFF'; readonly amount: Minor }
  | { readonly kind: 'FIXED_PRICE'; readonly price: Minor }

/**
 * Which products a rule reaches: the union of the four lists (everything, if none is given), less the union of the four
 * excluded lists, and with `launchedWithinDays` only what was launched in that many times 24 hours.
 * A category is a path joined with `/` and reaches all below it. Product tags compare without regard to case, the rest exactly.
 */
export type Scope = {
  readonly skus?: readonly string[]
  readonly categories?: readonly string[]
  readonly brands?: readonly string[]
  readonly productTags?: readonly string[]
  readonly excludedSkus?: readonly string[]
  readonly excludedCategories?: readonly string[]
  readonly excludedBrands?: readonly string[]
  readonly excludedProductTags?: readonly string[]
  readonly launchedWithinDays?: number
}

/** Recurring days in the shop's time zone; all that are given must match. Times are `HH:MM`, `untilTime` is excluded. */
export type Schedule = {
  readonly daysOfMonth?: readonly number[]
  /** 1 Monday to 7 Sunday. */
  readonly daysOfWeek?: readonly number[]
  readonly fromTime?: string
  readonly untilTime?: string
}

/** What every rule says about itself: who it is for, what it reaches, and when. */
export type RuleTerms = {
  /** Unique over ladders and offers of a shop, without regard to ASCII case. */
  readonly code: string
  readonly name: string
  /** The larger goes first. */
  readonly priority: number
  /** A customer query; null is everyone. Opaque to the engine, which only asks whether the shopper is in it. */
  readonly audience: string | null
  readonly scope: Scope | null
  readonly schedule: Schedule | null
  readonly validFrom: Instant | null
  readonly validUntil: Instant | null
}

/** One step of a ladder: what a tier (null: everyone) pays from a quantity on. A higher tier has it too. */
export type Rung = { readonly tierCode: string | null; readonly minQuantity: number; readonly adjustment: Adjustment }

export type Ladder = RuleTerms & { readonly kind: 'LADDER'; readonly rungs: readonly Rung[] }

/** An offer of level PRODUCT: an adjustment of unit prices. The two minimums look at the cart's lines in scope, at list price. */
export type ProductTerms = {
  readonly adjustment: Adjustment
  readonly minSubtotal: Minor | null
  readonly minQuantity: number | null
  readonly maxUnitsPerOrder: number | null
  readonly maxUnitsPerCustomer: number | null
}

/** Given with a step; `minTier` is a tier's code. */
export type GiftTerms = { readonly sku: string; readonly quantity: number; readonly minTier: string | null }

/** What a surprise may give: a gift, or an amount that the shop then owes. `odds` of all prizes together are at most 100 %. */
export type Prize = { readonly name: string; readonly odds: BasisPoints } & (
  | { readonly gift: PrizeGift; readonly amount: null }
  | { readonly gift: null; readonly amount: Minor }
)
export type PrizeGift = { readonly sku: string; readonly quantity: number }

/** One step of a threshold offer. `off` null: the step takes nothing, and is there for its perks. */
export type Step = {
  readonly minSubtotal: Minor
  readonly minQuantity: number | null
  /** The code of the lowest tier that has this step; null: everyone. */
  readonly minTier: string | null
  readonly off: { readonly kind: 'PERCENT_OFF'; readonly bp: BasisPoints } | { readonly kind: 'AMOUNT_OFF'; readonly amount: Minor } | null
  readonly maxAmount: Minor | null
  readonly freeShipping: boolean
  readonly gifts: readonly GiftTerms[]
  /** One of these is drawn when the order is committed, or nothing by the odds that are left; absent: there is no draw. */
  readonly surprise?: readonly Prize[]
}

export type ThresholdTerms = { readonly form: 'THRESHOLD'; readonly steps: readonly Step[]; readonly repeat: boolean }
/** Of every `every` units, from the dearest down, the last `units` have `bp` taken off. */
export type MultiBuyTerms = { readonly form: 'MULTI_BUY'; readonly every: number; readonly units: number; readonly bp: BasisPoints }
/** A set of skus for one price. */
export type BundleTerms = { readonly form: 'BUNDLE'; readonly items: readonly BundleItem[]; readonly price: Minor }
export type BundleItem = { readonly sku: string; readonly quantity: number }
export type OrderTerms = ThresholdTerms | MultiBuyTerms | BundleTerms

/**
 * The offer is had with a coupon that the shopper owns, not with its code. Where it is claimable, `stock` coupons may be
 * claimed in all and `perCustomer` by one customer, from `claimFrom` until `claimUntil` (null or absent: as the offer holds).
 * `validDays`: how many times 24 hours a coupon is good from its issue on.
 */
export type CouponTerms = {
  readonly claimable: boolean
  readonly stock: number | null
  readonly perCustomer: number
  readonly validDays: number | null
  readonly claimFrom?: Instant | null
  readonly claimUntil?: Instant | null
}

export type Offer = RuleTerms & {
  readonly kind: 'OFFER'
  readonly description: string | null
  readonly level: 'PRODUCT' | 'ORDER'
  readonly trigger: 'AUTOMATIC' | 'CODE'
  readonly combination: 'EXCLUSIVE' | 'STACKABLE'
  readonly firstOrderOnly: boolean
  readonly onlyUndiscounted: boolean
  /** Given when level is PRODUCT. */
  readonly product: ProductTerms | null
  /** Given when level is ORDER. */
  readonly order: OrderTerms | null
  readonly totalLimit: number | null
  readonly perCustomerLimit: number | null
  /** What it may take in all orders together. */
  readonly budget: Minor | null
  readonly coupons: CouponTerms | null
  readonly returnsRestoreUse: boolean
  /** The code of the campaign whose participants alone have it; null or absent: of none. Opaque to the engine: it is part of the audience. */
  readonly campaign?: string | null
}
