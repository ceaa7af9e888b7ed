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

/**
 * What remains of an amount when a percentage is taken off: `amount x (10,000 - bp) / 10,000` in whole minor units, exact
 * whatever its size. `UP` rounds what remains up, which no shop chooses but a lowest price needs.
 */
export function lessPercent(amount: Minor, bp: number, mode: Rounding | 'UP'): Minor {
  const product = amount * (WHOLE_BP - bp)
  if (product > Number.MAX_SAFE_INTEGER) return lessPercentOfLarge(amount, bp, mode)
  const rest = product % WHOLE_BP
  return settle((product - rest) / WHOLE_BP, rest, mode)
}

function lessPercentOfLarge(amount: Minor, bp: number, mode: Rounding | 'UP'): Minor {
  const product = BigInt(amount) * BigInt(WHOLE_BP - bp)
  const whole = BigInt(WHOLE_BP)
  return settle(Number(product / whole), Number(product % whole), mode)
}

function settle(whole: number, rest: number, mode: Rounding | 'UP'): Minor {
  switch (mode) {
    case 'HALF_UP':
      return (rest * 2 >= WHOLE_BP ? whole + 1 : whole) as Minor
    case 'HALF_EVEN':
      return (rest * 2 > WHOLE_BP || (rest * 2 === WHOLE_BP && whole % 2 === 1) ? whole + 1 : whole) as Minor
    case 'DOWN':
      return whole as Minor
    case 'UP':
      return (rest > 0 ? whole + 1 : whole) as Minor
  }
}

/**
 * Splits an amount by weights with the largest remainder: everyone the whole part, then one minor unit each to the largest
 * fractions, the earlier first. The parts add up to the amount, and none passes its weight while the amount does not pass
 * their sum. The weights' sum is at most 2^53-1; when it is 0 there is nobody to give to, and every part is 0.
 */
export function splitByWeight(amount: Minor, weights: readonly number[]): Minor[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (whole === 0) return weights.map(() => ZERO)
  const shares = weights.map((weight) => divide(amount, weight, whole))
  let left = amount - shares.reduce((sum, share) => sum + share.part, 0)
  for (const share of shares.toSorted((a, b) => b.rest - a.rest)) {
    if (left === 0) break
    share.part += 1
    left -= 1
  }
  return shares.map((share) => share.part as Minor)
}

/** `amount x weight / whole`: its whole part, and what is over in units of 1 / whole. */
function divide(amount: number, weight: number, whole: number): { part: number; rest: number } {
  const product = amount * weight
  if (product > Number.MAX_SAFE_INTEGER) {
    const exact = BigInt(amount) * BigInt(weight)
    return { part: Number(exact / BigInt(whole)), rest: Number(exact % BigInt(whole)) }
  }
  const rest = product % whole
  return { part: (product - rest) / whole, rest }
}
