import type { BasisPoints, Minor } from '../kernel/money.ts'

/** A step that is thought of; `minSubtotal` null: where it might best lie is what is asked. */
export type WantedThreshold = {
  readonly minSubtotal: Minor | null
  readonly percentOff: BasisPoints | null
  readonly amountOff: Minor | null
  readonly maxAmount: Minor | null
}

export type Benefit =
  | { readonly kind: 'PERCENT_OFF'; readonly bp: BasisPoints; readonly maxAmount: Minor | null }
  | { readonly kind: 'AMOUNT_OFF'; readonly amount: Minor; readonly maxAmount: Minor | null }
export type Threshold = { readonly minSubtotal: Minor; readonly benefit: Benefit }

/** What the orders of a window come to. `percentiles`: by percent, of whole orders; empty without any. */
export type Distribution = {
  readonly orders: number
  readonly amount: number
  readonly percentiles: readonly { readonly percent: number; readonly amount: number }[]
}

/** How the orders lie about one threshold. `given`: what those at or above it would take, as they are. */
export type Standing = {
  readonly above: number
  readonly given: number
  readonly below: number
  /** What those just below are short of it together. */
  readonly gap: number
}

/** Basis points: how far below counts as just below, how many of those stretch, and what is earned on what they add; null: not known. */
export type Assumed = { readonly stretchBp: number; readonly upliftBp: number; readonly marginBp: number | null }

export type ThresholdOutcome = 'WITHOUT_EFFECT' | 'LOSES' | 'PAYS' | 'UNKNOWN'

export type Forecast = Threshold &
  Standing & {
    /** Percent of all orders. */
    readonly shareAbove: number
    readonly stretching: number
    readonly extraRevenue: number
    readonly givenToStretched: number
    readonly givenAway: number
    readonly extraMargin: number | null
    readonly result: number | null
    /** Percent of the orders just below that must stretch; null: however many did, it would not pay, or nobody can tell. */
    readonly breakEvenShare: number | null
    readonly outcome: ThresholdOutcome
    readonly verdict: string
  }
