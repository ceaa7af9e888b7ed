import { type Claims, claimWindow, mayClaimMore, NO_CLAIMS } from '../coupons/coupon.model.ts'
import type { Instant } from '../kernel/clock.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import type { ShopperOffer } from '../pricing/offers-for.ts'
import type { Shopper } from '../pricing/shopper.ts'
import type { CustomerFacts } from '../query/facts.ts'
import type { CustomerPredicate } from '../query/predicate.ts'

/** An offer as it may be had, and the code by which a coupon of it may be claimed now; null: none can. */
type Offered = ShopperOffer & { readonly claimCode: string | null }

/** Of the offers that are there for a shopper those that they may have: what can only be claimed, as long as it can. */
export function offeredNow(offers: readonly ShopperOffer[], claims: ReadonlyMap<string, Claims>, at: Instant): Offered[] {
  return offers
    .map((shown) => ({ ...shown, claimCode: mayClaim(shown, claims, at) ? shown.offer.code : null }))
    .filter(({ offer, coupons, claimCode }) => offer.coupons === null || coupons.length > 0 || claimCode !== null)
}

function mayClaim({ offer, claimable }: ShopperOffer, claims: ReadonlyMap<string, Claims>, at: Instant): boolean {
  const { from, until } = claimWindow(offer)
  if (!claimable || offer.coupons === null || at < from || at >= until) return false
  return mayClaimMore(offer.coupons, claims.get(codeKey(offer.code)) ?? NO_CLAIMS)
}

/** What prices ask of a customer, answered from the facts in memory; each audience is worked out once. */
export function toPricingShopper(
  facts: CustomerFacts,
  predicates: ReadonlyMap<string, CustomerPredicate>,
  usage: Shopper['usage'],
): Shopper {
  const answers = new Map<string, boolean>()
  return {
    tierCode: facts.tierCode,
    hasCountedOrder: facts.numberOfOrders > 0,
    isIn(audience) {
      const known = answers.get(audience)
      if (known !== undefined) return known
      const predicate = predicates.get(audience)
      if (predicate === undefined) throw new Error(`an audience of the book was not compiled: ${audience}`)
      const answer = predicate(facts)
      answers.set(audience, answer)
      return answer
    },
    withTier: (tierCode) => toPricingShopper({ ...facts, tierCode }, predicates, usage),
    usage,
    coupons: [],
  }
}
