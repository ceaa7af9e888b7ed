import { expect, test } from 'vitest'
import { memberPrice } from '../harness/acts.ts'
import { openPriced, type Priced, productOffer, quoteOf, said } from '../harness/priced.ts'

// Rounding, floors, ladders and exclusive offers: figures worked out by hand from the pricing rules, asked of the APIs alone.

/** [list price, percent off, to pay by HALF_UP, by HALF_EVEN, by DOWN]. */
const ROUNDED: readonly (readonly [number, number, number, number, number])[] = [
  [1, 50, 1, 0, 0],
  [3, 50, 2, 2, 1],
  [5, 50, 3, 2, 2],
  [100, 12.5, 88, 88, 87],
  [300, 12.5, 263, 262, 262],
  [333, 12.5, 291, 291, 291],
  [9_999, 33.33, 6_666, 6_666, 6_666],
  [4_999, 0.01, 4_999, 4_999, 4_998],
  [5_000, 0.01, 5_000, 5_000, 4_999],
  [15_000, 0.01, 14_999, 14_998, 14_998],
  [10_000, 4.35, 9_565, 9_565, 9_565],
  [10_000, 1.15, 9_885, 9_885, 9_885],
  [10_000, 64.1, 3_590, 3_590, 3_590],
  [10_000, 99.99, 1, 1, 1],
  [10_000, 100, 0, 0, 0],
  [9_007_199_254_740_991, 50, 4_503_599_627_370_496, 4_503_599_627_370_496, 4_503_599_627_370_495],
  [9_007_199_254_740_991, 33.33, 6_005_099_743_135_819, 6_005_099_743_135_819, 6_005_099_743_135_818],
]

for (const [place, rounding] of ['HALF_UP', 'HALF_EVEN', 'DOWN'].entries())
  test(`a percentage leaves a whole minor unit by ${rounding}`, async () => {
    const code = (percent: number) => `p${Math.round(percent * 100)}`
    const percents = [...new Set(ROUNDED.map(([, percent]) => percent))]
    const shop = await openPriced({
      shop: { rounding },
      offers: percents.map((percent) => productOffer(code(percent), { percentOff: percent }, { scope: { productTags: [code(percent)] } })),
      products: Object.fromEntries(
        ROUNDED.map(([listPrice, percent]) => [`${listPrice}-${percent}`, { listPrice, tags: [code(percent)] }]),
      ),
    })
    for (const row of ROUNDED) {
      const price = await memberPrice(shop, null, `${row[0]}-${row[1]}`)
      expect([row[0], row[1], price]).toEqual([row[0], row[1], row[2 + place]])
    }
  })

const member = (code: string, adjustment: object, more: object = {}) => ({ code, rungs: [{ adjustment }], ...more })
const CASES: readonly Priced[] = [
  {
    why: 'a shop of yen has no fraction: 1234 less 15 % is 1048.9',
    shop: { currency: 'JPY' },
    products: { A: 1_234 },
    offers: [productOffer('p', { percentOff: 15 })],
    cart: [['A', 3]],
    says: { units: [1_049], totals: [3_147], rules: [[['p', 555]]] },
  },
  {
    why: 'a shop of dinars has three digits, and a line total is never rounded again',
    shop: { currency: 'KWD', rounding: 'DOWN' },
    products: { A: 1_234_567 },
    offers: [productOffer('p', { percentOff: 7.25 })],
    cart: [['A', 7]],
    says: { units: [1_145_060], totals: [8_015_420] },
  },
  {
    why: 'a rule that rounds back to the list price did not apply',
    products: { A: 1 },
    offers: [productOffer('p', { percentOff: 50 })],
    cart: [['A', 2]],
    says: { units: [1], rules: [[]], trace: [[['p', 'BEATEN', 1]]] },
  },
  {
    why: 'an amount larger than the price leaves nothing to pay, never less',
    offers: [productOffer('p', { amountOff: 10_001 })],
    cart: [['A', 1]],
    says: { units: [0], rules: [[['p', 10_000]]] },
  },
  {
    why: 'a fixed price never raises a price',
    products: { A: 100 },
    ladders: [member('l', { fixedPrice: 101 })],
    offers: [productOffer('p', { fixedPrice: 5_000 })],
    cart: [['A', 1]],
    says: { units: [100], rules: [[]] },
  },
  {
    why: 'the floor of a product stops a percentage',
    products: { A: { listPrice: 10_000, floorPrice: 9_000 } },
    ladders: [member('l', { percentOff: 20 })],
    cart: [['A', 2]],
    says: { units: [9_000], rules: [[['l', 2_000]]] },
  },
  {
    why: 'the largest discount of the shop rounds its floor up: 9999 x 70 % is 6999.3',
    shop: { maxDiscount: 30 },
    products: { A: 9_999 },
    offers: [productOffer('p', { fixedPrice: 1 })],
    cart: [['A', 1]],
    says: { units: [7_000] },
  },
  {
    why: 'two decimals of the largest discount: 101 x 87.66 % is 88.5',
    shop: { maxDiscount: 12.34, rounding: 'DOWN' },
    products: { A: 101 },
    offers: [productOffer('p', { percentOff: 50 })],
    cart: [['A', 1]],
    says: { units: [89] },
  },
  {
    why: 'the higher of the two floors holds',
    shop: { maxDiscount: 50 },
    products: { A: { listPrice: 1_000, floorPrice: 400 }, B: { listPrice: 1_000, floorPrice: 600 } },
    offers: [productOffer('p', { percentOff: 90 })],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { units: [500, 600] },
  },
  {
    why: 'a floor above the list price is the list price',
    products: { A: { listPrice: 100, floorPrice: 200 } },
    offers: [productOffer('p', { percentOff: 50 })],
    cart: [['A', 1]],
    says: { units: [100], totals: [100], rules: [[]] },
  },
  {
    why: 'the floor follows the list price that a trusted caller gives: 30 % of 2000 is at most 600',
    shop: { maxDiscount: 30 },
    products: { A: { listPrice: 10_000, floorPrice: 1_500 } },
    offers: [productOffer('p', { percentOff: 90 })],
    cart: [
      ['A', 1, 2_000],
      ['A', 1, 3_000],
      ['A', 1, 1_000],
    ],
    says: { units: [1_500, 2_100, 1_000] },
  },
  {
    why: 'a higher tier inherits a lower rung that is better than its own',
    as: 'gold',
    ladders: [
      {
        code: 'l',
        rungs: [
          { tierCode: 'silver', adjustment: { percentOff: 10 } },
          { tierCode: 'gold', adjustment: { amountOff: 900 } },
        ],
      },
    ],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { units: [9_000, 4_100] },
  },
  {
    why: 'somebody without a tier has the rungs for everyone alone',
    as: 'plain',
    ladders: [{ code: 'l', rungs: [{ tierCode: 'silver', adjustment: { percentOff: 10 } }, { adjustment: { percentOff: 1 } }] }],
    cart: [['A', 1]],
    says: { units: [9_900] },
  },
  {
    why: "a rung's quantity is of the line, not of the sku",
    ladders: [{ code: 'l', rungs: [{ minQuantity: 3, adjustment: { percentOff: 10 } }] }],
    cart: [
      ['A', 2],
      ['A', 2],
      ['A', 3],
    ],
    says: { units: [10_000, 10_000, 9_000] },
  },
  {
    why: 'two ladders never add up',
    ladders: [member('l', { percentOff: 10 }), member('m', { amountOff: 600 })],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { units: [9_000, 4_400], rules: [[['l', 1_000]], [['m', 600]]] },
  },
  {
    why: 'of ladders that tie the larger priority counts',
    ladders: [member('a', { percentOff: 10 }), member('b', { amountOff: 1_000 }, { priority: 1 })],
    cart: [['A', 1]],
    says: { rules: [[['b', 1_000]]] },
  },
  {
    why: 'then the smaller code by its bytes: capitals are before small letters',
    ladders: [member('a', { percentOff: 10 }), member('B', { amountOff: 1_000 })],
    cart: [['A', 1]],
    says: {
      rules: [[['B', 1_000]]],
      trace: [
        [
          ['B', 'APPLIED', 9_000],
          ['a', 'BEATEN', 9_000],
        ],
      ],
    },
  },
  {
    why: 'a ladder and an offer that tie at the floor: the ladder',
    products: { A: { listPrice: 1_000, floorPrice: 900 } },
    ladders: [member('z', { percentOff: 10 }, { priority: -5 })],
    offers: [productOffer('a', { percentOff: 50 }, { priority: 9 })],
    cart: [['A', 1]],
    says: { rules: [[['z', 100]]] },
  },
  {
    why: 'exclusive offers never add up with a ladder',
    ladders: [member('l', { percentOff: 10 })],
    offers: [productOffer('p', { percentOff: 15 })],
    cart: [['A', 1]],
    says: { units: [8_500], rules: [[['p', 1_500]]] },
  },
  {
    why: 'of exclusive offers that tie the larger priority counts',
    offers: [
      productOffer('a', { percentOff: 10 }),
      productOffer('b', { amountOff: 1_000 }, { priority: 2 }),
      productOffer('c', { fixedPrice: 9_000 }, { priority: 2 }),
    ],
    cart: [['A', 1]],
    says: { rules: [[['b', 1_000]]] },
  },
]

for (const priced of CASES)
  test(priced.why, async () => {
    const shop = await openPriced(priced)
    expect(said(await quoteOf(shop, priced, true))).toMatchObject(priced.says)
  })
