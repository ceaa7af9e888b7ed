/** A whole number of minor units of the shop's currency (fen, cents), 0 to 2^53-1. There is no floating point in this house. */
export type Minor = number & { readonly __unit: 'minor' }
/** A share in hundredths of a percent, 1 to 10,000: 1_250 is 12.5 %. */
export type BasisPoints = number & { readonly __unit: 'bp' }
/** How a percentage of an amount becomes whole minor units: HALF_UP ties away from zero, HALF_EVEN ties to the even neighbour, DOWN what remains to pay is rounded down. */
export type Rounding = 'HALF_UP' | 'HALF_EVEN' | 'DOWN'

export const ZERO = 0 as Minor
const WHOLE_BP = 10_000

export function minor(units: number): Minor {
  if (!Number.isSafeInteger(units) || units < 0) throw new RangeError(`not whole minor units: ${units}`)
  return units as Minor
}

export function basisPoints(points: number): BasisPoints {
  if (!Number.isInteger(points) || points < 1 || points > WHOLE_BP) throw new RangeError(`not basis points: ${points}`)
  return points as BasisPoints
}
