import { instant } from '../kernel/clock.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { bad, firstOf, type Optional, wholeFault } from '../pricebook/checks.model.ts'
import type { CouponTerms, Offer } from '../pricing/rule.ts'
import type { WantedCouponTerms } from './offer.model.ts'

const MOST_STOCK = 2_147_483_647
const MOST_OF_ONE = 1_000
/** Ten years. */
const MOST_DAYS = 3_660

/** What an offer says of its coupons, or the first thing that is wrong with it; null: it is had without coupons. */
export function readCouponTerms(
  wanted: Optional<WantedCouponTerms>,
  trigger: Optional<Offer['trigger']>,
): Result<CouponTerms | null, Problem> {
  if (wanted == null) return accept(null)
  const { claimable, stock, perCustomer, validDays, claimFrom, claimUntil } = wanted
  const fault = firstOf(
    trigger === 'CODE' ? null : bad('Coupons are of offers whose trigger is CODE: set it, or leave coupons out.'),
    wholeFault(stock, 1, MOST_STOCK, 'stock'),
    wholeFault(perCustomer, 1, MOST_OF_ONE, 'perCustomer'),
    wholeFault(validDays, 1, MOST_DAYS, 'validDays'),
    claimFrom != null && claimUntil != null && claimFrom >= claimUntil ? bad('claimUntil must be after claimFrom.', 'claimUntil') : null,
  )
  if (fault !== null) return refuse(fault)
  return accept({
    claimable: claimable ?? false,
    stock: stock ?? null,
    perCustomer: perCustomer ?? 1,
    validDays: validDays ?? null,
    claimFrom: claimFrom == null ? null : instant(claimFrom),
    claimUntil: claimUntil == null ? null : instant(claimUntil),
  })
}
