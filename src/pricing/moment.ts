import type { Instant } from '../kernel/clock.ts'
import { type LocalTime, localTime } from '../kernel/zone.ts'
import type { PriceBook } from './book.ts'
import type { LadderRule, OfferRule } from './compiled.ts'
import type { RuleOutcome } from './quote.ts'
import { runsAt } from './schedule.ts'
import type { Shopper, Usage } from './shopper.ts'

/** Who asks for a price, when, by which book; with what was found out on the way and need not be asked again. */
export type Moment = {
  readonly book: PriceBook
  readonly shopper: Shopper | null
  readonly at: Instant
  /** The shopper's; -Infinity without a tier. */
  readonly rank: number
  readonly usage: Usage | null
  readonly reserving: boolean
  /** Codes of offers that took more than their budget has left; null while there are none. */
  struck: Set<string> | null
  local: LocalTime | null
  readonly audiences: Map<string, boolean>
}

export function momentOf(book: PriceBook, shopper: Shopper | null, at: Instant, usage: Usage | null, reserving = false): Moment {
  return withRank(book, shopper, at, usage, reserving, rankOfShopper(book, shopper))
}

/** The same with the tier replaced. Nobody stays nobody: with a tier, and still in no audience. */
export function withTier(moment: Moment, tierCode: string): Moment {
  const shopper = moment.shopper === null ? null : moment.shopper.withTier(tierCode)
  return withRank(moment.book, shopper, moment.at, moment.usage, moment.reserving, moment.book.rankOf(tierCode))
}

const withRank = (
  book: PriceBook,
  shopper: Shopper | null,
  at: Instant,
  usage: Usage | null,
  reserving: boolean,
  rank: number,
): Moment => ({
  book,
  shopper,
  at,
  rank,
  usage,
  reserving,
  struck: null,
  local: null,
  audiences: new Map(),
})

/** A tier that the book does not know is none. */
function rankOfShopper(book: PriceBook, shopper: Shopper | null): number {
  const rank = book.rankOf(shopper === null ? null : shopper.tierCode)
  return rank === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : rank
}

/**
 * Why a rule is not there for the shopper at all, whatever is in the cart; null when it is: its window, its schedule, its
 * audience, first orders (pricing rules, section 1), what limited offers have left (section 6).
 */
export function whyNotLive(moment: Moment, rule: LadderRule | OfferRule): RuleOutcome | null {
  if (moment.at < rule.from || moment.at >= rule.until) return 'NOT_LIVE'
  if (rule.hours !== null && !runsAt(rule.hours, wallClock(moment))) return 'NOT_LIVE'
  if (rule.audience !== null && !isIn(moment, rule.audience)) return 'NOT_IN_AUDIENCE'
  return rule.kind === 'OFFER' ? whyNotLeft(moment, rule) : null
}

function whyNotLeft(moment: Moment, offer: OfferRule): RuleOutcome | null {
  if (moment.reserving && moment.shopper === null && needsSomebody(offer)) return 'NOT_IN_AUDIENCE'
  if (offer.terms.firstOrderOnly && moment.shopper?.hasCountedOrder) return 'NOT_FIRST_ORDER'
  return offer.limited && isUsedUp(moment, offer) ? 'LIMIT_REACHED' : null
}

/** What is counted by customer cannot be taken by nobody, only shown. */
const needsSomebody = ({ terms }: OfferRule): boolean =>
  terms.firstOrderOnly || terms.perCustomerLimit !== null || (terms.product !== null && terms.product.maxUnitsPerCustomer !== null)

function isUsedUp(moment: Moment, { code, terms }: OfferRule): boolean {
  if (moment.struck?.has(code)) return true
  const given = moment.usage?.get(code)
  if (terms.totalLimit !== null && (given?.uses ?? 0) >= terms.totalLimit) return true
  if (terms.budget !== null && (given?.taken ?? 0) >= terms.budget) return true
  return terms.perCustomerLimit !== null && (moment.shopper?.usage.get(code)?.uses ?? 0) >= terms.perCustomerLimit
}

/** Nobody is in no audience. Each audience is asked about once. */
function isIn(moment: Moment, audience: string): boolean {
  if (moment.shopper === null) return false
  const known = moment.audiences.get(audience)
  if (known !== undefined) return known
  const answer = moment.shopper.isIn(audience)
  moment.audiences.set(audience, answer)
  return answer
}

function wallClock(moment: Moment): LocalTime {
  moment.local ??= localTime(moment.at, moment.book.timeZone)
  return moment.local
}
