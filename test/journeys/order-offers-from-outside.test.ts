import { expect, test } from 'vitest'
import { openPriced, type Priced, productOffer, quoteOf, said, threshold } from '../harness/priced.ts'

// Order offers together, their perks and next steps: figures worked out by hand from the pricing rules, asked of the APIs alone.

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
const MUG = [{ sku: 'MUG' }]
const CUP = [{ sku: 'CUP', quantity: 2 }]

const CASES: readonly Priced[] = [
  {
    why: 'of exclusive order offers the one that takes most',
    offers: [threshold('a', [{ amountOff: 999 }], { priority: 9 }), multiBuy('b', 2, 1, 10), bundle('c', { A: 2 }, 19_001)],
    cart: [['A', 2]],
    says: { order: [['b', 1_000]], total: 19_000 },
  },
  {
    why: 'after the floor: 400 that are cut to 200 lose against 250',
    products: { A: { listPrice: 1_000, floorPrice: 800 }, B: 1_000 },
    offers: [threshold('a', [{ amountOff: 400 }], { scope: { skus: ['A'] } }), threshold('b', [{ amountOff: 250 }])],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { order: [['b', 250]] },
  },
  {
    why: 'ties go to the larger priority',
    offers: [threshold('a', [{ amountOff: 400 }]), threshold('b', [{ amountOff: 400 }], { priority: 1 })],
    cart: [['A', 1]],
    says: { order: [['b', 400]] },
  },
  {
    why: 'then to the smaller code',
    offers: [threshold('b', [{ amountOff: 400 }]), threshold('a', [{ percentOff: 4 }])],
    cart: [['A', 1]],
    says: { order: [['a', 400]] },
  },
  {
    why: 'stackable ones follow from what is left: 10 % of 9000, then 500',
    offers: [
      threshold('x', [{ amountOff: 1_000 }]),
      threshold('s', [{ percentOff: 10 }], { ...STACKABLE, priority: 3 }),
      threshold('r', [{ amountOff: 500 }], STACKABLE),
    ],
    cart: [['A', 1]],
    says: {
      order: [
        ['x', 1_000],
        ['s', 900],
        ['r', 500],
      ],
      shares: [
        [
          ['x', 1_000],
          ['s', 900],
          ['r', 500],
        ],
      ],
      total: 7_600,
      discount: 2_400,
    },
  },
  {
    why: 'a stackable step closes when those before have taken too much, and its next step says so',
    offers: [threshold('x', [{ amountOff: 1 }]), threshold('s', [{ minSubtotal: 10_000, percentOff: 10 }], STACKABLE)],
    cart: [['A', 1]],
    says: { order: [['x', 1]], next: [['s', 1, 0, 1_000]] },
  },
  {
    why: 'an exclusive one that is beaten saw the cart before any',
    offers: [threshold('a', [{ amountOff: 2_000 }]), threshold('b', [{ amountOff: 1_000 }, { minSubtotal: 12_000, percentOff: 50 }])],
    cart: [['A', 1]],
    says: { order: [['a', 2_000]], next: [['b', 2_000, 0, 6_000]] },
  },
  {
    why: 'an exclusive one with an amount in a later step competes for its gift',
    offers: [threshold('a', [{ gifts: MUG }, { minSubtotal: 20_000, amountOff: 500 }])],
    cart: [['A', 1]],
    says: { order: [], gifts: [['MUG', 1, 'a']], total: 10_000 },
  },
  {
    why: 'and loses against one that takes anything',
    offers: [
      threshold(
        'a',
        [
          { gifts: MUG, freeShipping: true },
          { minSubtotal: 20_000, amountOff: 500 },
        ],
        { priority: 5 },
      ),
      threshold('b', [{ amountOff: 1 }]),
    ],
    cart: [['A', 1]],
    says: { order: [['b', 1]], gifts: [], freeShipping: false },
  },
  {
    why: 'and by priority against one that takes nothing too',
    offers: [
      threshold('a', [{ gifts: MUG }, { minSubtotal: 20_000, amountOff: 500 }]),
      threshold('b', [{ freeShipping: true }, { minSubtotal: 20_000, amountOff: 500 }], { priority: 1 }),
    ],
    cart: [['A', 1]],
    says: { gifts: [], freeShipping: true },
  },
  {
    why: 'a gift for others is no perk with which to compete',
    as: 'silver',
    offers: [
      threshold('a', [{ gifts: [{ sku: 'MUG', minTierCode: 'gold' }] }, { minSubtotal: 20_000, amountOff: 500 }], { priority: 5 }),
      threshold('b', [{ freeShipping: true }, { minSubtotal: 20_000, amountOff: 500 }]),
    ],
    cart: [['A', 1]],
    says: { gifts: [], freeShipping: true },
  },
  {
    why: 'a gift comes to its tier and above',
    as: 'gold',
    offers: [
      threshold('a', [
        { amountOff: 1, gifts: [{ sku: 'MUG', minTierCode: 'silver' }, { sku: 'CUP', quantity: 3, minTierCode: 'gold' }, { sku: 'PEN' }] },
      ]),
    ],
    cart: [['A', 1]],
    says: {
      gifts: [
        ['MUG', 1, 'a'],
        ['CUP', 3, 'a'],
        ['PEN', 1, 'a'],
      ],
    },
  },
  {
    why: 'and not below',
    as: 'silver',
    offers: [
      threshold('a', [
        {
          amountOff: 1,
          gifts: [
            { sku: 'MUG', minTierCode: 'silver' },
            { sku: 'CUP', minTierCode: 'gold' },
          ],
        },
      ]),
    ],
    cart: [['A', 1]],
    says: { gifts: [['MUG', 1, 'a']] },
  },
  {
    why: 'offers without an amount never compete: each applies, at its last open step',
    offers: [
      threshold('a', [{ amountOff: 1_000 }]),
      threshold('g', [
        { minSubtotal: 9_000, gifts: CUP },
        { minSubtotal: 100, gifts: MUG },
        { minSubtotal: 9_001, gifts: MUG },
      ]),
      threshold('s', [{ freeShipping: true }]),
    ],
    cart: [['A', 1]],
    says: { order: [['a', 1_000]], freeShipping: true },
  },
  {
    why: 'of open steps without an amount the larger subtotal, then quantity',
    offers: [
      threshold('g', [
        { minSubtotal: 100, minQuantity: 1, gifts: MUG },
        { minSubtotal: 100, minQuantity: 2, gifts: CUP },
        { minQuantity: 3, freeShipping: true },
      ]),
    ],
    cart: [['A', 3]],
    says: { gifts: [['CUP', 2, 'g']], freeShipping: false },
  },
  {
    why: 'the next step to a gift takes nothing',
    offers: [threshold('g', [{ minSubtotal: 12_000, gifts: MUG }])],
    cart: [['A', 1]],
    says: { next: [['g', 2_000, 0, 0]] },
  },
  {
    why: 'the next step is the nearest by subtotal, then by quantity',
    offers: [
      threshold('g', [
        { minSubtotal: 12_000, minQuantity: 3, amountOff: 3 },
        { minSubtotal: 12_000, minQuantity: 2, amountOff: 2 },
        { minSubtotal: 15_000, amountOff: 1 },
      ]),
    ],
    cart: [['A', 1]],
    says: { next: [['g', 2_000, 1, 2]] },
  },
  {
    why: 'a next step is said to somebody for whom the offer is alone',
    as: 'plain',
    offers: [
      threshold('a', [{ minSubtotal: 20_000, amountOff: 1 }], { audience: "customer_tier = 'gold'" }),
      threshold('b', [{ minSubtotal: 20_000, amountOff: 1 }], { audience: 'customer_tier IS NULL' }),
    ],
    cart: [['A', 1]],
    says: { next: [['b', 10_000, 0, 1]] },
  },
  {
    why: 'a ladder, a product offer and two order offers in one cart',
    as: 'gold',
    shop: { maxDiscount: 40 },
    ladders: [{ code: 'l', rungs: [{ tierCode: 'gold', adjustment: { percentOff: 12.5 } }] }],
    offers: [
      productOffer('p', { amountOff: 333 }, { ...STACKABLE, scope: { skus: ['B'] } }),
      threshold('x', [{ minSubtotal: 20_000, percentOff: 10 }]),
      threshold('s', [{ amountOff: 77 }], STACKABLE),
    ],
    cart: [
      ['A', 1],
      ['B', 2],
      ['C', 3],
    ],
    says: {
      units: [8_750, 4_042, 2_188],
      subtotal: 27_500,
      order: [
        ['x', 2_340],
        ['s', 77],
      ],
      total: 20_981,
    },
  },
]

for (const priced of CASES)
  test(priced.why, async () => {
    const shop = await openPriced(priced)
    expect(said(await quoteOf(shop, priced))).toMatchObject(priced.says)
  })
