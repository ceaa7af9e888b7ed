import { type Rate, TOO_SMALL } from './profit.model.ts'

/** The normal distribution's 97.5th percentile. */
const Z = 1.959963984540054

/** Wilson's score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927), without continuity correction. */
export function rateOf(hits: number, of: number): Rate {
  if (of === 0) return { of, hits, share: 0, low: 0, high: 1, isTooSmall: true }
  const share = hits / of
  const scale = 1 + Z ** 2 / of
  const center = (share + Z ** 2 / (2 * of)) / scale
  const half = (Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))) / scale
  // A share of none or all touches its end exactly, which the subtraction of equal numbers would miss by a rounding.
  return {
    of,
    hits,
    share,
    low: hits === 0 ? 0 : Math.max(0, center - half),
    high: hits === of ? 1 : Math.min(1, center + half),
    isTooSmall: of < TOO_SMALL,
  }
}
