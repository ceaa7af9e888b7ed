import type { Terms } from '../pricebook/rule.model.ts'
import type { Replay } from './simulation.model.ts'
import { inNumber } from './words.rules.ts'

/** What a replay takes for granted, in sentences: nobody should take its figures for more than they are. */
export function assumptionsOf(
  tried: Terms,
  { listPrices }: Pick<Replay, 'listPrices'>,
  { ordersInWindow, mostOrders }: { ordersInWindow: number; mostOrders: number },
): string[] {
  const said = [
    'Everybody would have bought the same: nobody more because it is cheaper, nobody less.',
    'Tiers, tags, companies and whatever else audiences ask are as they are now; only whether somebody had bought before is as it was.',
    'The rules in force now, and this one, count as if they had been in force at all times; schedules and the age of products are by the time of the order.',
    'Of each order the units that were kept are priced, at list prices of then: ' +
      `${inNumber(listPrices.HISTORY)} lines by the history of prices, ${inNumber(listPrices.CATALOGUE)} by the catalogue as it is now, ` +
      `${inNumber(listPrices.PAID)} by what was paid, for nothing else is known of them.`,
    'Costs are those of then where the history of prices has them, else those of now.',
  ]
  if (givesPerks(tried)) said.push('Gifts, free shipping and surprises are given, and counted as no money.')
  if (ordersInWindow > mostOrders) said.push(`Of ${inNumber(ordersInWindow)} orders the newest ${inNumber(mostOrders)} were looked at.`)
  if (tried.kind === 'OFFER' && tried.trigger === 'CODE')
    said.push(tried.coupons === null ? 'Everybody types the code.' : 'Every customer has a coupon, and uses it in each order.')
  if (
    tried.kind === 'OFFER' &&
    (tried.totalLimit ?? tried.budget ?? tried.perCustomerLimit ?? tried.product?.maxUnitsPerCustomer ?? null) !== null
  )
    said.push('Limits and budgets are taken as untouched at the start, and count the orders that are looked at.')
  return said
}

const givesPerks = (terms: Terms): boolean =>
  terms.kind === 'OFFER' &&
  terms.order?.form === 'THRESHOLD' &&
  terms.order.steps.some(({ freeShipping, gifts, surprise }) => freeShipping || gifts.length > 0 || surprise !== undefined)
