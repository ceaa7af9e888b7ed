/** The normal distribution's 97.5th percentile: 95 of 100 lie nearer to the middle than this. */
export const Z95 = 1.959963984540054

/** Both ends of an interval that holds the truth in 95 of 100 cases. */
export type Interval = { readonly low: number; readonly high: number }

/**
 * Wilson's score interval of a share (E. B. Wilson, Journal of the American Statistical Association 22, 1927), without continuity
 * correction. Of nobody nothing is known: 0 to 1.
 */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const share = hits / of
  const scale = 1 + Z95 ** 2 / of
  const center = (share + Z95 ** 2 / (2 * of)) / scale
  const half = (Z95 * Math.sqrt((share * (1 - share)) / of + Z95 ** 2 / (4 * of ** 2))) / scale
  // A share of none or all touches its end exactly, which the subtraction of equal numbers would miss by a rounding.
  return { low: hits === 0 ? 0 : Math.max(0, center - half), high: hits === of ? 1 : Math.min(1, center + half) }
}
