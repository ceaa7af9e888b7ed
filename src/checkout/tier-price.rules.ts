import type { Instant } from '../kernel/clock.ts'
import type { BookVersion } from '../shops/shop.model.ts'
import type { TierPricePoint } from './tier-price.model.ts'

type Window = { readonly validFrom: Instant | null; readonly validUntil: Instant | null }

/** The instants after `from` and until `to` at which rules of a version began or ended by their own terms while it was in force. */
export function windowInstants(
  { since }: BookVersion,
  next: Instant,
  rules: readonly Window[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Instant[] {
  const [first, last] = [Math.max(from, since), Math.min(to, next)]
  return rules
    .flatMap(({ validFrom, validUntil }) => [validFrom, validUntil])
    .filter((at) => at !== null)
    .filter((at) => at > first && at <= last)
}

/** Points at which somebody pays, or the product costs, something else than at the point before. */
export const changesOnly = (points: readonly TierPricePoint[]): TierPricePoint[] =>
  points.filter((point, i) => i === 0 || saidBy(point) !== saidBy(points[i - 1] as TierPricePoint))

const saidBy = ({ since: _, bookVersion: __, ...said }: TierPricePoint): string => JSON.stringify(said)
