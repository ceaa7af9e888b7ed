import type { LadderRule, OfferRule, ThresholdStep } from './compiled.ts'
import type { Ladder, Offer, OrderTerms, RuleTerms, Step } from './rule.ts'
import { compileSchedule } from './schedule.ts'
import { compileScope } from './scope.ts'

/** The rank that a tier's code stands for: -Infinity for null, which everyone has; Infinity for a tier that is not there. */
export type RankOf = (tierCode: string | null) => number

const compileTerms = (terms: RuleTerms, place: number) => ({
  code: terms.code,
  name: terms.name,
  place,
  from: terms.validFrom ?? Number.NEGATIVE_INFINITY,
  until: terms.validUntil ?? Number.POSITIVE_INFINITY,
  hours: compileSchedule(terms.schedule),
  audience: terms.audience,
  reach: compileScope(terms.scope),
})

export function compileLadder(ladder: Ladder, place: number, rankOf: RankOf): LadderRule {
  return {
    kind: 'LADDER',
    ...compileTerms(ladder, place),
    rungs: ladder.rungs.map((rung) => ({
      rank: rankOf(rung.tierCode),
      minQuantity: rung.minQuantity,
      adjustment: rung.adjustment,
    })),
    topQuantity: Math.max(...ladder.rungs.map((rung) => rung.minQuantity)),
  }
}

export function compileOffer(offer: Offer, place: number, rankOf: RankOf): OfferRule {
  const base = {
    kind: 'OFFER' as const,
    ...compileTerms(offer, place),
    terms: offer,
    exclusive: offer.combination === 'EXCLUSIVE',
    onlyUndiscounted: offer.onlyUndiscounted,
    limited: offer.totalLimit !== null || offer.perCustomerLimit !== null || offer.budget !== null,
  }
  if (offer.product !== null) return { ...base, level: 'PRODUCT', product: offer.product }
  if (offer.order !== null) return { ...base, level: 'ORDER', ...compileForm(offer.order, rankOf) }
  throw new TypeError(`offer ${offer.code} has terms of neither level`)
}

function compileForm(order: OrderTerms, rankOf: RankOf) {
  switch (order.form) {
    case 'THRESHOLD':
      return {
        form: order.form,
        order,
        steps: order.steps.map((step) => compileStep(step, rankOf)),
        hasAmount: order.steps.some((step) => step.off !== null),
      }
    case 'MULTI_BUY':
      return { form: order.form, order }
    case 'BUNDLE':
      return { form: order.form, order, skus: new Set(order.items.map((item) => item.sku)) }
  }
}

function compileStep(step: Step, rankOf: RankOf): ThresholdStep {
  return {
    minSubtotal: step.minSubtotal,
    minQuantity: step.minQuantity ?? 0,
    rank: rankOf(step.minTier),
    off: step.off,
    maxAmount: step.maxAmount ?? Number.POSITIVE_INFINITY,
    freeShipping: step.freeShipping,
    gifts: step.gifts.map((gift) => ({ sku: gift.sku, quantity: gift.quantity, rank: rankOf(gift.minTier) })),
    surprise: step.surprise ?? [],
  }
}
