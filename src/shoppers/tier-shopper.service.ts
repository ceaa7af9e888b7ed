import type { Instant } from '../kernel/clock.ts'
import type { Book } from '../pricebook/book.service.ts'
import type { Shopper } from '../pricing/shopper.ts'
import type { Tier } from '../tiers/tier.model.ts'
import { imaginedShopper } from './shopper.service.ts'
import { UNKNOWN_PERSON } from './unknown-person.model.ts'

/**
 * Nobody, and a customer of each tier of a book's programme of whom is known but the tier, and that they have bought before: what a tier
 * pays as a tier, the lowest first. Who is in an audience for another reason (a tag, a company, what they bought) may pay something else.
 */
export function shoppersByTier(book: Book, at: Instant): { readonly tier: Tier | null; readonly shopper: Shopper | null }[] {
  const ofTier = (tier: Tier) => imaginedShopper(book, { ...UNKNOWN_PERSON, tierCode: tier.code, registeredAt: at, numberOfOrders: 1 }, at)
  return [{ tier: null, shopper: null }, ...book.tiers.map((tier) => ({ tier, shopper: ofTier(tier) }))]
}
