import { lessPercent, type Minor, type Rounding } from '../kernel/money.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Assumed, Benefit, Distribution, Forecast, Standing, Threshold, ThresholdOutcome, WantedThreshold } from './threshold.model.ts'
import { inMoney, inNumber, inPercent } from './words.rules.ts'

const MOST_STEPS = 20
const ALL = 10_000

export type Asked = { readonly given: readonly Threshold[]; readonly soughtFor: Benefit | null }

/** The steps that are thought of. One alone is tried at other thresholds too, and one without a threshold only there. */
export function readSteps(wanted: readonly WantedThreshold[]): Result<Asked, Problem> {
  if (wanted.length === 0) return refuse(problem('BAD_USER_INPUT', 'Give at least one step.', ['steps']))
  if (wanted.length > MOST_STEPS) return refuse(problem('TOO_MANY_ITEMS', `At most ${MOST_STEPS} steps at once.`, ['steps']))
  const given: Threshold[] = []
  for (const [i, { minSubtotal, ...rest }] of wanted.entries()) {
    const benefit = benefitOf(rest)
    if (benefit === null) return refuse(problem('BAD_USER_INPUT', 'Give either percentOff or amountOff, more than 0.', ['steps', i]))
    if (minSubtotal === null && wanted.length > 1)
      return refuse(
        problem(
          'BAD_USER_INPUT',
          'Of several steps each needs its minSubtotal: only a single step may leave it out, to have thresholds proposed.',
          ['steps', i, 'minSubtotal'],
        ),
      )
    if (minSubtotal === null) return accept({ given, soughtFor: benefit })
    given.push({ minSubtotal, benefit })
  }
  return accept({ given, soughtFor: given.length === 1 ? (given[0]?.benefit ?? null) : null })
}

function benefitOf({ percentOff, amountOff, maxAmount }: Omit<WantedThreshold, 'minSubtotal'>): Benefit | null {
  if (percentOff !== null && amountOff === null) return { kind: 'PERCENT_OFF', bp: percentOff, maxAmount }
  if (amountOff !== null && amountOff > 0 && percentOff === null) return { kind: 'AMOUNT_OFF', amount: amountOff, maxAmount }
  return null
}

/** What a step takes of an order that comes to so much. */
export function takenOf(benefit: Benefit, amount: Minor, rounding: Rounding): number {
  const taken = benefit.kind === 'PERCENT_OFF' ? amount - lessPercent(amount, benefit.bp, rounding) : benefit.amount
  return Math.min(taken, benefit.maxAmount ?? taken, amount)
}

/** Percentiles at which a threshold might lie: above the middle, where some are over it and some are near. */
const WORTH_TRYING: readonly number[] = [50, 60, 70, 75, 80, 90, 95]

/**
 * Thresholds to choose from, rounded up to two figures: what the upper orders really come to, and half of what counts as near
 * above that, where orders lie just below. None is at or under what it gives.
 */
export function candidates({ percentiles }: Distribution, benefit: Benefit, given: readonly Threshold[], stretchBp: number): Threshold[] {
  const least = benefit.kind === 'AMOUNT_OFF' ? benefit.amount : 0
  const known = new Set<number>(given.map(({ minSubtotal }) => minSubtotal))
  const tried = percentiles.filter(({ percent }) => WORTH_TRYING.includes(percent))
  const places = tried.flatMap(({ amount }) => [roundedUp(amount), roundedUp(Math.round(amount * (1 + stretchBp / (2 * ALL))))])
  return [...new Set(places)]
    .sort((a, b) => a - b)
    .filter((place) => place > least && !known.has(place))
    .map((place) => ({ minSubtotal: place as Minor, benefit }))
}

/** To two figures: 8,731 is 8,800. */
export function roundedUp(amount: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount))) - 1)
  return Math.ceil(amount / unit) * unit
}

/** What a threshold would do, by how the orders lie about it and what is assumed of those just below. */
export function forecast(
  threshold: Threshold,
  standing: Standing,
  distribution: Distribution,
  { stretchBp, upliftBp, marginBp }: Assumed,
  { rounding, currency }: { rounding: Rounding; currency: string },
): Forecast {
  const { above, given, below, gap } = standing
  const { orders } = distribution
  const each = takenOf(threshold.benefit, threshold.minSubtotal, rounding)
  const extraRevenue = Math.round((gap * upliftBp) / ALL)
  const givenToStretched = Math.round((below * each * upliftBp) / ALL)
  const givenAway = given + givenToStretched
  const extraMargin = marginBp === null ? null : Math.round((gap * upliftBp * (marginBp / ALL)) / ALL)
  const result = extraMargin === null ? null : extraMargin - givenAway
  const breakEvenShare = marginBp === null ? null : breakEven(given, (gap * marginBp) / ALL - below * each)
  const figures = {
    ...threshold,
    ...standing,
    shareAbove: orders === 0 ? 0 : (100 * above) / orders,
    stretching: (below * upliftBp) / ALL,
    extraRevenue,
    givenToStretched,
    givenAway,
    extraMargin,
    result,
    breakEvenShare,
  }
  const outcome = outcomeOf(figures, orders)
  return { ...figures, outcome, verdict: verdictOf({ ...figures, outcome }, distribution, { stretchBp, upliftBp }, currency) }
}

/** The share, in percent, of the orders just below that must stretch, each of which earns so much together, to pay for what is given for nothing. */
function breakEven(given: number, earnedByAll: number): number | null {
  if (given === 0 && earnedByAll >= 0) return 0
  return earnedByAll <= 0 ? null : (100 * given) / earnedByAll
}

type Figures = Omit<Forecast, 'outcome' | 'verdict'>

/** Of a hundred orders not one is there or near: then whatever it does hardly shows. */
const HARDLY = 100

function outcomeOf({ above, below, result }: Figures, orders: number): ThresholdOutcome {
  if (above + below === 0) return 'WITHOUT_EFFECT'
  if (result === null) return 'UNKNOWN'
  if (result < 0) return 'LOSES'
  return (above + below) * HARDLY < orders || result === 0 ? 'WITHOUT_EFFECT' : 'PAYS'
}

function verdictOf(
  figures: Figures & { outcome: ThresholdOutcome },
  { orders, percentiles }: Distribution,
  { stretchBp, upliftBp }: Pick<Assumed, 'stretchBp' | 'upliftBp'>,
  currency: string,
): string {
  const { above, below, given, minSubtotal, result, breakEvenShare } = figures
  if (orders === 0) return 'There are no orders to tell from.'
  const money = (amount: number) => inMoney(amount, currency)
  const ninth = percentiles.find(({ percent }) => percent === 90)?.amount
  const lie = ninth !== undefined && ninth < minSubtotal ? ` Nine orders in ten come to ${money(ninth)} or less.` : ''
  const there =
    `${inNumber(above)} of ${inNumber(orders)} orders (${inPercent((above * ALL) / orders)}) reach ${money(minSubtotal)} as they are` +
    `${given > 0 ? ` and would take ${money(given)} for nothing` : ''}; ${inNumber(below)} ${below === 1 ? 'comes' : 'come'} within ${inPercent(stretchBp)} of it.`
  const share = below === 0 ? 'Nobody is near enough to stretch.' : breakEvenText(breakEvenShare, upliftBp)
  switch (figures.outcome) {
    case 'WITHOUT_EFFECT':
      return `It would do next to nothing: ${there}${lie}`
    case 'LOSES':
      return `It would lose ${money(-(result ?? 0))}: ${there} ${share}${lie}`
    case 'PAYS':
      return `It would bring ${money(result ?? 0)}: ${there} ${share}${lie}`
    case 'UNKNOWN':
      return `Whether it pays cannot be told without costs or marginPercent: ${there}${lie}`
  }
}

function breakEvenText(share: number | null, upliftBp: number): string {
  const assumed = `${inPercent(upliftBp)} are assumed to`
  if (share === null) return 'However many of them stretched, it would not pay: each earns less than it is given.'
  if (share > 100) return 'Even if all of them stretched, it would not pay for what is given for nothing.'
  return `${inPercent(Math.ceil(share * 100))} of them must stretch for it to pay; ${assumed}.`
}
