import type { Instant } from '../kernel/clock.ts'

type Optional<T> = T | null | undefined

/** A tag that is on whoever a customer query holds, and goes when it lets go. */
export type TagRule = {
  /** The tag without regard to case. */
  readonly key: string
  readonly tag: string
  readonly query: string
  readonly updatedAt: Instant
  /** When it was last applied to everybody; null while that is still due. */
  readonly appliedAt: Instant | null
}

/** Buys it so often in so many days: a product, or anything of a category. */
export type Regularly = {
  readonly sku?: Optional<string>
  readonly category?: Optional<string>
  readonly times: number
  readonly days: number
}

export type WantedTagRule = { readonly tag: string; readonly query?: Optional<string>; readonly regularly?: Optional<Regularly> }
