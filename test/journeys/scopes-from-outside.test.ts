import { expect, test } from 'vitest'
import { openPriced, type Priced, productOffer, quoteOf, said } from '../harness/priced.ts'

// Scopes and audiences: figures worked out by hand from the pricing rules, asked of the APIs alone.

const member = (code: string, adjustment: object, more: object = {}) => ({ code, rungs: [{ adjustment }], ...more })

const CASES: readonly Priced[] = [
  {
    why: 'a category reaches all below it, by whole segments and by bytes',
    products: {
      A: { listPrice: 1_000, categoryPaths: [['passives', 'resistors']] },
      B: { listPrice: 1_000, categoryPaths: [['passives']] },
      C: { listPrice: 1_000, categoryPaths: [['passivesX']] },
      D: { listPrice: 1_000, categoryPaths: [['Passives', 'resistors']] },
      E: { listPrice: 1_000, categoryPaths: [['other'], ['passives', 'resistors', 'smd']] },
      F: { listPrice: 1_000, categoryPaths: [['x', 'passives']] },
    },
    offers: [productOffer('p', { percentOff: 10 }, { scope: { categories: ['passives'] } })],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 1],
      ['D', 1],
      ['E', 1],
      ['F', 1],
    ],
    says: { units: [900, 900, 1_000, 1_000, 900, 1_000] },
  },
  {
    why: 'a category below does not reach its parent, and an exclusion below leaves the rest',
    products: {
      A: { listPrice: 1_000, categoryPaths: [['p', 'r']] },
      B: { listPrice: 1_000, categoryPaths: [['p']] },
      C: { listPrice: 1_000, categoryPaths: [['p', 'r', 's']] },
    },
    offers: [
      productOffer('a', { percentOff: 10 }, { scope: { categories: ['p/r'] } }),
      productOffer('b', { percentOff: 20 }, { scope: { categories: ['p'], excludedCategories: ['p/r'] } }),
    ],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 1],
    ],
    says: { units: [900, 800, 900] },
  },
  {
    why: 'tags compare without regard to case, brands and skus with it',
    products: {
      A: { listPrice: 1_000, tags: ['Sale'] },
      B: { listPrice: 1_000, brand: 'TI' },
      C: { listPrice: 1_000, brand: 'ti' },
      a: 1_000,
    },
    offers: [
      productOffer('t', { percentOff: 10 }, { scope: { productTags: ['SALE'] } }),
      productOffer('b', { percentOff: 20 }, { scope: { brands: ['TI'] } }),
      productOffer('s', { percentOff: 30 }, { scope: { skus: ['a'] } }),
    ],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 1],
      ['a', 1],
    ],
    says: { units: [900, 800, 1_000, 700] },
  },
  {
    why: 'a scope is a union less a union',
    products: {
      A: { listPrice: 1_000, brand: 'x', tags: ['old'] },
      B: { listPrice: 1_000, brand: 'x' },
      C: { listPrice: 1_000 },
      D: { listPrice: 1_000, brand: 'x', categoryPaths: [['no']] },
      E: 1_000,
    },
    offers: [
      productOffer(
        'p',
        { percentOff: 10 },
        { scope: { brands: ['x'], skus: ['C', 'A'], excludedProductTags: ['OLD'], excludedCategories: ['no'] } },
      ),
    ],
    cart: [
      ['A', 1],
      ['B', 1],
      ['C', 1],
      ['D', 1],
      ['E', 1],
    ],
    says: { units: [1_000, 900, 900, 1_000, 1_000] },
  },
  {
    why: 'an exclusion alone leaves all others in',
    products: { A: { listPrice: 1_000, brand: 'x' }, B: 1_000 },
    offers: [productOffer('p', { percentOff: 10 }, { scope: { excludedBrands: ['x'] } })],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    says: { units: [1_000, 900] },
  },
  {
    why: 'a product without an instant of launch is in no scope of launches',
    offers: [productOffer('p', { percentOff: 10 }, { scope: { launchedWithinDays: 30 } })],
    cart: [['A', 1]],
    says: { units: [10_000] },
  },
  {
    why: 'nobody is in an audience, not even one that negates',
    ladders: [member('l', { percentOff: 10 }, { audience: "customer_tags NOT CONTAINS 'vip'" })],
    offers: [productOffer('p', { percentOff: 20 }, { audience: 'NOT number_of_orders > 5' }), productOffer('q', { percentOff: 1 })],
    cart: [['A', 1]],
    says: {
      units: [9_900],
      trace: [
        [
          ['l', 'NOT_IN_AUDIENCE', null],
          ['p', 'NOT_IN_AUDIENCE', null],
          ['q', 'APPLIED', 9_900],
        ],
      ],
    },
  },
  {
    why: 'a customer is in one that negates',
    as: 'plain',
    offers: [productOffer('p', { percentOff: 20 }, { audience: 'NOT number_of_orders > 5' })],
    cart: [['A', 1]],
    says: { units: [8_000] },
  },
]

for (const priced of CASES)
  test(priced.why, async () => {
    const shop = await openPriced(priced)
    expect(said(await quoteOf(shop, priced, true))).toMatchObject(priced.says)
  })
