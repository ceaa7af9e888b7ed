import type { Minor } from '../kernel/money.ts'
import type { LinkItem } from './cart.ts'
import type { Adjustment, BundleTerms, MultiBuyTerms, Offer, Prize, ProductTerms, Step, ThresholdTerms } from './rule.ts'
import type { Hours } from './schedule.ts'
import type { Reach } from './scope.ts'

/** `place`: where the rule stands among all rules of the book, larger priority first, then smaller code; it settles every tie. */
type Compiled = {
  readonly code: string
  readonly name: string
  readonly place: number
  readonly from: number
  readonly until: number
  readonly hours: Hours | null
  readonly audience: string | null
  readonly reach: Reach | null
}

/** `rank`: the lowest rank that has the rung; -Infinity is everyone, Infinity a tier that the shop no longer has. */
export type LadderRung = { readonly rank: number; readonly minQuantity: number; readonly adjustment: Adjustment }
export type LadderRule = Compiled & {
  readonly kind: 'LADDER'
  readonly rungs: readonly LadderRung[]
  /** The largest `minQuantity` of a rung. */
  readonly topQuantity: number
}

type OfferBase = Compiled & {
  readonly kind: 'OFFER'
  readonly terms: Offer
  readonly exclusive: boolean
  readonly onlyUndiscounted: boolean
  /** Has a limit on orders or money, so that its use must be looked up. */
  readonly limited: boolean
}
export type ProductOffer = OfferBase & { readonly level: 'PRODUCT'; readonly product: ProductTerms }

export type PerkGift = { readonly sku: string; readonly quantity: number; readonly rank: number }
export type ThresholdStep = {
  readonly minSubtotal: Minor
  /** 0 when there is none. */
  readonly minQuantity: number
  readonly rank: number
  readonly off: Step['off']
  /** Infinity when there is none. */
  readonly maxAmount: number
  readonly freeShipping: boolean
  readonly gifts: readonly PerkGift[]
  readonly surprise: readonly Prize[]
}
/** `hasAmount`: some step takes something, so that an exclusive offer has to compete. */
export type ThresholdOffer = OfferBase & {
  readonly level: 'ORDER'
  readonly form: 'THRESHOLD'
  readonly order: ThresholdTerms
  readonly steps: readonly ThresholdStep[]
  readonly hasAmount: boolean
}
export type MultiBuyOffer = OfferBase & { readonly level: 'ORDER'; readonly form: 'MULTI_BUY'; readonly order: MultiBuyTerms }
export type BundleOffer = OfferBase & {
  readonly level: 'ORDER'
  readonly form: 'BUNDLE'
  readonly order: BundleTerms
  readonly skus: ReadonlySet<string>
}
export type OrderOffer = ThresholdOffer | MultiBuyOffer | BundleOffer
export type OfferRule = ProductOffer | OrderOffer

/** An open private link; its code is its id, its items are by sku. */
export type LinkRule = {
  readonly kind: 'PRIVATE_LINK'
  readonly code: string
  readonly name: string
  readonly items: ReadonlyMap<string, LinkItem>
}

/** The automatic rules that one key of the index leads to, each list by place. */
export type Bucket = {
  readonly ladders: LadderRule[]
  readonly exclusives: ProductOffer[]
  readonly stackables: ProductOffer[]
  readonly orders: OrderOffer[]
}
