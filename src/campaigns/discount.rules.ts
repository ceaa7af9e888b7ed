import type { Offer } from '../pricing/rule.ts'
import type { Give } from './campaign.model.ts'

/**
 * What the discounts of an offer may come to for so many customers, in minor units: so much at most each time it is used, and never more than
 * the offer's own budget. Null: neither is said, and what somebody buys nobody knows.
 */
export function mostDiscount(offer: Offer, { as, each }: Give, customers: number): number | null {
  const times = as === 'COUPON' ? customers * each : offer.perCustomerLimit === null ? null : customers * offer.perCustomerLimit
  const once = mostOnce(offer)
  const inAll = once === null ? null : once === 0 ? 0 : times === null ? null : once * times
  const bounds = [inAll, offer.budget].filter((bound) => bound !== null)
  return bounds.length === 0 ? null : Math.min(...bounds, Number.MAX_SAFE_INTEGER)
}

/** What it takes off one order at most; null: that hangs on the order. */
function mostOnce({ level, product, order }: Offer): number | null {
  if (level === 'PRODUCT') {
    if (product?.adjustment.kind !== 'AMOUNT_OFF' || product.maxUnitsPerOrder === null) return null
    return product.adjustment.amount * product.maxUnitsPerOrder
  }
  if (order?.form !== 'THRESHOLD') return null
  const most = order.steps.map(({ off, maxAmount }) => {
    if (off === null) return 0
    const amount = off.kind === 'AMOUNT_OFF' && !order.repeat ? off.amount : null
    return amount === null ? maxAmount : Math.min(amount, maxAmount ?? amount)
  })
  return most.some((amount) => amount === null) ? null : Math.max(0, ...most.filter((amount) => amount !== null))
}
