import type { Instant } from '../kernel/clock.ts'
import type { Book } from '../pricebook/book.service.ts'
import type { Shopper } from '../pricing/shopper.ts'
import type { Tier } from '../tiers/tier.model.ts'
import { audiencesAt } from './audiences.ts'
import { shopperOfTier } from './tier-shopper.rules.ts'

/** Nobody, and a customer of each tier of a book's programme of whom nothing else is known, the lowest tier first. */
export function shoppersByTier(book: Book, at: Instant): { readonly tier: Tier | null; readonly shopper: Shopper | null }[] {
  const { predicates, functions } = audiencesAt(book, at)
  const asked = { predicates, keys: functions.map(({ key }) => key) }
  return [{ tier: null, shopper: null }, ...book.tiers.map((tier) => ({ tier, shopper: shopperOfTier(tier.code, asked, at) }))]
}
