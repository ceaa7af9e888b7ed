import type { Instant } from '../kernel/clock.ts'

/** Whole numbers from `from` up to but not with `until`; an open end is null. Instants are milliseconds, amounts minor units. */
export type Range = { readonly from: number | null; readonly until: number | null }

/** A bound that need not be whole, as exact decimal text. */
export type DecimalBound = { readonly at: string; readonly included: boolean }
export type DecimalRange = { readonly from: DecimalBound | null; readonly until: DecimalBound | null }

/** A range of dates, also as a wall clock in the shop's zone shows it (`YYYY-MM-DDTHH:MM:SS`). */
export type DateRange = Range & { readonly wallFrom: string | null; readonly wallUntil: string | null }

/** One of the things that a shop's own attribute may be: what it is, decides how it is compared. */
export type FreeMatch =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly range: DecimalRange }
  | { readonly kind: 'date'; readonly range: DateRange }

export type ResolvedTest =
  | { readonly kind: 'null' }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[] }
  | { readonly kind: 'decimals'; readonly ranges: readonly DecimalRange[] }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'free'; readonly any: readonly FreeMatch[] }

/** Days of the year MM-DD, both ends included; from after to goes over the year's end. */
export type YearDays = { readonly from: string; readonly to: string }

export type ResolvedAttribute = {
  readonly kind: 'attribute'
  readonly attribute: string
  readonly negated: boolean
  readonly test: ResolvedTest
  /** When it is asked, of an attribute that ends by the clock. */
  readonly at?: Instant
}

export type ResolvedParameter = { readonly name: string; readonly negated: boolean; readonly test: ResolvedTest }

export type ResolvedFunction = {
  readonly kind: 'function'
  readonly name: string
  readonly negated: boolean
  /** What one row must be. */
  readonly rows: readonly ResolvedParameter[]
  /** What the rows that are left must come to. */
  readonly totals: readonly ResolvedParameter[]
}

export type ResolvedAnniversary = {
  readonly kind: 'anniversary'
  readonly attribute: string
  readonly negated: boolean
  /** Null: no day at all. */
  readonly days: YearDays | null
  /** Whether it holds for what happened on a 29 February, whose day in other years is the 28th. */
  readonly leapDay: boolean
}

/** A query asked at an instant in a shop: no date and no amount in it needs anything more to be known. */
export type ResolvedQuery =
  | { readonly kind: 'and' | 'or'; readonly of: readonly ResolvedQuery[] }
  | { readonly kind: 'not'; readonly of: ResolvedQuery }
  | ResolvedAttribute
  | ResolvedFunction
  | ResolvedAnniversary
