import type { Instant } from '../kernel/clock.ts'
import type { BasisPoints } from '../kernel/money.ts'
import { audienceOf } from '../pricebook/audience.model.ts'
import type { Ladder, Offer } from '../pricing/rule.ts'
import type { Shopper } from '../pricing/shopper.ts'
import type { Tier } from '../tiers/tier.model.ts'

/** Something that a tier opens. `percentOff`: the most that it takes off, where it takes a share. */
export type TierGain = { readonly name: string; readonly kind: 'LADDER' | 'OFFER' | 'GIFT'; readonly percentOff: BasisPoints | null }

/** What a shopper has under another tier and has not now: rules that are in force and come by themselves. Codes and coupons are not told. */
export function gainsOf(
  rules: readonly (Ladder | Offer)[],
  tiers: readonly Tier[],
  shopper: Shopper,
  next: Tier,
  now: Instant,
): TierGain[] {
  const rank = (code: string | null): number => tiers.find((tier) => tier.code === code)?.rank ?? Number.NEGATIVE_INFINITY
  const own = rank(shopper.tierCode)
  const then = shopper.withTier(next.code)
  const isIn = (who: Shopper, rule: Ladder | Offer) => {
    const audience = audienceOf(rule)
    return audience === null || who.isIn(audience)
  }
  return rules
    .filter((rule) => (rule.validFrom ?? now) <= now && (rule.validUntil === null || now < rule.validUntil) && isIn(then, rule))
    .flatMap((rule): TierGain[] => {
      const before = isIn(shopper, rule) ? own : null
      // From the lowest tier that has it up; before the rule was theirs at all, every step of it is new.
      const isNew = (code: string | null) =>
        code === null ? before === null : rank(code) <= next.rank && (before === null || rank(code) > before)
      return rule.kind === 'LADDER'
        ? ladderGain(rule, isNew)
        : rule.trigger === 'CODE' || rule.coupons !== null
          ? []
          : offerGains(rule, isNew)
    })
}

type IsNew = (tierCode: string | null) => boolean

function ladderGain({ name, rungs }: Ladder, isNew: IsNew): TierGain[] {
  const opened = rungs.filter(({ tierCode }) => isNew(tierCode))
  const shares = opened.flatMap(({ adjustment }) => (adjustment.kind === 'PERCENT_OFF' ? [adjustment.bp] : []))
  return opened.length === 0 ? [] : [{ name, kind: 'LADDER', percentOff: largest(shares) }]
}

function offerGains({ name, product, order }: Offer, isNew: IsNew): TierGain[] {
  const own = (percentOff: BasisPoints | null): TierGain => ({ name, kind: 'OFFER', percentOff })
  if (product !== null) return isNew(null) ? [own(product.adjustment.kind === 'PERCENT_OFF' ? product.adjustment.bp : null)] : []
  if (order?.form !== 'THRESHOLD') return isNew(null) ? [own(order?.form === 'MULTI_BUY' ? order.bp : null)] : []
  const opened = order.steps.filter(({ minTier }) => isNew(minTier))
  const gifts = order.steps.flatMap((step) => step.gifts).filter(({ minTier }) => minTier !== null && isNew(minTier))
  const shares = opened.flatMap(({ off }) => (off?.kind === 'PERCENT_OFF' ? [off.bp] : []))
  return [
    ...(opened.length === 0 ? [] : [own(largest(shares))]),
    ...(gifts.length === 0 ? [] : [{ name, kind: 'GIFT' as const, percentOff: null }]),
  ]
}

const largest = (shares: readonly BasisPoints[]): BasisPoints | null =>
  shares.reduce<BasisPoints | null>((most, share) => (most === null || share > most ? share : most), null)
