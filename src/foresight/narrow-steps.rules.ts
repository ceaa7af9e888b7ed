import type { Minor } from '../kernel/money.ts'
import { floorOf } from '../pricing/adjust.ts'
import type { PriceBook } from '../pricing/book.ts'
import type { Ladder } from '../pricing/rule.ts'
import { ladderPriceAt } from './beats.rules.ts'
import { type Finding, finding, type LookedAt } from './warning.model.ts'
import { inNumber, inPercent } from './words.rules.ts'

/** Large enough that what is lost by rounding is far below a hundredth of a percent. */
const ANY_PRICE = 1_000_000_000 as Minor
const ALL = 10_000

/**
 * The tiers of a ladder that gain less over the one below than the shop wants of a step, at one quantity. The gain is a
 * share of the list price. A ladder of percentages is looked at as such; one with amounts at the prices of its products.
 */
export function narrowSteps(ladder: Ladder, book: PriceBook, products: readonly LookedAt[], minStepBp: number): Finding[] {
  const named = new Set(ladder.rungs.flatMap(({ tierCode }) => (tierCode === null ? [] : [tierCode])))
  const tiers = book.tiers.filter(({ code }) => named.has(code))
  const priced = samplesFor(ladder, book, products)
  const found: Finding[] = []
  for (const quantity of quantitiesOf(ladder)) {
    for (const [i, tier] of tiers.entries()) {
      const below = tiers[i - 1]
      if (below === undefined || !opensAt(ladder, tier.code, quantity, book)) continue
      const gains = priced.map(({ sku, listPrice, floor }) => {
        const at = (rank: number) => ladderPriceAt(ladder, book.rankOf, { rank, quantity }, { listPrice, floor })
        return { sku, lower: at(below.rank), upper: at(tier.rank), listPrice }
      })
      const narrow = gains.filter(({ lower, upper, listPrice }) => listPrice > 0 && (lower - upper) * ALL < minStepBp * listPrice)
      const [first] = narrow
      if (first === undefined) continue
      const gainBp = ((first.lower - first.upper) * ALL) / first.listPrice
      const what =
        first.sku === null ? '' : ` on ${inNumber(narrow.length)} of ${inNumber(priced.length)} products looked at, such as "${first.sku}"`
      const from = quantity === 1 ? '' : ` from ${inNumber(quantity)} units on`
      found.push(
        finding(
          'NARROW_STEPS',
          `Tier "${tier.code}" gains ${gainBp === 0 ? 'nothing' : `${inPercent(gainBp)} of the list price`} over "${below.code}"${from}${what}: ` +
            `less than the shop's smallest step of ${inPercent(minStepBp)}.`,
          {
            tierCode: tier.code,
            quantity,
            sku: first.sku,
            ...(first.sku === null ? {} : { price: first.upper as Minor, comparedWith: first.lower as Minor }),
          },
        ),
      )
    }
  }
  return found
}

/** Whether the ladder gives a tier, or one below it, anything at a quantity. */
const opensAt = (ladder: Ladder, tierCode: string, quantity: number, book: PriceBook): boolean =>
  ladder.rungs.some((rung) => rung.tierCode !== null && book.rankOf(rung.tierCode) <= book.rankOf(tierCode) && rung.minQuantity <= quantity)

const quantitiesOf = (ladder: Ladder): number[] => [...new Set(ladder.rungs.map(({ minQuantity }) => minQuantity))].sort((a, b) => a - b)

function samplesFor(ladder: Ladder, book: PriceBook, products: readonly LookedAt[]) {
  if (ladder.rungs.every(({ adjustment }) => adjustment.kind === 'PERCENT_OFF')) return [{ sku: null, listPrice: ANY_PRICE, floor: 0 }]
  return products.map(({ facts }) => ({
    sku: facts.sku,
    listPrice: facts.listPrice,
    floor: floorOf(facts.listPrice, facts.floorPrice, book.maxDiscountBp),
  }))
}
