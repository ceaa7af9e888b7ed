import { takeByBundle } from './bundle.ts'
import { type CartState, inOrder, type LineState } from './cart-state.ts'
import type { OrderOffer, ThresholdStep } from './compiled.ts'
import { type Moment, whyNotLive } from './moment.ts'
import { takeByMultiBuy } from './multi-buy.ts'
import { type Draft, nothing, type Seen, seenBy, type Taking } from './order-lines.ts'
import type { Gift, RuleOutcome, Surprise } from './quote.ts'
import { takeByThreshold } from './threshold.ts'

// Section 4 of the pricing rules: what order offers take from the lines as section 3 left them.

/** A live order offer that looked at the cart: what it saw, and what came of it. */
export type Visit = { readonly offer: OrderOffer; readonly draft: Draft; readonly outcome: RuleOutcome }
export type OrderLevel = { readonly visits: Visit[]; readonly gifts: Gift[]; readonly surprises: Surprise[]; freeShipping: boolean }

/** Applies the best exclusive offer and then every stackable one, in place, to the totals of the cart's lines. */
export function applyOrderOffers(moment: Moment, cart: CartState): OrderLevel {
  const level: OrderLevel = { visits: [], gifts: [], surprises: [], freeShipping: false }
  const live = orderOffersOf(cart).filter((offer) => whyNotLive(moment, offer) === null)
  if (live.length === 0) return level
  const lines = inOrder(cart.lines)
  applyExclusives(moment, level, lines, live)
  for (const offer of live) if (!offer.exclusive) settle(moment, level, offer, draftOf(moment, offer, lines))
  return level
}

/** Every order offer that a line leads to, that reaches everything, or that is named: each once, by place. */
export function orderOffersOf(cart: CartState): OrderOffer[] {
  const found = new Set<OrderOffer>()
  for (const line of cart.lines) for (const bucket of line.buckets) for (const offer of bucket.orders) found.add(offer)
  for (const offer of cart.always) found.add(offer)
  for (const offer of cart.named) if (offer.level === 'ORDER') found.add(offer)
  return [...found].sort((a, b) => a.place - b.place)
}

/** All look at the totals of section 3; of those that compete one applies, and with it those that take nothing anywhere. */
function applyExclusives(moment: Moment, level: OrderLevel, lines: readonly LineState[], live: readonly OrderOffer[]): void {
  const drafts = live.filter((offer) => offer.exclusive).map((offer) => ({ offer, draft: draftOf(moment, offer, lines) }))
  let best: Draft | null = null
  for (const { offer, draft } of drafts) if (competes(moment, offer, draft) && draft.amount > (best?.amount ?? -1)) best = draft
  for (const { offer, draft } of drafts) {
    if (draft === best || takesNothingAnywhere(offer)) settle(moment, level, offer, draft)
    else level.visits.push({ offer, draft, outcome: draft.closed ?? 'BEATEN' })
  }
}

const takesNothingAnywhere = (offer: OrderOffer): boolean => offer.form === 'THRESHOLD' && !offer.hasAmount

function competes(moment: Moment, offer: OrderOffer, draft: Draft): boolean {
  return !takesNothingAnywhere(offer) && (draft.amount > 0 || (draft.step !== null && hasPerks(moment, draft.step)))
}

const hasPerks = (moment: Moment, step: ThresholdStep): boolean =>
  step.freeShipping || step.surprise.length > 0 || step.gifts.some((gift) => gift.rank <= moment.rank)

function draftOf(moment: Moment, offer: OrderOffer, all: readonly LineState[]): Draft {
  const seen = seenBy(moment, offer, all)
  return { ...seen, ...(seen.lines.length === 0 ? nothing('NOT_IN_SCOPE') : takingOf(moment, offer, seen)) }
}

function takingOf(moment: Moment, offer: OrderOffer, seen: Seen): Taking {
  switch (offer.form) {
    case 'THRESHOLD':
      return takeByThreshold(moment, offer, seen)
    case 'MULTI_BUY':
      return takeByMultiBuy(moment, offer, seen)
    case 'BUNDLE':
      return takeByBundle(offer, seen)
  }
}

/** Takes what a draft would take, and gives its perks. */
function settle(moment: Moment, level: OrderLevel, offer: OrderOffer, draft: Draft): void {
  for (const [i, line] of draft.lines.entries()) {
    const amount = draft.shares[i]
    if (amount === undefined || amount === 0) continue
    line.total = (line.total - amount) as typeof line.total
    line.shares.push({ rule: offer, amount })
  }
  const isUsed = givePerks(moment, level, offer, draft.step) || draft.amount > 0
  level.visits.push({ offer, draft, outcome: isUsed ? 'APPLIED' : (draft.closed ?? 'BEATEN') })
}

function givePerks(moment: Moment, level: OrderLevel, offer: OrderOffer, step: ThresholdStep | null): boolean {
  if (step === null || !hasPerks(moment, step)) return false
  for (const gift of step.gifts) {
    if (gift.rank <= moment.rank) level.gifts.push({ sku: gift.sku, quantity: gift.quantity, offerCode: offer.code })
  }
  if (step.surprise.length > 0) level.surprises.push({ offerCode: offer.code, offerName: offer.name, prizes: step.surprise })
  if (step.freeShipping) level.freeShipping = true
  return true
}
