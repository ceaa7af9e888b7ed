import { trace } from '../audit/audit.service.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { usageOf } from '../offers/usage.service.ts'
import { readBook } from '../pricebook/book.service.ts'
import type { ProductFacts } from '../pricing/cart.ts'
import { memberPrices } from '../pricing/member-prices.ts'
import type { Scope } from '../pricing/rule.ts'
import { factsOfProducts } from '../products/product.service.ts'
import { type CsvCell, toCsv } from '../shell/csv.ts'
import { transact, type World } from '../shell/world.ts'
import { readShoppers } from '../shoppers/shopper.service.ts'
import type { FullPriceBuyer, FullPricePurchase, FullPriceTotal } from './full-price.model.ts'
import { askedFault, NO_BUYERS, owedFor, withBuyers } from './full-price.rules.ts'
import { countFullPriceBuyers, listFullPriceBuyers, whoPaidFullPrice } from './full-price.store.ts'

export type Asked = { readonly skus: readonly string[]; readonly days: number }

const AT_ONCE = 1_000
const MOST_IN_ALL = 50_000

const sinceOf = (world: World, { days }: Asked): Instant => instant(world.now - days * DAY_MS)

/** Who bought these skus lately at the full list price and kept them, with what they would be owed at today's member price. */
export async function recentFullPriceBuyers(
  world: World,
  asked: Asked,
  request: PageRequest,
): Promise<Result<Page<FullPriceBuyer>, Problem>> {
  const fault = askedFault(asked.skus, asked.days)
  if (fault !== null) return refuse(fault)
  const found = await listFullPriceBuyers(world, asked.skus, sinceOf(world, asked), request)
  return accept(page(await priced(world, found), request, (buyer) => buyer.customerId))
}

export const countBuyers = (world: World, asked: Asked): Promise<number> => countFullPriceBuyers(world, asked.skus, sinceOf(world, asked))

/** Who of these customers bought within so many days, at the full list price, something that one of these scopes reaches, and kept it. */
export async function fullPriceBuyersAmong(
  world: World,
  scopes: readonly (Scope | null)[],
  customerIds: readonly string[],
  days: number,
): Promise<ReadonlySet<string>> {
  if (scopes.length === 0 || customerIds.length === 0 || days <= 0) return new Set()
  return new Set(await whoPaidFullPrice(world, scopes, customerIds, instant(world.now - days * DAY_MS)))
}

/** All of them together. */
export async function totalOfBuyers(world: World, asked: Asked): Promise<Result<FullPriceTotal, Problem>> {
  let total = NO_BUYERS
  const whole = await eachPage(world, asked, async (buyers) => {
    total = withBuyers(total, buyers)
  })
  return whole.ok ? accept(total) : whole
}

const COLUMNS = ['customerId', 'externalId', 'name', 'sku', 'units', 'paid', 'memberPrice', 'owed']

/** All of them as CSV: one line a customer and sku, amounts in minor units; whoever took it stands in the audit log. */
export async function csvOfBuyers(world: World, asked: Asked): Promise<Result<string, Problem>> {
  const fault = askedFault(asked.skus, asked.days)
  if (fault !== null) return refuse(fault)
  const lines: CsvCell[][] = []
  const sold = new Set<string>()
  let customers = 0
  const whole = await eachPage(world, asked, async (buyers) => {
    const found = await customersByIds(
      world,
      buyers.map(({ customerId }) => customerId),
    )
    customers += buyers.length
    const named = new Map(found.map((customer) => [customer.id as string, customer]))
    for (const { customerId, purchases } of buyers) {
      const { externalId = null, name = null } = named.get(customerId) ?? {}
      for (const { sku, units, paid, memberPrice, owed } of purchases) {
        sold.add(sku)
        lines.push([customerId, externalId, name, sku, units, paid, memberPrice, owed])
      }
    }
  })
  if (!whole.ok) return whole
  return transact(world, async (tx) => {
    await trace(tx, { action: 'exportFullPriceBuyers', after: { skus: [...sold], days: asked.days, customers } })
    return accept(toCsv(COLUMNS, lines))
  })
}

async function eachPage(
  world: World,
  asked: Asked,
  look: (buyers: readonly FullPriceBuyer[]) => Promise<void>,
): Promise<Result<true, Problem>> {
  if ((await countBuyers(world, asked)) > MOST_IN_ALL)
    return refuse(problem('TOO_MANY_ITEMS', `More than ${MOST_IN_ALL} customers: ask for fewer days or skus.`, ['days']))
  for (let after: string | null = null; ; ) {
    const found: FullPriceBuyer<FullPricePurchase>[] = await listFullPriceBuyers(world, asked.skus, sinceOf(world, asked), {
      first: AT_ONCE,
      after,
    })
    const buyers = found.slice(0, AT_ONCE)
    await look(await priced(world, buyers))
    after = buyers.at(-1)?.customerId ?? null
    if (found.length <= AT_ONCE) return accept(true)
  }
}

async function priced(world: World, buyers: readonly FullPriceBuyer<FullPricePurchase>[]): Promise<FullPriceBuyer[]> {
  const book = await readBook(world)
  const products = await factsOfProducts(world, [...new Set(buyers.flatMap(({ purchases }) => purchases.map(({ sku }) => sku)))])
  const usage = await usageOf(world, book)
  const shoppers = await readShoppers(
    world,
    book,
    buyers.map(({ customerId }) => customerId),
  )
  return buyers.map(({ customerId, purchases }, i) => {
    const items = purchases.flatMap(({ sku }) => itemOf(products.get(sku)))
    const prices = memberPrices(book.prices, shoppers[i]?.pricing ?? null, items, world.now, usage)
    if (!prices.ok) throw new Error('one unit was not priced')
    const priceOf = new Map(prices.value.map(({ sku, memberPrice }) => [sku, memberPrice]))
    return { customerId, purchases: purchases.flatMap((one) => owedIf(one, priceOf.get(one.sku))) }
  })
}

const itemOf = (product: ProductFacts | undefined) =>
  product === undefined ? [] : [{ sku: product.sku, quantity: 1, listPrice: product.listPrice, product }]

const owedIf = (purchase: FullPricePurchase, memberPrice: Parameters<typeof owedFor>[1] | undefined) =>
  memberPrice === undefined ? [] : [owedFor(purchase, memberPrice)]
