import type { Minor } from '../kernel/money.ts'
import type { ThresholdOffer, ThresholdStep } from './compiled.ts'
import { type Moment, whyNotLive } from './moment.ts'
import type { Visit } from './order-level.ts'
import type { NextStep } from './quote.ts'
import { takenBy, whyClosed } from './threshold.ts'

type Seen = { readonly offer: ThresholdOffer; readonly sum: Minor; readonly units: number }

/**
 * What is missing to the next step of each live threshold offer without `repeat` (pricing rules, section 5), from what the
 * offer saw; an offer to which no line leads saw nothing. In the order of priority, then code.
 */
export function nextSteps(moment: Moment, visits: readonly Visit[]): NextStep[] {
  return seenBy(moment, visits)
    .sort((a, b) => a.offer.place - b.offer.place)
    .flatMap((seen) => {
      const step = nextStepOf(moment, seen)
      return step === null ? [] : [missing(moment, seen, step)]
    })
}

function seenBy(moment: Moment, visits: readonly Visit[]): Seen[] {
  const seen: Seen[] = []
  const visited = new Set<unknown>()
  for (const { offer, draft } of visits) {
    visited.add(offer)
    if (offer.form === 'THRESHOLD' && !offer.order.repeat) seen.push({ offer, sum: draft.sum, units: draft.units })
  }
  for (const offer of moment.book.scopedThresholds) {
    if (!visited.has(offer) && whyNotLive(moment, offer) === null) seen.push({ offer, sum: 0 as Minor, units: 0 })
  }
  return seen
}

/** Of the closed steps that the shopper's tier admits the one with the smallest minSubtotal, then minQuantity, then the earliest. */
function nextStepOf(moment: Moment, { offer, sum, units }: Seen): ThresholdStep | null {
  let next: ThresholdStep | null = null
  for (const step of offer.steps) {
    if (step.rank > moment.rank || whyClosed(moment, step, sum, units) === null) continue
    if (next === null || step.minSubtotal < next.minSubtotal) next = step
    else if (step.minSubtotal === next.minSubtotal && step.minQuantity < next.minQuantity) next = step
  }
  return next
}

function missing(moment: Moment, { offer, sum, units }: Seen, step: ThresholdStep): NextStep {
  const reached = Math.max(sum, step.minSubtotal) as Minor
  return {
    offerCode: offer.code,
    offerName: offer.name,
    missing: (reached - sum) as Minor,
    missingQuantity: Math.max(0, step.minQuantity - units),
    amount: takenBy(step, offer, reached, moment.book.rounding),
  }
}
