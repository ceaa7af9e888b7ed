import type { Offer, Scope } from '../pricing/rule.ts'
import type { Give } from './campaign.model.ts'

/**
 * Which products something that a campaign gives sells for less; none where it takes nothing off a price, or off whatever somebody buys:
 * that says of no product that it is cheaper now, and the second order of whoever has just placed the first would be asked of nobody.
 */
export function discounts({ linkTerms }: Give, offer: Offer | undefined): readonly Scope[] {
  if (linkTerms !== null) return [{ skus: linkTerms.items.map(({ sku }) => sku) }]
  if (offer === undefined) return []
  const { order, scope } = offer
  if (order?.form === 'BUNDLE') return [{ skus: order.items.map(({ sku }) => sku) }]
  // Gifts and free shipping make nothing dearer for who bought before.
  const takesNothing = order?.form === 'THRESHOLD' && order.steps.every(({ off }) => off === null)
  return takesNothing || scope === null ? [] : [scope]
}
