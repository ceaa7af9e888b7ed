import fc from 'fast-check'
import type { BookText, LadderText, LinkText, Off, OfferText, ProductsText, ShopperText, UsageText, WorldText } from './world.ts'

// Small random shops in which rules meet: few skus, few codes, small amounts, so that ties and floors come up often.

const TIERS = ['bronze', 'silver', 'gold']
const SKUS = ['a', 'b', 'c', 'Z', 'x']
const AUDIENCES = ['in', 'out', 'tier:silver']
const CATEGORIES = ['p', 'p/q', 'p/q/r', 's', 's/t']
const TAGS = ['New', 'sale']

const some = <T>(from: readonly T[]) => fc.subarray([...from], { minLength: 1 })
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 })
const rarely = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: arb })
const record = <T extends Record<string, fc.Arbitrary<unknown>>>(parts: T) =>
  fc.record(parts).map(dropUndefined) as fc.Arbitrary<{ [K in keyof T]: T[K] extends fc.Arbitrary<infer V> ? V : never }>
const dropUndefined = (text: object) => Object.fromEntries(Object.entries(text).filter(([, value]) => value !== undefined))

const percent = fc.oneof(
  fc.constantFrom(100, 50, 10, 12.5),
  fc.integer({ min: 1, max: 10_000 }).map((bp) => bp / 100),
)
const amount = fc.integer({ min: 0, max: 300 })
const off: fc.Arbitrary<Off> = fc.oneof(
  percent.map((percentOff) => ({ percentOff })),
  amount.map((amountOff) => ({ amountOff })),
  amount.map((fixedPrice) => ({ fixedPrice })),
)

const scope = record({
  skus: maybe(some(SKUS)),
  categories: maybe(some(CATEGORIES)),
  brands: rarely(some(['B1', 'b1'])),
  productTags: rarely(some(['NEW', 'Sale'])),
  excludedSkus: rarely(some(SKUS)),
  excludedCategories: rarely(some(CATEGORIES)),
  excludedBrands: rarely(some(['B1'])),
  excludedProductTags: rarely(some(['new'])),
  launchedWithinDays: rarely(fc.constantFrom(1, 7)),
}).filter((lists) => Object.keys(lists).length > 0)

const schedule = record({
  daysOfMonth: maybe(some([9, 10, 11])),
  daysOfWeek: maybe(some([1, 2, 3])),
  fromTime: rarely(fc.constantFrom('08:00', '20:00', '20:01')),
  untilTime: rarely(fc.constantFrom('19:59', '20:00', '20:01')),
})

const terms = {
  priority: fc.integer({ min: 0, max: 2 }),
  audience: rarely(fc.constantFrom(...AUDIENCES)),
  scope: maybe(scope as fc.Arbitrary<OfferText['scope'] & object>),
  schedule: rarely(schedule as fc.Arbitrary<OfferText['schedule'] & object>),
  from: rarely(fc.constantFrom('2026-03-10T12:00:00Z', '2026-03-10T12:00:00.001Z')),
  until: rarely(fc.constantFrom('2026-03-10T12:00:00Z', '2026-03-10T12:00:00.001Z')),
}

const rung = fc
  .tuple(record({ tier: maybe(fc.constantFrom(...TIERS, 'gone')), min: maybe(fc.integer({ min: 1, max: 6 })) }), off)
  .map(([text, how]) => ({ ...text, ...how }))
export const ladderText = (code: string, free: Partial<typeof terms> = terms): fc.Arbitrary<LadderText> =>
  record({ code: fc.constant(code), ...free, rungs: fc.array(rung, { minLength: 1, maxLength: 4 }) }) as fc.Arbitrary<LadderText>

const product = fc
  .tuple(
    record({
      minSubtotal: rarely(fc.integer({ min: 1, max: 1500 })),
      minQuantity: rarely(fc.integer({ min: 1, max: 8 })),
      maxUnitsPerOrder: rarely(fc.integer({ min: 1, max: 8 })),
      maxUnitsPerCustomer: rarely(fc.integer({ min: 1, max: 8 })),
    }),
    off,
  )
  .map(([text, how]) => ({ ...text, ...how }))

const gift = record({ sku: fc.constantFrom('G1', 'G2'), quantity: maybe(fc.constant(2)), minTier: rarely(fc.constantFrom(...TIERS)) })
const prize = fc.oneof(
  record({ odds: percent, sku: fc.constantFrom('G1', 'G2') }),
  record({ odds: percent, amount: fc.integer({ min: 1, max: 300 }) }),
)
const stepOff = fc.oneof(
  percent.map((percentOff) => ({ percentOff })),
  amount.map((amountOff) => ({ amountOff })),
  fc.constant({}),
)
const step = (lowest: number) =>
  fc
    .tuple(
      record({
        minSubtotal: fc.oneof(fc.constantFrom(lowest, 500), fc.integer({ min: lowest, max: 2500 })),
        minQuantity: rarely(fc.integer({ min: 1, max: 9 })),
        minTier: rarely(fc.constantFrom(...TIERS)),
        maxAmount: rarely(amount),
        freeShipping: rarely(fc.boolean()),
        gifts: rarely(fc.array(gift, { maxLength: 2 })),
        surprise: rarely(fc.array(prize, { minLength: 1, maxLength: 2 })),
      }),
      stepOff,
    )
    .map(([text, how]) => ({ ...text, ...how }))

const form = fc.oneof(
  { weight: 4, arbitrary: product.map((terms) => ({ product: terms })) },
  { weight: 3, arbitrary: fc.array(step(0), { minLength: 1, maxLength: 3, size: '+1' }).map((steps) => ({ steps })) },
  { weight: 1, arbitrary: step(1).map((only) => ({ steps: [only], repeat: true })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ every: fc.integer({ min: 1, max: 5 }), units: fc.integer({ min: 1, max: 5 }), percentOff: percent })
      .map(({ every, units, percentOff }) => ({ multiBuy: { every, units: Math.min(every, units), percentOff } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        skus: fc.subarray(SKUS, { minLength: 1, maxLength: 2 }),
        quantities: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 2 }),
        price: fc.integer({ min: 0, max: 1200 }),
      })
      .map(({ skus, quantities, price }) => ({
        bundle: { items: Object.fromEntries(skus.map((sku, i) => [sku, quantities[i] ?? 1])), price },
      })),
  },
)

export const offerText = (code: string): fc.Arbitrary<OfferText> =>
  fc
    .tuple(
      record({
        ...terms,
        stackable: fc.boolean(),
        how: fc.constantFrom('auto', 'auto', 'auto', 'byCode', 'byCoupon'),
        firstOrderOnly: rarely(fc.boolean()),
        onlyUndiscounted: rarely(fc.boolean()),
        totalLimit: rarely(fc.integer({ min: 1, max: 3 })),
        perCustomerLimit: rarely(fc.integer({ min: 1, max: 3 })),
        budget: rarely(fc.integer({ min: 1, max: 700 })),
      }),
      form,
    )
    .map(([{ how, ...text }, made]) => {
      const { scope: _, onlyUndiscounted: __, ...unscoped } = text
      return { code, ...('bundle' in made ? unscoped : text), [how]: true, ...made } as unknown as OfferText
    })

const LADDER_CODES = ['L1', 'l2', 'L3', 'a1']
const OFFER_CODES = ['O1', 'O2', 'o3', 'P1', 'P2', 'A2', '\u00e91', 'Q1']

const several = <T>(codes: readonly string[], make: (code: string) => fc.Arbitrary<T>) =>
  fc.subarray([...codes], { minLength: 2 }).chain((chosen) => fc.tuple(...chosen.map(make)))

export const bookText: fc.Arbitrary<BookText> = record({
  rounding: fc.constantFrom('HALF_UP', 'HALF_EVEN', 'DOWN'),
  maxDiscount: rarely(fc.constantFrom(30, 33.33, 60)),
  tiers: fc.constant(TIERS),
  ladders: several(LADDER_CODES, (code) => ladderText(code)),
  offers: several(OFFER_CODES, offerText),
}) as fc.Arbitrary<BookText>

/** Ladders alone, so that tiers and quantities can be compared. */
export const ladderBook: fc.Arbitrary<BookText> = record({
  rounding: fc.constantFrom('HALF_UP', 'HALF_EVEN', 'DOWN'),
  maxDiscount: rarely(fc.constantFrom(30, 33.33)),
  tiers: fc.constant(TIERS),
  ladders: several(LADDER_CODES, (code) => ladderText(code)),
}) as fc.Arbitrary<BookText>

const listPrice = fc.oneof(fc.constantFrom(0, 1, 99, 100, 199), fc.integer({ min: 0, max: 400 }))
const facts = record({
  list: listPrice,
  floor: rarely(fc.integer({ min: 0, max: 250 })),
  brand: maybe(fc.constantFrom('B1', 'b1')),
  categories: fc.subarray(CATEGORIES, { maxLength: 2 }),
  tags: fc.subarray(TAGS),
  launchedAt: maybe(fc.constantFrom('2026-03-09T12:00:00Z', '2026-03-09T11:59:59.999Z', '2026-03-10T12:00:00Z', '2026-03-11T00:00:00Z')),
})

/** `x` is in no catalogue: its lines come with a list price. */
export const productsText: fc.Arbitrary<ProductsText> = fc.record({ a: facts, b: facts, c: facts, Z: facts }) as fc.Arbitrary<ProductsText>

export const quantity = fc.integer({ min: 1, max: 7 })
const line = fc
  .record({ sku: fc.constantFrom(...SKUS), quantity, list: fc.option(listPrice, { freq: 2 }) })
  .map(({ sku, quantity: units, list }) => `${sku} x ${units}${sku === 'x' || list !== null ? ` @ ${list ?? 100}` : ''}`)
export const cartLines = fc.array(line, { maxLength: 6, size: '+1' })

export const codesText = fc.shuffledSubarray(['o1', 'O2', 'O3', 'p1', 'P2', 'a2', '\u00c91', '\u00e91', 'q1', 'K1', 'k2', 'K3', 'NOPE'], {
  minLength: 2,
})

export const linkText: fc.Arbitrary<LinkText | undefined> = maybe(
  fc
    .subarray(SKUS, { minLength: 1 })
    .chain((skus) =>
      fc
        .tuple(...skus.map((sku) => fc.tuple(quantity, off).map(([units, how]) => ({ sku, quantity: units, ...how }))))
        .map((items) => ({ id: 'lk', items })),
    ),
)

const couponText = fc.record({
  offer: fc.constantFrom(...OFFER_CODES),
  status: fc.constantFrom('AVAILABLE', 'AVAILABLE', 'USED'),
  until: fc.constantFrom('2026-03-10T12:00:00Z', '2026-03-10T12:00:00.001Z'),
})
export const somebodyText: fc.Arbitrary<ShopperText> = record({
  tier: maybe(fc.constantFrom(...TIERS)),
  in: fc.constant(['in']),
  hasOrdered: fc.boolean(),
  usage: fc.dictionary(
    fc.constantFrom(...OFFER_CODES),
    fc.record({ uses: fc.nat(3), units: fc.dictionary(fc.constantFrom(...SKUS), fc.nat(4)) }),
  ),
  coupons: fc
    .array(couponText, { minLength: 1, maxLength: 3 })
    .map((coupons) => coupons.map((coupon, i) => ({ code: `K${i + 1}`, ...coupon }))),
}) as fc.Arbitrary<ShopperText>
export const shopperText = fc.option(somebodyText, { freq: 4 })

export const usageText: fc.Arbitrary<UsageText> = fc.dictionary(
  fc.constantFrom(...OFFER_CODES),
  fc.record({ uses: fc.nat(3), taken: fc.nat(600) }),
)

export const worldText: fc.Arbitrary<WorldText> = fc.record({
  book: bookText,
  products: productsText,
  lines: cartLines,
  codes: codesText,
  link: linkText,
  shopper: shopperText,
  usage: usageText,
})
