import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Terms } from '../pricebook/rule.model.ts'

/** A version of a rule and when it was in force; `until` null: it still is. */
export type PastRule = { readonly terms: Terms; readonly from: Instant; readonly until: Instant | null }
/** What a product's prices were from an instant on, until the next. */
export type PastPrice = { readonly since: Instant; readonly listPrice: Minor; readonly floorPrice: Minor | null }
