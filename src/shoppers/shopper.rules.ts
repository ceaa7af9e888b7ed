import type { Shopper } from '../pricing/shopper.ts'
import type { CustomerFacts } from '../query/facts.ts'
import type { CustomerPredicate } from '../query/predicate.ts'

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
