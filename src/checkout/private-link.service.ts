import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import { type Viewed, viewLink } from '../links/opening.service.ts'
import { usageOf } from '../offers/usage.service.ts'
import type { Book } from '../pricebook/book.service.ts'
import { price } from '../pricing/price.ts'
import type { Shopper, Usage } from '../pricing/shopper.ts'
import { factsOfProducts } from '../products/product.service.ts'
import type { World } from '../shell/world.ts'

/** A link as its shopper may see it; `isForThem` false: nothing of it. */
export type ShownLink = {
  readonly isForThem: boolean
  readonly message: string | null
  readonly validUntil: Instant | null
  readonly usesLeft: number | null
  readonly items: readonly ShownItem[]
}
type ShownItem = { readonly sku: string; readonly quantity: number; readonly listPrice: Minor; readonly price: Minor }

const NOTHING: ShownLink = { isForThem: false, message: null, validUntil: null, usesLeft: null, items: [] }

/** What a token shows its shopper; null when it opens nothing. */
export async function showLink(
  world: World,
  { book, shopper, customerId }: { readonly book: Book; readonly shopper: Shopper | null; readonly customerId: string | null },
  token: string,
): Promise<ShownLink | null> {
  const viewed = await viewLink(world, token, { shop: book.shop, customerId, at: world.now, reserving: false })
  if (viewed === null) return null
  if (!viewed.isForThem) return NOTHING
  const { message, validUntil } = viewed.link
  return { isForThem: true, message, validUntil, usesLeft: viewed.usesLeft, items: await itemsOf(world, book, shopper, viewed) }
}

/** Each as a cart of its own with the link in it. What the catalogue does not know has no price to be shown, and is left out. */
async function itemsOf(world: World, book: Book, shopper: Shopper | null, { link, cartLink }: Viewed): Promise<ShownItem[]> {
  const skus = link.items.map(({ sku }) => sku)
  const products = await factsOfProducts(world, skus)
  const usage: Usage = await usageOf(world, book)
  return link.items.flatMap(({ sku, quantity }) => {
    const product = products.get(sku)
    if (product === undefined) return []
    const { listPrice } = product
    const cart = { lines: [{ id: sku, sku, quantity, listPrice, product }], codes: [], link: cartLink }
    const quote = price(book.prices, shopper, cart, world.now, { usage, nextSteps: false })
    const unitPrice = quote.ok ? quote.value.lines[0]?.unitPrice : undefined
    return unitPrice === undefined ? [] : [{ sku, quantity, listPrice, price: unitPrice }]
  })
}
