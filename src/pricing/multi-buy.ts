import { lessPercent, type Minor } from '../kernel/money.ts'
import type { LineState } from './cart-state.ts'
import type { MultiBuyOffer } from './compiled.ts'
import type { Moment } from './moment.ts'
import { dearestFirst, nothing, type Run, type Seen, type Taking, taking } from './order-lines.ts'
import type { MultiBuyTerms } from './rule.ts'

/**
 * What a multi-buy would take (pricing rules, section 4): the units from the dearest down, in groups; the last few of each
 * whole group are cheaper. Units are counted in runs of equal cost, so a million of them cost no more than one.
 */
export function takeByMultiBuy(moment: Moment, offer: MultiBuyOffer, { lines, units }: Seen): Taking {
  if (units < offer.order.every) return nothing('QUANTITY_TOO_LOW')
  const taken = new Map<LineState, number>()
  let place = 0
  for (const run of dearestFirst(lines)) {
    const chosen = chosenBefore(place + run.count, units, offer.order) - chosenBefore(place, units, offer.order)
    taken.set(run.line, (taken.get(run.line) ?? 0) + chosen * offOneUnit(moment, run, offer.order))
    place += run.count
  }
  return taking(lines.map((line) => (taken.get(line) ?? 0) as Minor))
}

/** How many of the first `places` units are among the last of a whole group. */
function chosenBefore(places: number, units: number, { every, units: last }: MultiBuyTerms): number {
  const grouped = Math.min(places, units - (units % every))
  const inOpenGroup = grouped % every
  return ((grouped - inOpenGroup) / every) * last + Math.max(0, inOpenGroup - (every - last))
}

function offOneUnit(moment: Moment, { cost, line }: Run, { bp }: MultiBuyTerms): number {
  return cost - Math.max(lessPercent(cost, bp, moment.book.rounding), line.floor)
}
