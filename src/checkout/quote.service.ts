import { withCoupons } from '../coupons/coupon.model.ts'
import { couponsNamed, couponsNamedThen } from '../coupons/wallet.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { type InputPath, type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { linkInCart } from '../links/opening.service.ts'
import { usageThen } from '../offers/past-usage.service.ts'
import { usageOf } from '../offers/usage.service.ts'
import type { Book } from '../pricebook/book.service.ts'
import type { PriceItem, ProductFacts } from '../pricing/cart.ts'
import { type MemberPrice, memberPrices } from '../pricing/member-prices.ts'
import { price } from '../pricing/price.ts'
import type { Quote } from '../pricing/quote.ts'
import type { Shopper } from '../pricing/shopper.ts'
import { factsOfProducts, factsOfProductsThen } from '../products/product.service.ts'
import type { World } from '../shell/world.ts'
import { amountTooLarge, cartFault, faultOf, MOST_ITEMS, priced, skusOf, toCart, type Wanted, type WantedCart } from './cart.rules.ts'

/** What each item costs this shopper, in the order asked; a refusal of one stands in its own place. */
export async function priceItems(
  world: World,
  book: Book,
  shopper: Shopper | null,
  wanted: readonly Wanted[],
): Promise<Result<readonly Result<MemberPrice, Problem>[], Problem>> {
  if (wanted.length > MOST_ITEMS) return refuse(problem('TOO_MANY_ITEMS', `Ask for at most ${MOST_ITEMS} items at once.`, ['items']))
  const products = await factsOfProducts(
    world,
    wanted.map((item) => item.sku),
  )
  const known = wanted.map((item, i) => payable(item, products, ['items', i]))
  const items = known.flatMap((item) => (item.ok ? [item.value] : []))
  const prices = memberPrices(book.prices, shopper, items, world.now, await usageOf(world, book))
  if (!prices.ok) throw new Error('an item that was found payable is not')
  let next = 0
  const answers = known.map((item) => {
    if (!item.ok) return item
    const priced = prices.value[next++]
    if (priced === undefined) throw new Error('an item was not priced')
    return accept(priced)
  })
  return accept(answers)
}

function payable(item: Wanted, products: ReadonlyMap<string, ProductFacts>, path: InputPath): Result<PriceItem, Problem> {
  const fault = faultOf(item, path)
  if (fault !== null) return refuse(fault)
  const known = priced(item, products, path)
  if (known.ok && known.value.listPrice * known.value.quantity > Number.MAX_SAFE_INTEGER) return refuse(amountTooLarge(path))
  return known
}

/** `then`: by the prices that products had at `at`, and by what had become of limited offers, coupons and links by then. */
type Asked = {
  readonly book: Book
  readonly shopper: Shopper | null
  /** Whose shopper that is. */
  readonly customerId: string | null
  readonly at: Instant
  readonly explain: boolean
  readonly then?: boolean
}

/** Prices a cart and changes nothing. */
export async function priceCart(world: World, asked: Asked, cart: WantedCart): Promise<Result<Quote, Problem>> {
  const { book, shopper, customerId, at, explain, then } = asked
  const fault = cartFault(cart.lines, cart.codes)
  if (fault !== null) return refuse(fault)
  const products = await (then ? factsOfProductsThen(world, skusOf(cart), at) : factsOfProducts(world, skusOf(cart)))
  const holder = { shop: book.shop, customerId, at, reserving: false, isPast: then === true }
  const link = cart.linkToken === null ? null : await linkInCart(world, cart.linkToken, holder)
  const known = toCart(cart, products, link?.cartLink)
  if (!known.ok) return known
  const coupons = await (then ? couponsNamedThen : couponsNamed)(world, book.prices, customerId, cart.codes, at)
  const usage = await (then ? usageThen(world, book, at) : usageOf(world, book))
  const quote = price(book.prices, shopper && withCoupons(shopper, coupons), known.value, at, { explain, usage })
  return quote.ok ? quote : refuse(amountTooLarge(['cart', 'lines']))
}
