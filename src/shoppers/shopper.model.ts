import type { Shopper } from '../pricing/shopper.ts'
import type { CustomerFacts } from '../query/facts.ts'

/** A customer at the storefront: what is known of them, and what prices ask of that. */
export type KnownShopper = {
  readonly id: string
  readonly externalId: string | null
  readonly facts: CustomerFacts
  readonly pricing: Shopper
}
