import { expect, test } from 'vitest'
import { openPriced, type Priced, quoteOf, said, threshold } from '../harness/priced.ts'

// Groups of units and sets: figures worked out by hand from the pricing rules, asked of the APIs alone.

const STACKABLE = { combination: 'STACKABLE' }
const multiBuy = (code: string, every: number, units: number, percentOff: number, more: object = {}) => ({
  code,
  level: 'ORDER',
  order: { form: 'MULTI_BUY', multiBuy: { every, units, percentOff } },
  ...more,
})
const bundle = (code: string, items: Readonly<Record<string, number>>, price: number, more: object = {}) => ({
  code,
  level: 'ORDER',
  order: { form: 'BUNDLE', bundle: { items: Object.entries(items).map(([sku, quantity]) => ({ sku, quantity })), price } },
  ...more,
})

const CASES: readonly Priced[] = [
  {
    why: 'the second at half price: groups run over lines from the dearest down',
    products: { A: 100, B: 80, C: 60 },
    offers: [multiBuy('m', 2, 1, 50)],
    cart: [
      ['C', 1],
      ['B', 1],
      ['A', 1],
    ],
    says: { totals: [60, 40, 100], order: [['m', 40]] },
  },
  {
    why: 'buy three, one free: seven units have one group',
    offers: [multiBuy('m', 4, 1, 100)],
    cart: [
      ['A', 3],
      ['B', 4],
    ],
    says: { totals: [30_000, 15_000] },
  },
  {
    why: 'eight have two',
    offers: [multiBuy('m', 4, 1, 100)],
    cart: [
      ['A', 3],
      ['B', 5],
    ],
    says: { totals: [30_000, 15_000], shares: [[], [['m', 10_000]]] },
  },
  {
    why: 'of units at one price the first by sku are the dearer',
    products: { A: 100, B: 100 },
    offers: [multiBuy('m', 2, 1, 50)],
    cart: [
      ['B', 1],
      ['A', 1],
    ],
    says: { totals: [50, 100] },
  },
  {
    why: 'the units of a sku that is on two lines: the line of fewer units first',
    products: { A: 100 },
    offers: [multiBuy('m', 3, 1, 100)],
    cart: [
      ['A', 2],
      ['A', 1],
    ],
    says: { totals: [100, 100] },
  },
  {
    why: 'each unit is rounded by itself: half of 101 leaves 51',
    products: { A: 101 },
    offers: [multiBuy('m', 2, 1, 50)],
    cart: [['A', 4]],
    says: { order: [['m', 100]], total: 304 },
  },
  {
    why: 'and 50 where a shop rounds down',
    shop: { rounding: 'DOWN' },
    products: { A: 101 },
    offers: [multiBuy('m', 2, 1, 50)],
    cart: [['A', 4]],
    says: { order: [['m', 102]] },
  },
  {
    why: 'no unit falls below its floor',
    products: { A: 100, B: { listPrice: 90, floorPrice: 70 } },
    offers: [multiBuy('m', 2, 1, 50)],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { totals: [100, 70] },
  },
  {
    why: 'all units of a group',
    offers: [multiBuy('m', 2, 2, 10)],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 1],
    ],
    says: { totals: [9_000, 4_500, 2_500] },
  },
  {
    why: 'units that are out of scope are in no group',
    offers: [multiBuy('m', 2, 1, 50, { scope: { skus: ['A', 'C'] } })],
    cart: [
      ['A', 1],
      ['B', 4],
      ['C', 1],
    ],
    says: { totals: [10_000, 20_000, 1_250] },
  },
  {
    why: 'units cost what the offers before have left, the first unit the odd one: 33 is 11, 11, 11 less 1 is 11, 11, 10',
    products: { A: 11 },
    offers: [threshold('a', [{ amountOff: 1 }], STACKABLE), multiBuy('b', 3, 1, 50, STACKABLE)],
    cart: [['A', 3]],
    says: {
      order: [
        ['a', 1],
        ['b', 5],
      ],
      total: 27,
    },
  },
  {
    why: 'a set at a price, its parts giving by what they cost',
    offers: [bundle('b', { A: 2, B: 1 }, 20_000)],
    cart: [
      ['A', 3],
      ['B', 1],
      ['C', 1],
    ],
    says: { totals: [26_000, 4_000, 2_500], order: [['b', 5_000]] },
  },
  {
    why: 'as many sets as the scarcest part makes',
    offers: [bundle('b', { A: 1, B: 2 }, 15_000)],
    cart: [
      ['A', 9],
      ['B', 2],
      ['B', 3],
    ],
    says: { order: [['b', 10_000]] },
  },
  {
    why: 'a set that costs more than its parts takes nothing',
    offers: [bundle('b', { A: 1, B: 1 }, 15_001)],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { order: [], total: 15_000 },
  },
  {
    why: 'the dearest units of a sku are used',
    offers: [bundle('b', { A: 1, B: 1 }, 10_000)],
    cart: [
      ['A', 1, 8_000],
      ['A', 1, 12_000],
      ['B', 1],
    ],
    says: { order: [['b', 7_000]], totals: [8_000, 7_059, 2_941] },
  },
  {
    why: 'the parts of a set stop at their floors',
    products: { A: { listPrice: 1_000, floorPrice: 950 }, B: { listPrice: 1_000, floorPrice: 900 } },
    offers: [bundle('b', { A: 1, B: 1 }, 1_000)],
    cart: [
      ['A', 2],
      ['B', 1],
    ],
    says: { totals: [1_950, 900], order: [['b', 150]] },
  },
  { why: 'a set for nothing', offers: [bundle('b', { A: 2 }, 0)], cart: [['A', 5]], says: { total: 10_000, order: [['b', 40_000]] } },
  {
    why: 'a set reaches an unknown sku that it names',
    offers: [bundle('b', { NEW: 1 }, 700)],
    cart: [['NEW', 2, 1_000]],
    says: { total: 1_400 },
  },
]

for (const priced of CASES)
  test(priced.why, async () => {
    const shop = await openPriced(priced)
    expect(said(await quoteOf(shop, priced))).toMatchObject(priced.says)
  })
