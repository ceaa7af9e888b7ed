import type { Rounding } from '../kernel/money.ts'
import { compileLadder, compileOffer, type RankOf } from './compile.ts'
import type { LadderRule, OfferRule, ThresholdOffer } from './compiled.ts'
import type { Ladder, Offer } from './rule.ts'
import { indexRules, type RuleIndex } from './rule-index.ts'
import { byBytes, foldCode } from './text.ts'

/** A level of the shop's programme. Ranks are unique; the higher is the better. */
export type Tier = { readonly id: string; readonly code: string; readonly name: string; readonly rank: number }

/** The published rules of a shop, as data. `maxDiscountBp` 10,000: no limit. */
export type BookInput = {
  readonly version: number
  readonly timeZone: string
  readonly rounding: Rounding
  readonly maxDiscountBp: number
  readonly tiers: readonly Tier[]
  readonly ladders: readonly Ladder[]
  readonly offers: readonly Offer[]
}

/** The same, compiled and indexed. Immutable; build a new one for each version. */
export type PriceBook = {
  readonly version: number
  readonly timeZone: string
  readonly rounding: Rounding
  readonly maxDiscountBp: number
  /** By rank, the lowest first. */
  readonly tiers: readonly Tier[]
  readonly rankOf: RankOf
  /** The automatic rules. */
  readonly index: RuleIndex
  /** Every offer, by place. */
  readonly offers: readonly OfferRule[]
  /** By folded code: the offers that are had by typing their code, and those that are had with a coupon. */
  readonly codeOffers: ReadonlyMap<string, OfferRule>
  readonly couponOffers: ReadonlyMap<string, OfferRule>
  /** Automatic threshold offers with a scope: they have a next step to tell of even where no line of a cart leads to them. */
  readonly scopedThresholds: readonly ThresholdOffer[]
}

/** Compiles and indexes the rules once, so that a line costs what the rules that can touch it cost (pricing rules, section 8). */
export function buildBook(input: BookInput): PriceBook {
  const ranks = new Map(input.tiers.map((tier) => [tier.code, tier.rank]))
  const rankOf: RankOf = (code) => (code === null ? Number.NEGATIVE_INFINITY : (ranks.get(code) ?? Number.POSITIVE_INFINITY))
  const rules = inPlace(input).map((rule, place) =>
    rule.kind === 'LADDER' ? compileLadder(rule, place, rankOf) : compileOffer(rule, place, rankOf),
  )
  const offers = rules.filter((rule) => rule.kind === 'OFFER')
  const automatic = rules.filter((rule) => rule.kind === 'LADDER' || rule.terms.trigger === 'AUTOMATIC')
  const byCode = offers.filter((rule) => rule.terms.trigger === 'CODE')
  return {
    version: input.version,
    timeZone: input.timeZone,
    rounding: input.rounding,
    maxDiscountBp: input.maxDiscountBp,
    tiers: input.tiers.toSorted((a, b) => a.rank - b.rank),
    rankOf,
    index: indexRules(automatic),
    offers,
    codeOffers: keyed(byCode.filter((rule) => rule.terms.coupons === null)),
    couponOffers: keyed(byCode.filter((rule) => rule.terms.coupons !== null)),
    scopedThresholds: automatic.filter(isScopedThreshold),
  }
}

/** Larger priority first, then smaller code. */
const inPlace = (input: BookInput): readonly (Ladder | Offer)[] =>
  [...input.ladders, ...input.offers].sort((a, b) => b.priority - a.priority || byBytes(a.code, b.code))

const keyed = (offers: readonly OfferRule[]): ReadonlyMap<string, OfferRule> =>
  new Map(offers.map((offer) => [foldCode(offer.code), offer]))

const isScopedThreshold = (rule: LadderRule | OfferRule): rule is ThresholdOffer =>
  rule.kind === 'OFFER' && rule.level === 'ORDER' && rule.form === 'THRESHOLD' && !rule.order.repeat && rule.reach?.included != null
