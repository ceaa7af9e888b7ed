import { BOUNDS } from '../pricing/bounds.ts'
import type { RankOf } from '../pricing/compile.ts'
import type { Ladder, Offer } from '../pricing/rule.ts'
import { beatsStep, beatsWay, waysOf } from './beats.rules.ts'
import { type Finding, finding } from './warning.model.ts'
import { inMoney, inNumber } from './words.rules.ts'

/** What is known of a rule besides its terms. */
export type Known = {
  readonly rankOf: RankOf
  readonly currency: string
  /** Whether it ever runs from now on. */
  readonly runs: boolean
  /** How many products of the catalogue are in its scope, whenever they were launched; null: not counted. */
  readonly inScope: { readonly count: number; readonly listPrices: number } | null
  /** Whether its audience, of an offer for first orders those of it without an order, holds anybody now. */
  readonly audienceHoldsSomebody: boolean
  /** The codes of tiers that hold nobody, and above which is nobody. */
  readonly emptyTiers: ReadonlySet<string>
  /** Of an offer: what it gave so far. */
  readonly usage: { readonly uses: number; readonly taken: number } | null
}

const never = (message: string, about: Partial<Finding> = {}): Finding => finding('NEVER_APPLIES', message, about)

/** Why nothing comes of a rule, or of a part of it. What ends the whole rule is said alone. */
export function neverApplies(rule: Ladder | Offer, known: Known): Finding[] {
  const whole = whyNotAtAll(rule, known)
  if (whole !== null) return [never(whole)]
  return [...(rule.kind === 'LADDER' ? deadRungs(rule, known) : deadSteps(rule, known)), ...emptyTiersOf(rule, known)]
}

function whyNotAtAll(rule: Ladder | Offer, known: Known): string | null {
  const { code } = rule
  if (!known.runs) return `The days and hours of "${code}" never come before it ends: it can never apply.`
  if (rule.scope !== null && known.inScope?.count === 0)
    return `No product of the catalogue is in the scope of "${code}": it applies to nothing.`
  if (!known.audienceHoldsSomebody)
    return rule.kind === 'OFFER' && rule.firstOrderOnly
      ? `The audience of "${code}" holds nobody without an order now, and it is for first orders only: nobody can have it.`
      : `The audience of "${code}" holds nobody now: nobody can have it until it does.`
  return rule.kind === 'OFFER' ? (usedUp(rule, known) ?? outOfReach(rule, known)) : null
}

function usedUp({ code, totalLimit, budget }: Offer, { usage, currency }: Known): string | null {
  if (usage === null) return null
  if (totalLimit !== null && usage.uses >= totalLimit)
    return `"${code}" was used by ${inNumber(usage.uses)} orders over all its versions, and its limit is ${inNumber(totalLimit)}: nothing is left of it.`
  if (budget !== null && usage.taken >= budget)
    return `"${code}" took ${inMoney(usage.taken, currency)} over all its versions, and its budget is ${inMoney(budget, currency)}: nothing is left of it.`
  return null
}

const MOST_UNITS = BOUNDS.linesPerCart * BOUNDS.quantity

/** A product offer that asks for more than it lets anybody have, or for more than any cart holds. */
function outOfReach({ code, product, order }: Offer, { inScope, currency }: Known): string | null {
  if (order?.form === 'MULTI_BUY' && order.every > MOST_UNITS)
    return `No cart has ${inNumber(order.every)} units: "${code}" can never apply.`
  if (product === null) return null
  const { minQuantity, minSubtotal, maxUnitsPerOrder, maxUnitsPerCustomer } = product
  const max = Math.min(maxUnitsPerOrder ?? BOUNDS.quantity, maxUnitsPerCustomer ?? BOUNDS.quantity)
  const units = inScope === null ? MOST_UNITS : Math.min(MOST_UNITS, inScope.count * max)
  if (minQuantity !== null && minQuantity > units)
    return `"${code}" asks for ${inNumber(minQuantity)} units, and lets nobody have more than ${inNumber(units)}: it can never apply.`
  const subtotal = inScope === null ? Number.POSITIVE_INFINITY : inScope.listPrices * max
  if (minSubtotal !== null && minSubtotal > subtotal)
    return `"${code}" asks for ${inMoney(minSubtotal, currency)} of goods, and those that it lets anybody have come to ${inMoney(subtotal, currency)} at most: it can never apply.`
  return null
}

/** Rungs that another of the ladder always beats: open whenever they are, with a price at least as low. */
function deadRungs(ladder: Ladder, { rankOf }: Known): Finding[] {
  const ways = waysOf(ladder, rankOf)
  return ways.flatMap((way, i) => {
    const winner = ways.findIndex((other, k) => k !== i && beatsWay(other, way) && (k < i || !beatsWay(way, other)))
    const [rung, better] = [ladder.rungs[i], ladder.rungs[winner]]
    if (rung === undefined || better === undefined) return []
    return [
      never(`The rung ${nameOf(rung)} is always beaten by the one ${nameOf(better)}: it never makes a price.`, {
        tierCode: rung.tierCode,
        quantity: rung.minQuantity,
      }),
    ]
  })
}

const nameOf = ({ tierCode, minQuantity }: Ladder['rungs'][number]): string =>
  `${tierCode === null ? 'for everybody' : `of tier "${tierCode}"`}${minQuantity > 1 ? ` from ${inNumber(minQuantity)} units on` : ''}`

function deadSteps({ order }: Offer, { rankOf, currency, inScope }: Known): Finding[] {
  if (order?.form !== 'THRESHOLD') return []
  return order.steps.flatMap((step, i) => {
    const from = `The step from ${step.minQuantity === null ? '' : `${inNumber(step.minQuantity)} units and `}${inMoney(step.minSubtotal, currency)} on`
    const most = inScope === null ? Number.POSITIVE_INFINITY : inScope.listPrices * BOUNDS.quantity
    if ((step.minQuantity ?? 0) > MOST_UNITS || step.minSubtotal > most) return [never(`${from} is beyond what any cart can reach.`)]
    const winner = order.steps.find((other, k) => k !== i && beatsStep(other, step, rankOf) && (k < i || !beatsStep(step, other, rankOf)))
    if (winner === undefined || order.repeat) return []
    return [never(`${from} is always beaten by the one from ${inMoney(winner.minSubtotal, currency)} on: it never counts.`)]
  })
}

/** Of tiers that a rule names, those for which it waits until somebody is in them. */
function emptyTiersOf(rule: Ladder | Offer, { emptyTiers }: Known): Finding[] {
  const named =
    rule.kind === 'LADDER'
      ? rule.rungs.map(({ tierCode }) => tierCode)
      : rule.order?.form === 'THRESHOLD'
        ? rule.order.steps.flatMap((step) => [step.minTier, ...step.gifts.map(({ minTier }) => minTier)])
        : []
  return [...new Set(named)].flatMap((tierCode) =>
    tierCode !== null && emptyTiers.has(tierCode)
      ? [never(`Nobody is in tier "${tierCode}" or above it now: what "${rule.code}" gives there is had by nobody.`, { tierCode })]
      : [],
  )
}
