import { compareDecimals, type Decimal, decimal } from './decimal.ts'
import type { DecimalBound, DecimalRange } from './resolved.ts'

/** total / count against a bound, multiplied out: no digit is lost, and PostgreSQL's numeric says the same. */
export function isInDecimals(ratio: { readonly total: number; readonly count: number }, { from, until }: DecimalRange): boolean {
  const total = decimal(String(ratio.total))
  const against = (bound: DecimalBound) => compareDecimals(total, times(decimal(bound.at), ratio.count))
  const isAbove = from === null || against(from) > 0 || (from.included && against(from) === 0)
  return isAbove && (until === null || against(until) < 0 || (until.included && against(until) === 0))
}

const times = ({ units, digits }: Decimal, count: number): Decimal => ({ units: units * BigInt(count), digits })

/** The figure of 64 bits that is nearest to a decimal; beyond the largest, the largest. */
export const figureAt = (at: string): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(at)))

/** As `inFigures` says in SQL. */
export function isInFigures(figure: number, { from, until }: DecimalRange): boolean {
  const isAbove = from === null || figure > figureAt(from.at) || (from.included && figure === figureAt(from.at))
  return isAbove && (until === null || figure < figureAt(until.at) || (until.included && figure === figureAt(until.at)))
}
