import { LRUCache } from 'lru-cache'
import type { Customer } from '../customers/customer.model.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type Book, bookOf, readBook } from '../pricebook/book.service.ts'
import { codeKey, type Terms } from '../pricebook/rule.model.ts'
import { rulesByCode } from '../pricebook/rule.service.ts'
import { factsOfProducts } from '../products/product.service.ts'
import { slot } from '../shell/memory.ts'
import { Turns } from '../shell/turns.ts'
import type { World } from '../shell/world.ts'
import type { KnownShopper } from '../shoppers/shopper.model.ts'
import { shoppersAt } from '../shoppers/shopper.service.ts'
import { assumptionsOf } from './assumptions.rules.ts'
import { countOrders, nextOrders, placeBefore, type Window } from './past-orders.store.ts'
import { asAlways, newRun, type Run, replay } from './replay.rules.ts'
import { audienceBook } from './roles.service.ts'
import type { Buyer, PastOrder, Replay } from './simulation.model.ts'
import { addOrder, newTally, type Tally, toReplay } from './tally.rules.ts'

/** So many of the newest orders are replayed, so many at a time, with so many customers remembered. */
const MOST_ORDERS = 200_000
const PAGE = 2_000
const CUSTOMERS = 20_000

/** One replay of a shop at a time in each process, and two in all: the next waits, so that nobody takes the server away from shoppers. */
const REPLAYS = slot(() => new Turns(2))

export type Simulation = Replay & {
  readonly rule: Terms
  readonly isDraft: boolean
  readonly ordersInWindow: number
  readonly customers: ReadonlyMap<string, Customer>
  readonly assumptions: readonly string[]
}

/**
 * The counted orders of a window priced twice: by the rules in force, and with the draft of this code in its place; a
 * published rule without a draft is tried against the book without it. Nothing is written.
 */
export function simulate(world: World, code: string, window: Window): Promise<Result<Simulation, Problem>> {
  return world.memory.of(REPLAYS).take(world.shopId, () => simulateAlone(world, code, window))
}

async function simulateAlone(world: World, code: string, window: Window): Promise<Result<Simulation, Problem>> {
  if (window.from >= window.to) return refuse(problem('BAD_USER_INPUT', 'to must be after from.', ['to']))
  const [rule] = await rulesByCode(world, [code])
  const version = rule?.draft ?? rule?.published ?? null
  if (version === null) return refuse(problem('NOT_FOUND', `There is no draft and no published rule "${code}".`, ['code']))
  const { book, runs, asked } = await twoBooks(world, version.terms, version === rule?.draft)
  const ordersInWindow = await countOrders(world, window)
  const tally = newTally()
  const known = new LRUCache<string, KnownShopper>({ max: CUSTOMERS })
  let place = ordersInWindow > MOST_ORDERS ? await placeBefore(world, window, MOST_ORDERS) : null
  do {
    const page = await nextOrders(world, window, place, PAGE)
    await replayPage(world, { tried: version.terms, runs, asked, tally, known }, page.orders)
    place = page.next
  } while (place !== null)
  const replayed = toReplay(
    tally,
    book.tiers.map(({ code: tierCode }) => tierCode),
  )
  const gainers = await customersByIds(
    world,
    replayed.gainers.map(({ customerId }) => customerId),
  )
  return accept({
    ...replayed,
    rule: version.terms,
    isDraft: version === rule?.draft,
    ordersInWindow,
    customers: new Map(gainers.map((customer) => [customer.id, customer])),
    assumptions: assumptionsOf(version.terms, replayed, { ordersInWindow, mostOrders: MOST_ORDERS }),
  })
}

async function twoBooks(world: World, tried: Terms, isDraft: boolean) {
  const book = await readBook(world)
  const others = book.rules.filter((rule) => codeKey(rule.code) !== codeKey(tried.code))
  const always = (rules: readonly Terms[]) => rules.map((terms) => asAlways(terms, tried.code, world.now))
  const [before, after] = [always(isDraft ? book.rules : others), always([...others, tried])]
  const runs = { before: newRun(bookOf(book, before).prices), after: newRun(bookOf(book, after).prices) }
  return { book, runs, asked: audienceBook(book, [...before, ...after]) }
}

type Replaying = {
  readonly tried: Terms
  readonly runs: { readonly before: Run; readonly after: Run }
  readonly asked: Book
  readonly tally: Tally
  readonly known: LRUCache<string, KnownShopper>
}

async function replayPage(world: World, replaying: Replaying, orders: readonly PastOrder[]): Promise<void> {
  const { tried, runs, asked, tally, known } = replaying
  const buyers = new Set(orders.flatMap(({ customerId }) => (customerId === null || known.has(customerId) ? [] : [customerId])))
  const shoppers = buyers.size === 0 ? null : await shoppersAt(world, asked, [...buyers], world.now)
  const products = await factsOfProducts(world, [...new Set(orders.flatMap(({ lines }) => lines.map(({ sku }) => sku)))])
  for (const order of orders) {
    const shopper = shopperOf(order, shoppers, known)
    const replayed = replay(tried, runs, order, buyerOf(order, shopper), shopper?.pricing ?? null, products)
    if (replayed === null) continue
    addOrder(tally, replayed)
    for (const { listFrom } of order.lines) tally.listPrices[listFrom] += 1
  }
}

function shopperOf({ customerId }: PastOrder, read: ReadonlyMap<string, KnownShopper> | null, known: LRUCache<string, KnownShopper>) {
  if (customerId === null) return null
  const shopper = known.get(customerId) ?? read?.get(customerId) ?? null
  if (shopper !== null) known.set(customerId, shopper)
  return shopper
}

function buyerOf({ placedAt }: PastOrder, shopper: KnownShopper | null): Buyer | null {
  if (shopper === null) return null
  const { tierCode, kind, firstOrderAt } = shopper.facts
  return { id: shopper.id, tierCode, kind, isNew: firstOrderAt === null || firstOrderAt >= placedAt }
}
