import type { Minor } from '../kernel/money.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { FullPriceBuyer, FullPricePurchase, FullPriceTotal, OwedPurchase } from './full-price.model.ts'

const MOST_SKUS = 100
const MOST_DAYS = 3_650

export function askedFault(skus: readonly string[], days: number): Problem | null {
  if (skus.length === 0) return problem('BAD_USER_INPUT', 'Name at least one sku.', ['skus'])
  if (skus.length > MOST_SKUS) return problem('TOO_MANY_ITEMS', `At most ${MOST_SKUS} skus at once.`, ['skus'])
  return days >= 1 && days <= MOST_DAYS ? null : problem('BAD_USER_INPUT', `days must be from 1 to ${MOST_DAYS}.`, ['days'])
}

/** What was paid beside what the same units would cost at today's member price. */
export const owedFor = (purchase: FullPricePurchase, memberPrice: Minor): OwedPurchase => ({
  ...purchase,
  memberPrice,
  owed: Math.max(0, purchase.paid - memberPrice * purchase.units) as Minor,
})

export const NO_BUYERS: FullPriceTotal = { customers: 0, units: 0, paid: 0 as Minor, owed: 0 as Minor }

export const withBuyers = (total: FullPriceTotal, buyers: readonly FullPriceBuyer[]): FullPriceTotal => {
  const purchases = buyers.flatMap((buyer) => buyer.purchases)
  const sumOf = (figure: 'units' | 'paid' | 'owed') => purchases.reduce((sum, purchase) => sum + purchase[figure], 0)
  return {
    customers: total.customers + buyers.length,
    units: total.units + sumOf('units'),
    paid: (total.paid + sumOf('paid')) as Minor,
    owed: (total.owed + sumOf('owed')) as Minor,
  }
}
