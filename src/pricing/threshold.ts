import { lessPercent, type Minor, type Rounding, splitByWeight } from '../kernel/money.ts'
import type { ThresholdOffer, ThresholdStep } from './compiled.ts'
import type { Moment } from './moment.ts'
import { nothing, type Seen, sumOf, type Taking, taking } from './order-lines.ts'
import { latest } from './outcomes.ts'
import type { RuleOutcome } from './quote.ts'

/** What a threshold offer would take from its lines (pricing rules, section 4): by the open step that takes most, spread over the lines by what they may still lose. */
export function takeByThreshold(moment: Moment, offer: ThresholdOffer, { lines, sum, units }: Seen): Taking {
  const step = stepThatCounts(moment, offer, sum, units)
  if (step === null) return nothing(latest(offer.steps.map((each) => whyClosed(moment, each, sum, units))))
  const headrooms = lines.map((line) => line.total - line.floor * line.item.quantity)
  const amount = Math.min(takenBy(step, offer, sum, moment.book.rounding), sumOf(headrooms)) as Minor
  return taking(splitByWeight(amount, headrooms), step)
}

/** Of the open steps the one that takes most before the floor; of an offer that takes nothing anywhere, the highest. */
function stepThatCounts(moment: Moment, offer: ThresholdOffer, sum: Minor, units: number): ThresholdStep | null {
  let best: ThresholdStep | null = null
  let most = 0
  for (const step of offer.steps) {
    if (whyClosed(moment, step, sum, units) !== null) continue
    const taken = takenBy(step, offer, sum, moment.book.rounding)
    if (best !== null && (taken < most || (taken === most && !isHigher(step, best, offer)))) continue
    best = step
    most = taken
  }
  return best
}

function isHigher(step: ThresholdStep, than: ThresholdStep, offer: ThresholdOffer): boolean {
  if (step.minSubtotal !== than.minSubtotal) return step.minSubtotal > than.minSubtotal
  return !offer.hasAmount && step.minQuantity > than.minQuantity
}

/** Why a step is closed at this sum and these units; null when it is open. */
export function whyClosed(moment: Moment, step: ThresholdStep, sum: number, units: number): RuleOutcome | null {
  if (units < step.minQuantity) return 'QUANTITY_TOO_LOW'
  if (sum < step.minSubtotal) return 'SUBTOTAL_TOO_LOW'
  return step.rank > moment.rank ? 'TIER_TOO_LOW' : null
}

/** What a step takes of a sum, before the floor: at most its maxAmount, at most the sum. */
export function takenBy(step: ThresholdStep, offer: ThresholdOffer, sum: Minor, rounding: Rounding): Minor {
  if (step.off === null) return 0 as Minor
  // A product too large to be exact is larger than any sum, and so never counts.
  const taken =
    step.off.kind === 'PERCENT_OFF' ? sum - lessPercent(sum, step.off.bp, rounding) : step.off.amount * timesReached(step, offer, sum)
  return Math.min(taken, step.maxAmount, sum) as Minor
}

const timesReached = (step: ThresholdStep, offer: ThresholdOffer, sum: number): number =>
  offer.order.repeat && step.minSubtotal > 0 ? (sum - (sum % step.minSubtotal)) / step.minSubtotal : 1
