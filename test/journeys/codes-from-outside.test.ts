import { describe, expect, test } from 'vitest'
import { openPriced, type Priced, productOffer, quoteOf, said, threshold } from '../harness/priced.ts'

// What a quote says of codes, and what a trace says of each rule.

const CODE = { trigger: 'CODE' }
const off = (code: string, more: object = {}, product: object = {}, percentOff = 10) =>
  productOffer(code, { percentOff }, { ...CODE, ...more }, product)
const LATER = '2126-01-01T00:00:00Z'

const CASES: readonly Priced[] = [
  {
    why: 'a code that applied is not refused, whatever its case',
    offers: [off('Spring')],
    cart: [['A', 1]],
    codes: ['sPRING'],
    says: { units: [9_000], refused: [] },
  },
  {
    why: 'a refused code is given back as it was typed',
    offers: [off('Spring', { validFrom: LATER })],
    cart: [['A', 1]],
    codes: ['SPRING', 'Nope'],
    says: {
      refused: [
        ['SPRING', 'NOT_LIVE'],
        ['Nope', 'UNKNOWN_CODE'],
      ],
    },
  },
  {
    why: 'ASCII case alone is disregarded: a long s is no s',
    offers: [off('SPRING')],
    cart: [['A', 1]],
    codes: ['ſpring'],
    says: { units: [10_000], refused: [['ſpring', 'UNKNOWN_CODE']] },
  },
  {
    why: 'a code that applied to one line is not refused for the others',
    offers: [off('X', { scope: { skus: ['A'] } })],
    cart: [
      ['A', 1],
      ['B', 1],
    ],
    codes: ['X'],
    says: { refused: [] },
  },
  {
    why: 'of the outcomes on the lines the latest stands: too many of A, none of B',
    offers: [off('X', { scope: { skus: ['A'] } }, { maxUnitsPerOrder: 1 })],
    cart: [
      ['A', 2],
      ['B', 1],
    ],
    codes: ['X'],
    says: { refused: [['X', 'QUANTITY_TOO_HIGH']] },
  },
  {
    why: 'beaten on one line is later than too many on another',
    ladders: [{ code: 'l', rungs: [{ adjustment: { percentOff: 20 } }] }],
    offers: [off('X', {}, { maxUnitsPerOrder: 1 })],
    cart: [
      ['A', 2],
      ['B', 1],
    ],
    codes: ['X'],
    says: { refused: [['X', 'BEATEN']] },
  },
  {
    why: 'the cart holds too little',
    offers: [off('X', {}, { minSubtotal: 10_001 })],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'SUBTOTAL_TOO_LOW']] },
  },
  {
    why: 'the cart holds too few',
    offers: [off('X', {}, { minQuantity: 2 })],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'QUANTITY_TOO_LOW']] },
  },
  {
    why: 'nothing of the cart is in scope',
    offers: [off('X', { scope: { skus: ['B'] } })],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'NOT_IN_SCOPE']] },
  },
  {
    why: 'nobody is not in the audience',
    offers: [off('X', { audience: 'number_of_orders >= 0' })],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'NOT_IN_AUDIENCE']] },
  },
  {
    why: 'all has a discount already',
    ladders: [{ code: 'l', rungs: [{ adjustment: { percentOff: 20 } }] }],
    offers: [off('X', { combination: 'STACKABLE', onlyUndiscounted: true })],
    cart: [['A', 1]],
    codes: ['X'],
    says: { units: [8_000], refused: [['X', 'ALREADY_DISCOUNTED']] },
  },
  {
    why: 'an exclusive offer that ties with a ladder is beaten',
    ladders: [{ code: 'l', rungs: [{ adjustment: { percentOff: 10 } }] }],
    offers: [off('X')],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'BEATEN']] },
  },
  {
    why: 'a threshold by code: the subtotal is too low',
    offers: [threshold('X', [{ minSubtotal: 10_001, amountOff: 1 }], CODE)],
    cart: [['A', 1]],
    codes: ['x'],
    says: { refused: [['x', 'SUBTOTAL_TOO_LOW']], next: [['X', 1, 0, 1]] },
  },
  {
    why: 'a threshold by code: too few units',
    offers: [threshold('X', [{ minQuantity: 2, amountOff: 1 }], CODE)],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'QUANTITY_TOO_LOW']], next: [['X', 0, 1, 1]] },
  },
  {
    why: 'a threshold by code: for a higher tier',
    as: 'silver',
    offers: [threshold('X', [{ minTierCode: 'gold', amountOff: 1 }], CODE)],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'TIER_TOO_LOW']], next: [] },
  },
  {
    why: 'a threshold by code: its scope is empty',
    offers: [threshold('X', [{ amountOff: 1 }], { ...CODE, scope: { skus: ['B'] } })],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'NOT_IN_SCOPE']] },
  },
  {
    why: 'a threshold by code: another takes more',
    offers: [threshold('X', [{ amountOff: 1 }], CODE), threshold('y', [{ amountOff: 2 }])],
    cart: [['A', 1]],
    codes: ['X'],
    says: { order: [['y', 2]], refused: [['X', 'BEATEN']] },
  },
  {
    why: 'a code that gave a gift alone applied',
    offers: [threshold('X', [{ gifts: [{ sku: 'MUG' }] }], CODE)],
    cart: [['A', 1]],
    codes: ['X'],
    says: { gifts: [['MUG', 1, 'X']], refused: [] },
  },
  {
    why: 'a code that freed shipping alone applied',
    offers: [threshold('X', [{ freeShipping: true }], CODE)],
    cart: [['A', 1]],
    codes: ['X'],
    says: { freeShipping: true, refused: [] },
  },
  {
    why: 'a set whose parts are not all in the cart',
    offers: [{ code: 'X', level: 'ORDER', ...CODE, order: { form: 'BUNDLE', bundle: { items: [{ sku: 'A', quantity: 2 }], price: 1 } } }],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'QUANTITY_TOO_LOW']] },
  },
  {
    why: 'too few units for one group',
    offers: [{ code: 'X', level: 'ORDER', ...CODE, order: { form: 'MULTI_BUY', multiBuy: { every: 2, units: 1, percentOff: 50 } } }],
    cart: [['A', 1]],
    codes: ['X'],
    says: { refused: [['X', 'QUANTITY_TOO_LOW']] },
  },
  {
    why: 'two codes at once: the better exclusive one applies',
    offers: [off('X'), off('Y', {}, {}, 20)],
    cart: [['A', 1]],
    codes: ['X', 'Y'],
    says: { units: [8_000], refused: [['X', 'BEATEN']] },
  },
  {
    why: 'an offer by code that is not in the cart is no next step and takes nothing',
    offers: [off('X'), threshold('Y', [{ minSubtotal: 20_000, amountOff: 1 }], CODE)],
    cart: [['A', 1]],
    says: { units: [10_000], next: [], refused: [] },
  },
  {
    why: 'a trace has the rules that can touch a line and those named by code',
    as: 'silver',
    ladders: [
      { code: 'g', rungs: [{ tierCode: 'gold', adjustment: { percentOff: 50 } }] },
      { code: 'q', rungs: [{ minQuantity: 5, adjustment: { percentOff: 50 } }] },
      { code: 's', rungs: [{ tierCode: 'silver', adjustment: { percentOff: 5 } }] },
    ],
    offers: [off('X', { scope: { skus: ['A'] } }), off('unnamed'), productOffer('other', { percentOff: 90 }, { scope: { skus: ['B'] } })],
    cart: [
      ['A', 1],
      ['C', 1],
    ],
    codes: ['X'],
    says: {
      trace: [
        expect.arrayContaining([
          ['g', 'TIER_TOO_LOW', null],
          ['q', 'QUANTITY_TOO_LOW', null],
          ['s', 'BEATEN', 9_500],
          ['X', 'APPLIED', 9_000],
        ]),
        expect.arrayContaining([
          ['s', 'APPLIED', 2_375],
          ['X', 'NOT_IN_SCOPE', null],
        ]),
      ],
    },
  },
]

describe('codes', () => {
  for (const priced of CASES)
    test(priced.why, async () => {
      const shop = await openPriced(priced)
      expect(said(await quoteOf(shop, priced, true))).toMatchObject(priced.says)
    })
})
