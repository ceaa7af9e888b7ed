import { expect, test } from 'vitest'
import { openPriced, type Priced, productOffer, quoteOf, said } from '../harness/priced.ts'

// Stackable offers and conditions: figures worked out by hand from the pricing rules, asked of the APIs alone.

const member = (code: string, adjustment: object, more: object = {}) => ({ code, rungs: [{ adjustment }], ...more })
const stackable = (code: string, adjustment: object, more: object = {}, product: object = {}) =>
  productOffer(code, adjustment, { combination: 'STACKABLE', ...more }, product)

const CASES: readonly Priced[] = [
  {
    why: 'stackable offers follow their priority: 10 % of 10000, then 500',
    offers: [stackable('b', { percentOff: 10 }, { priority: 2 }), stackable('a', { amountOff: 500 }, { priority: 1 })],
    cart: [['A', 2]],
    says: {
      units: [8_500],
      rules: [
        [
          ['b', 2_000],
          ['a', 1_000],
        ],
      ],
    },
  },
  {
    why: 'then their code: 500, then 10 % of 9500',
    offers: [stackable('b', { percentOff: 10 }), stackable('a', { amountOff: 500 })],
    cart: [['A', 1]],
    says: {
      units: [8_550],
      rules: [
        [
          ['a', 500],
          ['b', 950],
        ],
      ],
    },
  },
  {
    why: 'stackable offers start from the base, each rounded by itself',
    products: { A: 999 },
    ladders: [member('l', { percentOff: 12.5 })],
    offers: [stackable('s', { percentOff: 12.5 }), stackable('t', { percentOff: 12.5 })],
    cart: [['A', 1]],
    says: {
      units: [669],
      rules: [
        [
          ['l', 125],
          ['s', 109],
          ['t', 96],
        ],
      ],
    },
  },
  {
    why: 'a fixed price among stackables is no more than what is left by then',
    offers: [stackable('a', { percentOff: 50 }), stackable('b', { fixedPrice: 6_000 })],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { units: [5_000, 2_500], rules: [[['a', 5_000]], [['a', 2_500]]] },
  },
  {
    why: 'stackables stop at the floor, and one that finds nothing left did not apply',
    shop: { maxDiscount: 15 },
    offers: [stackable('a', { percentOff: 10 }), stackable('b', { percentOff: 10 }), stackable('c', { percentOff: 10 })],
    cart: [['A', 1]],
    says: {
      units: [8_500],
      rules: [
        [
          ['a', 1_000],
          ['b', 500],
        ],
      ],
    },
  },
  {
    why: 'onlyUndiscounted passes over a lowered price',
    ladders: [member('l', { percentOff: 10 }, { scope: { skus: ['A'] } })],
    offers: [stackable('s', { percentOff: 10 }, { onlyUndiscounted: true })],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: {
      units: [9_000, 4_500],
      trace: [
        [
          ['l', 'APPLIED', 9_000],
          ['s', 'ALREADY_DISCOUNTED', null],
        ],
        [['s', 'APPLIED', 4_500]],
      ],
    },
  },
  {
    why: 'onlyUndiscounted counts where it comes first',
    offers: [stackable('s', { percentOff: 10 }, { onlyUndiscounted: true, priority: 1 }), stackable('t', { amountOff: 1 })],
    cart: [['A', 1]],
    says: { units: [8_999] },
  },
  {
    why: 'onlyUndiscounted says nothing of an exclusive offer',
    ladders: [member('l', { percentOff: 10 })],
    offers: [productOffer('p', { percentOff: 20 }, { onlyUndiscounted: true })],
    cart: [['A', 1]],
    says: { units: [8_000] },
  },
  {
    why: "an offer's subtotal is of list prices over the lines in scope",
    ladders: [member('l', { percentOff: 50 })],
    offers: [stackable('s', { amountOff: 100 }, { scope: { skus: ['A', 'B'] } }, { minSubtotal: 15_000 })],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 4],
    ],
    says: { units: [4_900, 2_400, 1_250] },
  },
  {
    why: 'one minor unit short of it is too low',
    products: { A: 10_000, B: 4_999, C: 2_500 },
    offers: [stackable('s', { amountOff: 100 }, { scope: { skus: ['A', 'B'] } }, { minSubtotal: 15_000 })],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 4],
    ],
    says: { units: [10_000, 4_999, 2_500], trace: [[['s', 'SUBTOTAL_TOO_LOW', null]], [['s', 'SUBTOTAL_TOO_LOW', null]], []] },
  },
  {
    why: "an offer's quantity is of all units in scope",
    offers: [productOffer('p', { percentOff: 10 }, { scope: { excludedSkus: ['C'] } }, { minQuantity: 4 })],
    cart: [
      ['A', 1],
      ['B', 2],
      ['A', 1],
      ['C', 9],
    ],
    says: { units: [9_000, 4_500, 9_000, 2_500] },
  },
  {
    why: 'units that are out of scope do not count for it',
    offers: [productOffer('p', { percentOff: 10 }, { scope: { excludedSkus: ['C'] } }, { minQuantity: 4 })],
    cart: [
      ['A', 1],
      ['B', 2],
      ['C', 9],
    ],
    says: {
      units: [10_000, 5_000, 2_500],
      trace: [[['p', 'QUANTITY_TOO_LOW', null]], [['p', 'QUANTITY_TOO_LOW', null]], [['p', 'NOT_IN_SCOPE', null]]],
    },
  },
  {
    why: 'maxUnitsPerOrder counts the units of a sku over its lines',
    offers: [productOffer('p', { percentOff: 10 }, {}, { maxUnitsPerOrder: 5 })],
    cart: [
      ['A', 3],
      ['B', 5],
      ['A', 3],
    ],
    says: { units: [10_000, 4_500, 10_000] },
  },
  {
    why: 'a cart with just as many has the price',
    offers: [productOffer('p', { percentOff: 10 }, {}, { maxUnitsPerOrder: 6 })],
    cart: [
      ['A', 3],
      ['A', 3],
    ],
    says: { units: [9_000, 9_000] },
  },
  {
    why: 'units above the most do count for minQuantity',
    offers: [productOffer('p', { percentOff: 10 }, {}, { maxUnitsPerOrder: 2, minQuantity: 4 })],
    cart: [
      ['A', 3],
      ['B', 1],
    ],
    says: { units: [10_000, 4_500] },
  },
  {
    why: 'lines of one sku at different list prices are each priced from their own',
    offers: [productOffer('p', { percentOff: 10 })],
    cart: [
      ['A', 1],
      ['A', 1, 20_000],
    ],
    says: { units: [9_000, 18_000], subtotal: 30_000 },
  },
  {
    why: 'an unknown sku with a trusted list price is reached by what has no scope alone',
    shop: { maxDiscount: 60 },
    ladders: [member('l', { percentOff: 5 }), member('m', { percentOff: 50 }, { scope: { skus: ['NEW'] } })],
    offers: [productOffer('p', { percentOff: 40 }, { scope: { excludedSkus: ['A'] } }), stackable('s', { percentOff: 70 })],
    cart: [['NEW', 1, 10_000]],
    says: {
      units: [4_000],
      rules: [
        [
          ['l', 500],
          ['s', 5_500],
        ],
      ],
    },
  },
  {
    why: 'a list price of nothing stays so',
    offers: [productOffer('p', { percentOff: 40 })],
    cart: [['A', 5, 0]],
    says: { units: [0], totals: [0], subtotal: 0, rules: [[]] },
  },
]

for (const priced of CASES)
  test(priced.why, async () => {
    const shop = await openPriced(priced)
    expect(said(await quoteOf(shop, priced, true))).toMatchObject(priced.says)
  })
