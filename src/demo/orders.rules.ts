import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { minor } from '../kernel/money.ts'
import type { GivenLine, GivenOrder } from '../orders/given-order.model.ts'
import type { StockedProduct } from './catalogue.rules.ts'
import type { Habit, Person } from './people.model.ts'
import { type Random, random } from './random.rules.ts'
import { moment, season } from './rhythm.rules.ts'

/** What orders are made from. */
export type Market = {
  readonly products: readonly StockedProduct[]
  readonly persons: readonly Person[]
  readonly timeZone: string
  readonly now: Instant
}

/** Orders by nobody whom the shop knows: one in this many. */
const GUESTS = 40

/** Everybody's orders of two years, the oldest first. */
export function makeOrders(seed: string, market: Market): readonly GivenOrder[] {
  // A seed of their own for each person: who buys more disturbs nobody else's orders.
  const placed = market.persons.flatMap((person) => ordersOf(random(`${seed}/orders/${person.customer.externalId}`), person, market))
  placed.sort((a, b) => a.placedAt - b.placedAt)
  return placed.map((order, i) => ({
    ...order,
    externalId: `so-${String(i + 1).padStart(6, '0')}`,
    customer: i % GUESTS === GUESTS - 1 ? null : order.customer,
  }))
}

function ordersOf(dice: Random, { customer, habit }: Person, { products, timeZone, now }: Market): GivenOrder[] {
  const orders: GivenOrder[] = []
  const liked = likedProducts(dice, products, habit)
  let about = customer.registeredAt + dice.exponential(2) * DAY_MS
  for (let i = 0; i < habit.orders && about < now; i += 1) {
    const placedAt = instant(Math.max(moment(dice, instant(about), timeZone, habit.atWork), customer.registeredAt))
    const onSale = liked.filter((product) => product.launchedAt < placedAt)
    if (placedAt < now && onSale.length > 0)
      orders.push({
        externalId: '',
        customer: { by: 'externalId', value: customer.externalId },
        placedAt,
        status: statusOf(dice, placedAt, now),
        channel: dice.weighted(habit.atWork ? WORK_CHANNELS : CHANNELS, (one) => one.share).channel,
        lines: linesOf(dice, onSale, habit),
      })
    about += (Math.max(1, dice.logNormal(habit.everyDays, 0.6)) / season(instant(about), timeZone)) * DAY_MS
  }
  return orders
}

type Share = { readonly channel: string; readonly share: number }
const CHANNELS: readonly Share[] = [
  { channel: 'web', share: 50 },
  { channel: 'wechat', share: 30 },
  { channel: 'marketplace', share: 20 },
]
const WORK_CHANNELS: readonly Share[] = [
  { channel: 'web', share: 60 },
  { channel: 'phone', share: 40 },
]

function statusOf(dice: Random, placedAt: Instant, now: Instant): GivenOrder['status'] {
  const daysAgo = (now - placedAt) / DAY_MS
  if (dice.happens(0.02)) return 'CANCELLED'
  if (daysAgo < 1 && dice.happens(0.3)) return 'PLACED'
  return daysAgo < 10 ? 'PAID' : 'COMPLETED'
}

/** People keep to a few shelves, and on these to a few products; now and then they look at another. */
function likedProducts(dice: Random, products: readonly StockedProduct[], habit: Habit): readonly StockedProduct[] {
  const shelves = dice.sample([...new Set(products.map((product) => product.shelf))], habit.atWork ? 5 : 3)
  const near = products.filter((product) => shelves.includes(product.shelf))
  return [...dice.sample(near, habit.atWork ? 14 : 9), ...dice.sample(products, 4)]
}

function linesOf(dice: Random, products: readonly StockedProduct[], habit: Habit): GivenLine[] {
  const count = Math.min(12, 1 + Math.floor(dice.exponential(habit.furtherLines)))
  return dice.sample(products, count).map((product) => {
    const quantity = quantityOf(dice, product, habit)
    // Rungs and sales as they were then: some got a tenth off, most paid the list price.
    const unitPrice = minor(
      Math.round(
        product.listPrice * (habit.atWork && quantity >= 10 ? 0.9 : dice.weighted([1, 0.95, 0.88], (share) => (share === 1 ? 7 : 1))),
      ),
    )
    return { id: null, sku: product.sku, quantity, unitPrice, total: null }
  })
}

/** Companies buy by the batch; people for themselves one or two, of cheap parts a handful. */
function quantityOf(dice: Random, { listPrice, shelf }: StockedProduct, { atWork, appetite }: Habit): number {
  if (atWork) return Math.min(5_000, Math.max(1, Math.round(dice.logNormal(shelf.batch * appetite, 0.5))))
  const usual = listPrice < 2_000 ? 2.5 : listPrice < 10_000 ? 1.3 : 1
  return Math.min(50, Math.max(1, Math.round(dice.logNormal(usual * Math.sqrt(appetite), 0.45))))
}
