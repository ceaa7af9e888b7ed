import type { ShopperOffer } from '../pricing/offers-for.ts'
import type { OrderTerms, Step } from '../pricing/rule.ts'
import type { Tier } from '../tiers/tier.model.ts'
import type { OfferStepView, ShopperOfferView } from './shopper.schema.ts'

/** An offer as its shopper sees it. Codes that anyone may type are told to nobody; `claimCode` is for whoever may claim one. */
export const toOfferView = (
  { offer, claimCode }: ShopperOffer & { readonly claimCode: string | null },
  tiers: readonly Tier[],
  shopperTier: string | null,
): ShopperOfferView => ({
  name: offer.name,
  description: offer.description,
  level: offer.level,
  trigger: offer.trigger,
  validUntil: offer.validUntil === null ? null : new Date(offer.validUntil),
  steps: stepsOf(offer.order).map((step) => toStepView(step, tiers, shopperTier)),
  claimCode,
})

const stepsOf = (order: OrderTerms | null): readonly Step[] => (order?.form === 'THRESHOLD' ? order.steps : [])

function toStepView(step: Step, tiers: readonly Tier[], shopperTier: string | null): OfferStepView {
  const tierOf = (code: string | null) => tiers.find((tier) => tier.code === code) ?? null
  const rank = tierOf(shopperTier)?.rank ?? Number.NEGATIVE_INFINITY
  return {
    minSubtotal: step.minSubtotal,
    minQuantity: step.minQuantity,
    minTier: tierOf(step.minTier),
    percentOff: step.off?.kind === 'PERCENT_OFF' ? step.off.bp : null,
    amountOff: step.off?.kind === 'AMOUNT_OFF' ? step.off.amount : null,
    freeShipping: step.freeShipping,
    gifts: step.gifts.filter((gift) => gift.minTier === null || (tierOf(gift.minTier)?.rank ?? Number.POSITIVE_INFINITY) <= rank),
    surprise: step.surprise ?? null,
  }
}
