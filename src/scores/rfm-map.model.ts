import type { Instant } from '../kernel/clock.ts'

/** The groups that a grid is made of, besides PROSPECTS, who have no scores. */
export const GRID_GROUPS = [
  'CHAMPIONS',
  'LOYAL',
  'ACTIVE',
  'NEW',
  'PROMISING',
  'NEEDS_ATTENTION',
  'AT_RISK',
  'ALMOST_LOST',
  'PREVIOUSLY_LOYAL',
  'DORMANT',
] as const

/**
 * The eight classes of customer value that Chinese operators know: recency, frequency and money each above the shop's mean
 * score or not, in that order, above before not.
 */
export const EIGHT_CLASSES = ['重要价值', '一般价值', '重要发展', '一般发展', '重要保持', '一般保持', '重要挽留', '一般挽留'] as const

/**
 * From scores to a group. GRID: 25 groups, by R from 5 down to 1 and within each by FM from 1 up to 5. EIGHT_CLASSES: 8, as
 * in EIGHT_CLASSES.
 */
export type RfmMap = {
  /** 0: the one that every shop begins with. */
  readonly version: number
  readonly name: string
  readonly kind: 'GRID' | 'EIGHT_CLASSES'
  readonly cells: readonly string[]
  /** Null: never, it was always there. */
  readonly savedAt: Instant | null
}

export const DEFAULT_MAP: RfmMap = {
  version: 0,
  name: 'RFM',
  kind: 'GRID',
  cells: [
    ...['NEW', 'NEW', 'ACTIVE', 'LOYAL', 'CHAMPIONS'],
    ...['PROMISING', 'PROMISING', 'ACTIVE', 'LOYAL', 'LOYAL'],
    ...['PROMISING', 'NEEDS_ATTENTION', 'NEEDS_ATTENTION', 'LOYAL', 'LOYAL'],
    ...['ALMOST_LOST', 'ALMOST_LOST', 'AT_RISK', 'AT_RISK', 'AT_RISK'],
    ...['DORMANT', 'DORMANT', 'DORMANT', 'PREVIOUSLY_LOYAL', 'PREVIOUSLY_LOYAL'],
  ],
  savedAt: null,
}

/** A map as staff give it. A grid's rows go from R 5 down, its columns from FM 1 up; the eight classes need none. */
export type WantedMap =
  | { readonly kind: 'GRID'; readonly name: string; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'EIGHT_CLASSES'; readonly name: string }
