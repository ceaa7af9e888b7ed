import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { BasisPoints, Minor } from '../kernel/money.ts'
import type { Optional } from '../pricebook/checks.model.ts'
import type { LinkItem } from '../pricing/cart.ts'

/** Of several that fit the first is said: called back, over, used as often as it may be. */
export type LinkStatus = 'REVOKED' | 'EXPIRED' | 'USED_UP' | 'ACTIVE'

/** What a private link says, to one or to many. */
export type LinkTerms = {
  readonly name: string
  /** For staff. */
  readonly note: string | null
  /** For the shopper. */
  readonly message: string | null
  /** A customer query. Whoever it holds may use the link, and so may the people it names. */
  readonly audience: string | null
  /** One a sku. */
  readonly items: readonly LinkItem[]
  readonly validFrom: Instant | null
  /** The first instant at which it is over. */
  readonly validUntil: Instant | null
  /** Null: as often as anybody likes. */
  readonly maxUses: number | null
  readonly maxUsesPerCustomer: number | null
}

/** A link as it is asked for, before it is checked. */
export type WantedLink = {
  readonly name: string
  readonly note?: Optional<string>
  readonly message?: Optional<string>
  readonly audience?: Optional<string>
  readonly items: readonly WantedItem[]
  readonly validFrom?: Optional<Date>
  readonly validUntil?: Optional<Date>
  readonly maxUses?: Optional<number>
  readonly maxUsesPerCustomer?: Optional<number>
}
export type WantedItem = {
  readonly sku: string
  readonly quantity?: Optional<number>
  readonly maxQuantity?: Optional<number>
  readonly adjustment: {
    readonly percentOff?: Optional<BasisPoints>
    readonly amountOff?: Optional<Minor>
    readonly fixedPrice?: Optional<Minor>
  }
}

/** A private purchase link. Its token is nowhere; only the SHA-256 of it is kept. */
export type PrivateLink = LinkTerms & {
  readonly id: Id<'PrivateLink'>
  readonly status: LinkStatus
  /** Whether it is for people by name. Without names and audience it is for whoever holds it. */
  readonly namesPeople: boolean
  readonly opens: number
  /** Reservations that hold one, and orders that used one. */
  readonly uses: number
  /** Those made together, one for each customer. */
  readonly batchId: string | null
  readonly createdAt: Instant
  readonly revokedAt: Instant | null
}

/** Why a link in a cart is not open to its shopper. */
export type LinkRefusal = 'UNKNOWN' | 'REVOKED' | 'EXPIRED' | 'NOT_BEGUN' | 'NOT_FOR_THEM' | 'USED_UP'

/** Up to when holds are looked at as ended though nobody has written it yet; null: by the database's clock. */
export type EndedBy = Instant | null

/** A use that a reservation holds. */
export type HeldUse = { readonly linkId: string; readonly reservationId: string }

export type LinkFilter = { readonly status: LinkStatus | null; readonly batchId: string | null }

/** What came of a link: reservations ever made with it, those that hold now, orders, and what was paid in those that count. */
export type LinkFigures = { readonly reservations: number; readonly held: number; readonly orders: number; readonly revenue: number }

/** The same of one customer. `opens` null: the link does not tell whose they were. */
export type CustomerFigures = LinkFigures & { readonly customerId: string; readonly opens: number | null }
