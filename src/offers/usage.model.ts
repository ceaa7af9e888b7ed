import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import type { ShopperUsage } from '../pricing/shopper.ts'

/** What an offer has given, over all its versions, in orders reserved and committed. */
export type RuleUsage = { readonly ruleId: Id<'Rule'>; readonly code: string; readonly uses: number; readonly taken: Minor }

/** One use of an offer by one order. `units`: by sku, those of the lines it touched. */
export type OfferUse = {
  readonly ruleId: Id<'Rule'>
  readonly taken: Minor
  readonly units: Readonly<Record<string, number>>
  readonly lineIds: readonly string[]
  /** Whether it comes back once those lines are wholly returned: as the offer said when it was taken. */
  readonly returnsRestore: boolean
  /** The coupon that it spends; null: none. */
  readonly couponId: Id<'Coupon'> | null
}

/** A use that was taken, and by whom; null: by nobody who was known. */
export type TakenUse = OfferUse & { readonly reservationId: Id<'Reservation'>; readonly customerId: Id<'Customer'> | null }

/** Up to when holds are looked at as ended though nobody has written it yet; null: by the database's clock. */
export type EndedBy = Instant | null

type Units = Readonly<Record<string, number>>

/** What a customer had of an offer, less holds that have ended: each one use, and its units by sku. */
export function withoutEnded(had: { readonly uses: number; readonly units: Units }, ended: readonly Units[]): ShopperUsage {
  const units = new Map(Object.entries(had.units))
  for (const hold of ended) for (const [sku, count] of Object.entries(hold)) units.set(sku, (units.get(sku) ?? 0) - count)
  return { uses: had.uses - ended.length, units }
}
