import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Tier } from '../tiers/tier.model.ts'

/** What everybody paid for a product from an instant on. */
export type TierPricePoint = {
  readonly since: Instant
  readonly listPrice: Minor
  readonly floorPrice: Minor | null
  readonly costPrice: Minor | null
  readonly bookVersion: number
  /** Nobody first (tier null), then the programme of then, the lowest tier first. */
  readonly prices: readonly { readonly tier: Pick<Tier, 'code' | 'name' | 'rank'> | null; readonly price: Minor }[]
}
