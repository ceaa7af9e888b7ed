import { expect, test } from 'vitest'
import { openPriced, type Priced, productOffer, quoteOf, said, threshold } from '../harness/priced.ts'

// Thresholds: figures worked out by hand from the pricing rules, asked of the APIs alone.

const STACKABLE = { combination: 'STACKABLE' }
const FLOORED = {
  A: { listPrice: 1_000, floorPrice: 1_000 },
  B: { listPrice: 1_000, floorPrice: 900 },
  C: { listPrice: 1_000, floorPrice: 900 },
}
const MUG = [{ sku: 'MUG' }]
const CUP = [{ sku: 'CUP', quantity: 2 }]

const CASES: readonly Priced[] = [
  {
    why: 'a percentage rounds what remains: half of 105 leaves 53',
    products: { A: 105 },
    offers: [threshold('t', [{ percentOff: 50 }])],
    cart: [['A', 1]],
    says: { order: [['t', 52]], total: 53 },
  },
  {
    why: 'and 52 where a shop rounds down',
    shop: { rounding: 'DOWN' },
    products: { A: 105 },
    offers: [threshold('t', [{ percentOff: 50 }])],
    cart: [['A', 1]],
    says: { order: [['t', 53]], total: 52 },
  },
  {
    why: 'and 52, the even one, by HALF_EVEN',
    shop: { rounding: 'HALF_EVEN' },
    products: { A: 105 },
    offers: [threshold('t', [{ percentOff: 50 }])],
    cart: [['A', 1]],
    says: { total: 52 },
  },
  {
    why: 'of open steps in any order the one that takes most counts',
    offers: [threshold('t', [{ minSubtotal: 10_000, amountOff: 900 }, { minSubtotal: 20_000, amountOff: 1_000 }, { percentOff: 10 }])],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { order: [['t', 1_500]], next: [['t', 5_000, 0, 1_000]] },
  },
  {
    why: 'a percentage ends at its most, and then another step takes more',
    offers: [
      threshold('t', [
        { percentOff: 50, maxAmount: 800 },
        { minSubtotal: 5_000, amountOff: 900, gifts: MUG },
      ]),
    ],
    cart: [['A', 1]],
    says: { order: [['t', 900]], gifts: [['MUG', 1, 't']] },
  },
  {
    why: 'of steps that tie the larger subtotal counts',
    offers: [
      threshold('t', [
        { minSubtotal: 100, amountOff: 900, gifts: MUG },
        { minSubtotal: 200, amountOff: 900, gifts: CUP },
        { minSubtotal: 200, percentOff: 9, freeShipping: true },
      ]),
    ],
    cart: [['A', 1]],
    says: { order: [['t', 900]], gifts: [['CUP', 2, 't']], freeShipping: false },
  },
  {
    why: 'the best step is chosen before the floor: two that are cut to one amount do not tie',
    products: FLOORED,
    offers: [
      threshold('t', [
        { minSubtotal: 1_000, amountOff: 400, gifts: MUG },
        { minSubtotal: 2_000, amountOff: 300, gifts: CUP },
      ]),
    ],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 1],
    ],
    says: { order: [['t', 200]], totals: [1_000, 900, 900], gifts: [['MUG', 1, 't']] },
  },
  {
    why: 'an amount is at most what the lines in scope cost, where two such tie',
    offers: [
      threshold(
        't',
        [
          { minSubtotal: 100, amountOff: 99_999, gifts: MUG },
          { minSubtotal: 200, percentOff: 100, gifts: CUP },
        ],
        { scope: { skus: ['C'] } },
      ),
    ],
    cart: [
      ['A', 1],
      ['C', 1],
    ],
    says: { order: [['t', 2_500]], totals: [10_000, 0], total: 10_000, gifts: [['CUP', 2, 't']] },
  },
  {
    why: 'a subtotal is of what is left after product rules',
    ladders: [{ code: 'l', rungs: [{ adjustment: { percentOff: 10 } }] }],
    offers: [
      threshold('t', [
        { minSubtotal: 9_000, amountOff: 1 },
        { minSubtotal: 9_001, amountOff: 2 },
      ]),
    ],
    cart: [['A', 1]],
    says: { order: [['t', 1]], next: [['t', 1, 0, 2]] },
  },
  {
    why: 'a subtotal is of the lines in scope',
    offers: [threshold('t', [{ minSubtotal: 10_001, amountOff: 100 }], { scope: { skus: ['A'] } })],
    cart: [
      ['A', 1],
      ['B', 9],
    ],
    says: { order: [], next: [['t', 1, 0, 100]] },
  },
  {
    why: 'a step asks for units too, and what is missing is said in both',
    offers: [threshold('t', [{ minSubtotal: 30_000, minQuantity: 4, percentOff: 10 }], { scope: { skus: ['A', 'B'] } })],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 8],
    ],
    says: { order: [], next: [['t', 15_000, 2, 3_000]] },
  },
  {
    why: 'units alone may be missing',
    offers: [threshold('t', [{ minSubtotal: 10_000, minQuantity: 4, percentOff: 10 }])],
    cart: [['A', 2]],
    says: { next: [['t', 0, 2, 2_000]] },
  },
  {
    why: 'a step for a tier is open to it and above',
    as: 'gold',
    offers: [threshold('t', [{ minTierCode: 'silver', amountOff: 500 }, { amountOff: 100 }])],
    cart: [['A', 1]],
    says: { order: [['t', 500]] },
  },
  {
    why: 'and neither open nor a next step below it',
    as: 'silver',
    offers: [
      threshold('t', [
        { minTierCode: 'gold', amountOff: 500 },
        { amountOff: 100 },
        { minTierCode: 'gold', minSubtotal: 11_000, amountOff: 200 },
        { minSubtotal: 12_000, amountOff: 300 },
      ]),
    ],
    cart: [['A', 1]],
    says: { order: [['t', 100]], next: [['t', 2_000, 0, 300]] },
  },
  {
    why: 'an amount for every 100.00: 350.00 have three',
    offers: [threshold('t', [{ minSubtotal: 10_000, amountOff: 1_000 }], {}, { repeat: true })],
    cart: [
      ['A', 3],
      ['B', 1],
    ],
    says: { order: [['t', 3_000]], next: [] },
  },
  {
    why: 'and at most so much',
    offers: [threshold('t', [{ minSubtotal: 10_000, amountOff: 1_000, maxAmount: 2_500 }], {}, { repeat: true })],
    cart: [['A', 3]],
    says: { order: [['t', 2_500]] },
  },
  {
    why: 'shares go by the largest remainder: 14.28, 28.57 and 57.14',
    products: { A: 1_000, B: 2_000, C: 4_000 },
    offers: [threshold('t', [{ amountOff: 100 }])],
    cart: [
      ['C', 1],
      ['A', 1],
      ['B', 1],
    ],
    says: { totals: [3_943, 986, 1_971], shares: [[['t', 57]], [['t', 14]], [['t', 29]]] },
  },
  {
    why: 'equal remainders go to the first by sku, wherever it is written',
    products: { A: 1_000, B: 1_000, C: 1_000 },
    offers: [threshold('t', [{ amountOff: 101 }])],
    cart: [
      ['C', 1],
      ['B', 1],
      ['A', 1],
    ],
    says: { totals: [967, 966, 966] },
  },
  {
    why: 'among lines of one sku to the one of fewer units, then of the smaller list price',
    products: { A: 1_000 },
    offers: [threshold('t', [{ amountOff: 2 }])],
    cart: [
      ['A', 2, 500],
      ['A', 1, 1_000],
      ['A', 1, 1_000],
    ],
    says: { totals: [1_000, 999, 999] },
  },
  {
    why: 'shares go by what a line may still lose',
    products: FLOORED,
    offers: [threshold('t', [{ amountOff: 150 }])],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 2],
    ],
    says: { totals: [1_000, 950, 1_900], shares: [[], [['t', 50]], [['t', 100]]] },
  },
  {
    why: 'a line that product rules brought to its floor gives nothing',
    shop: { maxDiscount: 20 },
    offers: [productOffer('p', { percentOff: 30 }, { scope: { skus: ['A'] } }), threshold('t', [{ amountOff: 2_000 }])],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { totals: [8_000, 4_000], order: [['t', 1_000]] },
  },
  {
    why: 'onlyUndiscounted puts lowered lines out of scope',
    offers: [
      productOffer('p', { percentOff: 10 }, { scope: { skus: ['A'] } }),
      threshold(
        't',
        [
          { minSubtotal: 5_000, percentOff: 10 },
          { minQuantity: 2, minSubtotal: 100, percentOff: 20 },
        ],
        { onlyUndiscounted: true },
      ),
    ],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { totals: [9_000, 4_500], next: [['t', 0, 1, 1_000]] },
  },
  {
    why: 'and those from which an order offer has taken',
    offers: [
      threshold('a', [{ amountOff: 100 }], { ...STACKABLE, scope: { skus: ['A'] } }),
      threshold('b', [{ amountOff: 100 }], { ...STACKABLE, onlyUndiscounted: true }),
    ],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { totals: [9_900, 4_900] },
  },
]

for (const priced of CASES)
  test(priced.why, async () => {
    const shop = await openPriced(priced)
    expect(said(await quoteOf(shop, priced))).toMatchObject(priced.says)
  })
