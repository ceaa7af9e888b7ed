import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { type Minor, minor } from '../kernel/money.ts'
import type { GivenProduct } from '../products/product.model.ts'
import { BRANDS } from './names.model.ts'
import { type Random, random } from './random.rules.ts'
import { SHELVES, type Shelf } from './range.model.ts'

/** A product, with what the orders of the demo must know of it. */
export type StockedProduct = GivenProduct & { readonly shelf: Shelf; readonly launchedAt: Instant }

const PRODUCTS_A_SHELF = 20

/** Five hundred products on twenty-five shelves, as they are at an instant: a few of them new. */
export function makeCatalogue(seed: string, now: Instant): readonly StockedProduct[] {
  const dice = random(`${seed}/catalogue`)
  return SHELVES.flatMap((shelf) => {
    const brands = dice.sample(BRANDS, 3)
    const [first, second] = [shelf.variants[0].split(', '), shelf.variants[1].split(', ')]
    const kinds = dice.sample(
      first.flatMap((a) => second.map((b) => `${a} ${b}`)),
      PRODUCTS_A_SHELF,
    )
    return kinds.map((kind, i) => makeProduct(dice, shelf, { kind, number: i + 1, brand: dice.pick(brands), now }))
  })
}

type Place = { readonly kind: string; readonly number: number; readonly brand: string; readonly now: Instant }

function makeProduct(dice: Random, shelf: Shelf, { kind, number, brand, now }: Place): StockedProduct {
  const listPrice = pricePoint(dice.logNormal(shelf.price, 0.45))
  const costPrice = minor(Math.round(listPrice * (0.42 + 0.24 * dice.fraction())))
  return {
    shelf,
    sku: `${shelf.prefix}-${String(number).padStart(3, '0')}`,
    name: `${brand} ${shelf.zh} ${kind} · ${shelf.en}`,
    listPrice,
    // A tenth above cost is where most makers' price agreements end; for the rest the shop's own limit must do.
    floorPrice: dice.happens(0.6) ? minor(Math.ceil(costPrice * 1.1)) : null,
    costPrice,
    brand,
    categoryPaths: [shelf.path],
    tags: [...shelf.tags, ...(dice.happens(0.12) ? ['bestseller'] : [])],
    stock: dice.happens(0.04) ? 0 : Math.round(dice.logNormal(120, 0.9)),
    launchedAt: launchedAt(dice, number, now),
  }
}

/** As price tags are: whole yuan from 100 on, tenths from 10 on, below that to the fen. */
function pricePoint(fen: number): Minor {
  const step = fen >= 10_000 ? 100 : fen >= 1_000 ? 10 : 1
  return minor(Math.max(step, Math.round(fen / step) * step))
}

/** Three of each shelf were there from the first day: what the demo's texts tell of is among them. */
const OLD_ON_EACH_SHELF = 3

/** The last of each shelf came in the last three weeks; one in five of the others while the shop was open, the rest before. */
function launchedAt(dice: Random, number: number, now: Instant): Instant {
  const ago =
    number === PRODUCTS_A_SHELF ? 1 + 20 * dice.fraction() : dice.happens(0.2) ? 30 + 690 * dice.fraction() : 740 + 700 * dice.fraction()
  return instant(now - (number <= OLD_ON_EACH_SHELF ? 740 + ago : ago) * DAY_MS)
}
