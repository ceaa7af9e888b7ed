import { instant } from '../src/kernel/clock.ts'
import { basisPoints, minor } from '../src/kernel/money.ts'
import { buildBook } from '../src/pricing/book.ts'
import type { CartLine } from '../src/pricing/cart.ts'
import { price } from '../src/pricing/price.ts'
import type { Ladder } from '../src/pricing/rule.ts'
import type { Shopper } from '../src/pricing/shopper.ts'
import { median } from './processes.ts'

// The engine alone: microseconds a line, in a book of 5 rules that touch each line, and in one of 10,000 live rules of which
// the same 5 do. Rounds take turns; medians.

const LINES = 20
const ROUNDS = 15
const at = instant(Date.UTC(2026, 0, 15))
const tiers = [
  { id: 't1', code: 'silver', name: 'Silver', rank: 1 },
  { id: 't2', code: 'gold', name: 'Gold', rank: 2 },
]

const ladder = (code: string, scope: Ladder['scope'], bp: number): Ladder => ({
  kind: 'LADDER',
  code,
  name: code,
  priority: 0,
  audience: null,
  scope,
  schedule: null,
  validFrom: null,
  validUntil: null,
  rungs: [{ tierCode: 'gold', minQuantity: 1, adjustment: { kind: 'PERCENT_OFF', bp: basisPoints(bp) } }],
})
const touching = Array.from({ length: 5 }, (_, i) => ladder(`touching-${i}`, { categories: ['goods'] }, 500 + i))
const elsewhere = Array.from({ length: 9_995 }, (_, i) =>
  ladder(
    `elsewhere-${i}`,
    i % 3 === 0 ? { skus: [`other-${i}`] } : i % 3 === 1 ? { categories: [`other/${i}`] } : { brands: [`other-${i}`] },
    700,
  ),
)
const bookOf = (ladders: readonly Ladder[]) =>
  buildBook({ version: 1, timeZone: 'Asia/Shanghai', rounding: 'HALF_UP', maxDiscountBp: 10_000, tiers, ladders, offers: [] })

const shopper: Shopper = {
  tierCode: 'gold',
  hasCountedOrder: true,
  isIn: () => true,
  withTier: () => shopper,
  usage: new Map(),
  coupons: [],
}
const lines: CartLine[] = Array.from({ length: LINES }, (_, i) => {
  const sku = `sku-${i}`
  const listPrice = minor(1_000 + 37 * i)
  return {
    id: String(i),
    sku,
    quantity: 1 + (i % 3),
    listPrice,
    product: { sku, listPrice, floorPrice: null, brand: 'b', categories: ['goods/shelf'], tags: ['x'], launchedAt: null },
  }
})
const cart = { lines, codes: [], link: null }
const books = { 5: bookOf(touching), 10000: bookOf([...touching, ...elsewhere]) }

function microsecondsALine(book: (typeof books)[5]): number {
  const runs = 2_000
  const startedAt = performance.now()
  for (let i = 0; i < runs; i += 1) if (!price(book, shopper, cart, at).ok) throw new Error('the cart was refused')
  return ((performance.now() - startedAt) * 1_000) / (runs * LINES)
}

const results: Record<keyof typeof books, number[]> = { 5: [], 10000: [] }
for (let round = 0; round <= ROUNDS; round += 1)
  for (const size of [5, 10_000] as const) {
    const figure = microsecondsALine(books[size])
    if (round > 0) results[size].push(figure)
  }
const [few, many] = [median(results[5]), median(results[10_000])]
console.log(
  `engine, quote of ${LINES} lines: ${few.toFixed(2)} µs a line with 5 live rules, ${many.toFixed(2)} µs with 10,000; ratio ${(many / few).toFixed(2)}`,
)
