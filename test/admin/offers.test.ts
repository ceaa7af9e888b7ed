import { describe, expect, test } from 'vitest'
import { tiers } from '../harness/acts.ts'
import { asInput, offer, publish, refusal, SAVE_OFFER, saveOffer } from '../harness/rules.ts'
import { openTestShop } from '../harness/shop.ts'

const PRODUCT = { code: 'tea', name: 'Tea', level: 'PRODUCT', product: { adjustment: { amountOff: 300 } } }
const ORDER = { code: 'full', name: 'Full', level: 'ORDER', order: { steps: [{ minSubtotal: 10_000, amountOff: 500 }] } }
const order = <Terms extends object>(terms: Terms) => ({ ...ORDER, order: terms })
const step = (change: object) => order({ steps: [{ amountOff: 500, ...change }] })
const MULTI_BUY = order({ form: 'MULTI_BUY', multiBuy: { every: 2, units: 1, percentOff: 50 } })
const BUNDLE = order({ form: 'BUNDLE', bundle: { items: [{ sku: 'A' }, { sku: 'B', quantity: 3 }], price: 9_900 } })

const NO_TERMS = { priority: 0, audience: null, scope: null, schedule: null, validFrom: null, validUntil: null, description: null }
const UNLIMITED = { totalLimit: null, perCustomerLimit: null, budget: null, returnsRestoreUse: false, coupons: null }
const USUAL = { ...NO_TERMS, ...UNLIMITED, trigger: 'AUTOMATIC', combination: 'EXCLUSIVE', firstOrderOnly: false, onlyUndiscounted: false }
const NO_STEP = {
  minSubtotal: 0,
  minQuantity: null,
  minTierCode: null,
  percentOff: null,
  amountOff: null,
  maxAmount: null,
  freeShipping: false,
  gifts: [],
  surprise: null,
}

// biome-ignore format: a table
const KEPT: readonly (readonly [string, object])[] = [
  ['a product offer with everything', {
    ...USUAL, ...PRODUCT,
    description: 'Line one\n第二行', trigger: 'CODE', combination: 'STACKABLE', priority: 5, audience: 'number_of_orders = 0',
    firstOrderOnly: true, onlyUndiscounted: true, scope: { skus: null, categories: ['tea/green'], brands: null, productTags: null, excludedSkus: ['T'],
      excludedCategories: null, excludedBrands: null, excludedProductTags: null, launchedWithinDays: null },
    schedule: { daysOfMonth: null, daysOfWeek: [3], fromTime: '10:00', untilTime: '12:30' },
    validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2027-01-01T00:00:00.000Z',
    product: { adjustment: { percentOff: 12.34 }, minSubtotal: 0, minQuantity: 2, maxUnitsPerOrder: 1, maxUnitsPerCustomer: 3 }, order: null,
    totalLimit: 2_147_483_647, perCustomerLimit: 1, budget: 9_007_199_254_740_991, returnsRestoreUse: true,
    coupons: { claimable: true, stock: 2_147_483_647, perCustomer: 1_000, validDays: 3_660, claimFrom: '2025-12-01T00:00:00.000Z', claimUntil: '2026-12-01T00:00:00.000Z' },
  }],
  ['a threshold with steps of every kind', {
    ...USUAL, ...ORDER, product: null, order: {
      form: 'THRESHOLD', repeat: false, multiBuy: null, bundle: null, steps: [
        { ...NO_STEP, minSubtotal: 9_007_199_254_740_991, percentOff: 0.29, maxAmount: 1 },
        { ...NO_STEP, minQuantity: 3, minTierCode: 'gold', amountOff: 1, freeShipping: true },
        { ...NO_STEP, gifts: [{ sku: 'G', quantity: 2, minTierCode: 'gold' }, { sku: 'G', quantity: 1, minTierCode: null }] },
        { ...NO_STEP, surprise: [{ name: '一等奖', odds: 0.29, gift: { sku: 'G', quantity: 2 }, amount: null }, { name: '红包', odds: 99.71, gift: null, amount: 1_000_000_000_000 }] },
        NO_STEP, NO_STEP,
      ],
    },
  }],
  ['a repeating threshold', {
    ...USUAL, ...ORDER, product: null,
    order: { form: 'THRESHOLD', repeat: true, multiBuy: null, bundle: null, steps: [{ ...NO_STEP, minSubtotal: 1, amountOff: 1, maxAmount: 50 }] },
  }],
  ['a multi-buy', {
    ...USUAL, ...ORDER, product: null,
    order: { form: 'MULTI_BUY', repeat: false, steps: [], multiBuy: { every: 4, units: 4, percentOff: 100 }, bundle: null },
  }],
  ['a bundle', {
    ...USUAL, ...ORDER, product: null,
    order: { form: 'BUNDLE', repeat: false, steps: [], multiBuy: null, bundle: { items: [{ sku: 'A', quantity: 1_000_000 }, { sku: 'a', quantity: 1 }], price: 0 } },
  }],
]

describe('an offer is loaded as it was saved, and what was loaded can be saved:', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  test.each(KEPT)('%s', async (name, input) => {
    const code = `Offer ${name}`
    const saved = await saveOffer(shop, { ...input, code })
    expect(await offer(shop, code.toUpperCase())).toEqual(saved)
    expect(asInput(saved)).toEqual({ ...input, code })
    expect(await saveOffer(shop, asInput(saved), 1)).toEqual({ ...saved, draft: { ...saved.draft, version: 2 } })
    await publish(shop, code)
    expect(asInput(await offer(shop, code))).toEqual({ ...input, code })
  })
})

test('what an offer leaves out, or gives as null, has its default', async () => {
  const shop = await openTestShop()
  const nulls = Object.fromEntries(Object.keys(USUAL).map((field) => [field, null]))
  const noStep = Object.fromEntries(Object.keys(NO_STEP).map((field) => [field, null]))
  const full = { form: 'THRESHOLD', repeat: false, multiBuy: null, bundle: null, steps: [NO_STEP] }
  for (const [code, given] of [
    ['absent', { level: 'ORDER', order: { steps: [{}] } }],
    ['null', { ...nulls, level: 'ORDER', product: null, order: { ...full, form: null, repeat: null, steps: [noStep] } }],
  ] as const) {
    const saved = await saveOffer(shop, { name: 'Bare', code, ...given })
    expect(asInput(saved)).toEqual({ ...USUAL, code, name: 'Bare', level: 'ORDER', product: null, order: full })
  }
  const gifts = [{ sku: 'G', quantity: null }, { sku: 'H' }]
  const { draft } = await saveOffer(shop, { ...step({ gifts }), code: 'gifts' })
  expect(draft.order.steps[0].gifts.map((gift: { quantity: number }) => gift.quantity)).toEqual([1, 1])
  expect((await saveOffer(shop, { ...BUNDLE, code: 'set' })).draft.order.bundle.items).toEqual([
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 3 },
  ])
})

const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)
const bundle = (...items: object[]) => order({ form: 'BUNDLE', bundle: { items, price: 1 } })
const multiBuy = (change: object) => order({ form: 'MULTI_BUY', multiBuy: { every: 2, units: 1, percentOff: 50, ...change } })

// biome-ignore format: a table
const REFUSED: readonly (readonly [string, object, string])[] = [
  ['what no rule may have', { ...PRODUCT, scope: { skus: [] } }, 'BAD_USER_INPUT at input.scope.skus'],
  ['too long a description', { ...PRODUCT, description: 'x'.repeat(2_001) }, 'BAD_USER_INPUT at input.description'],
  ['a description with a zero byte', { ...PRODUCT, description: 'a\0b' }, 'BAD_USER_INPUT at input.description'],
  ['no product at level PRODUCT', { ...PRODUCT, product: null }, 'BAD_USER_INPUT at input.product'],
  ['an order at level PRODUCT', { ...PRODUCT, order: ORDER.order }, 'BAD_USER_INPUT at input.order'],
  ['no order at level ORDER', { ...ORDER, order: null }, 'BAD_USER_INPUT at input.order'],
  ['a product at level ORDER', { ...ORDER, product: PRODUCT.product }, 'BAD_USER_INPUT at input.product'],
  ['two adjustments', { ...PRODUCT, product: { adjustment: { percentOff: 1, fixedPrice: 1 } } }, 'BAD_USER_INPUT at input.product.adjustment'],
  ['nothing off a product', { ...PRODUCT, product: { adjustment: { amountOff: 0 } } }, 'BAD_USER_INPUT at input.product.adjustment.amountOff'],
  ['a product quantity of 0', { ...PRODUCT, product: { ...PRODUCT.product, minQuantity: 0 } }, 'BAD_USER_INPUT at input.product.minQuantity'],
  ['at most 0 units', { ...PRODUCT, product: { ...PRODUCT.product, maxUnitsPerOrder: 0 } }, 'BAD_USER_INPUT at input.product.maxUnitsPerOrder'],
  ['a threshold without steps', order({}), 'BAD_USER_INPUT at input.order.steps'],
  ['a threshold with empty steps', order({ steps: [] }), 'BAD_USER_INPUT at input.order.steps'],
  ['51 steps', order({ steps: many(51, {}) }), 'TOO_MANY_ITEMS at input.order.steps'],
  ['a percentage and an amount', step({ percentOff: 5 }), 'BAD_USER_INPUT at input.order.steps.0.amountOff'],
  ['nothing off an order', step({ amountOff: 0 }), 'BAD_USER_INPUT at input.order.steps.0.amountOff'],
  ['a cap of nothing', order({ steps: [{}, { maxAmount: 5 }] }), 'BAD_USER_INPUT at input.order.steps.1.maxAmount'],
  ['a cap of 0', step({ maxAmount: 0 }), 'BAD_USER_INPUT at input.order.steps.0.maxAmount'],
  ['a step from 0 units', step({ minQuantity: 0 }), 'BAD_USER_INPUT at input.order.steps.0.minQuantity'],
  ['a step for an unknown tier', step({ minTierCode: 'gold' }), 'UNKNOWN_TIER at input.order.steps.0.minTierCode'],
  ['a gift for an unknown tier', step({ gifts: [{ sku: 'G' }, { sku: 'G', minTierCode: 'gold' }] }), 'UNKNOWN_TIER at input.order.steps.0.gifts.1.minTierCode'],
  ['a gift of 0', step({ gifts: [{ sku: 'G', quantity: 0 }] }), 'BAD_USER_INPUT at input.order.steps.0.gifts.0.quantity'],
  ['a gift without a sku', step({ gifts: [{ sku: '' }] }), 'BAD_USER_INPUT at input.order.steps.0.gifts.0.sku'],
  ['101 gifts', step({ gifts: many(101, { sku: 'G' }) }), 'TOO_MANY_ITEMS at input.order.steps.0.gifts'],
  ['two steps that repeat', order({ repeat: true, steps: many(2, { minSubtotal: 1, amountOff: 1 }) }), 'BAD_USER_INPUT at input.order.repeat'],
  ['a step from 0 that repeats', order({ repeat: true, steps: [{ amountOff: 1 }] }), 'BAD_USER_INPUT at input.order.steps.0.minSubtotal'],
  ['a multi-buy in a threshold', order({ ...ORDER.order, multiBuy: MULTI_BUY.order.multiBuy }), 'BAD_USER_INPUT at input.order.multiBuy'],
  ['a bundle in a threshold', order({ ...ORDER.order, bundle: BUNDLE.order.bundle }), 'BAD_USER_INPUT at input.order.bundle'],
  ['a multi-buy without one', order({ form: 'MULTI_BUY' }), 'BAD_USER_INPUT at input.order.multiBuy'],
  ['steps in a multi-buy', order({ ...MULTI_BUY.order, steps: ORDER.order.steps }), 'BAD_USER_INPUT at input.order.steps'],
  ['a multi-buy that repeats', order({ ...MULTI_BUY.order, repeat: true }), 'BAD_USER_INPUT at input.order.repeat'],
  ['groups of 0', multiBuy({ every: 0 }), 'BAD_USER_INPUT at input.order.multiBuy.every'],
  ['0 cheaper units', multiBuy({ units: 0 }), 'BAD_USER_INPUT at input.order.multiBuy.units'],
  ['more cheaper units than a group has', multiBuy({ units: 3 }), 'BAD_USER_INPUT at input.order.multiBuy.units'],
  ['a bundle without one', order({ form: 'BUNDLE', steps: [] }), 'BAD_USER_INPUT at input.order.bundle'],
  ['a multi-buy in a bundle', order({ ...BUNDLE.order, multiBuy: MULTI_BUY.order.multiBuy }), 'BAD_USER_INPUT at input.order.multiBuy'],
  ['an empty bundle', bundle(), 'BAD_USER_INPUT at input.order.bundle.items'],
  ['101 items', bundle(...many(101, { sku: 'A' })), 'TOO_MANY_ITEMS at input.order.bundle.items'],
  ['a sku twice in a bundle', bundle({ sku: 'A' }, { sku: 'B' }, { sku: 'A' }), 'BAD_USER_INPUT at input.order.bundle.items.2.sku'],
  ['a blank sku in a bundle', bundle({ sku: ' ' }), 'BAD_USER_INPUT at input.order.bundle.items.0.sku'],
  ['0 of a sku in a bundle', bundle({ sku: 'A', quantity: 0 }), 'BAD_USER_INPUT at input.order.bundle.items.0.quantity'],
  ['a bundle with a scope', { ...BUNDLE, scope: { skus: ['A'] } }, 'BAD_USER_INPUT at input.scope'],
  ['a bundle of what is not discounted', { ...BUNDLE, onlyUndiscounted: true }, 'BAD_USER_INPUT at input.onlyUndiscounted'],
]

describe('an offer is refused with', async () => {
  const shop = await openTestShop()
  test.each(REFUSED)('%s', async (_, input, expected) => {
    expect(await refusal(shop, SAVE_OFFER, { input })).toBe(expected)
  })
})

test('an offer keeps its level once it was published, retired or not; before that it may change', async () => {
  const shop = await openTestShop()
  await saveOffer(shop, { ...PRODUCT, code: 'x' })
  expect(await saveOffer(shop, { ...ORDER, code: 'x' })).toMatchObject({ level: 'ORDER', draft: { product: null } })
  await publish(shop, 'x')
  expect(await refusal(shop, SAVE_OFFER, { input: { ...PRODUCT, code: 'X' } })).toBe('CONFLICT at input.level')
  await shop.admin('mutation { retire(codes: ["x"]) { bookVersion } }')
  expect(await refusal(shop, SAVE_OFFER, { input: { ...PRODUCT, code: 'X' } })).toBe('CONFLICT at input.level')
  expect(await offer(shop, 'x')).toMatchObject({ level: 'ORDER', status: 'RETIRED', draft: null, published: null })
})

test('offers are listed apart from ladders', async () => {
  const shop = await openTestShop()
  await saveOffer(shop, PRODUCT)
  await shop.admin('mutation { saveLadder(input: { code: "l", name: "l", rungs: [{ adjustment: { percentOff: 1 } }] }) { id } }')
  expect(await shop.admin('{ offers { nodes { code level status } totalCount } ladders { nodes { code } totalCount } }')).toEqual({
    offers: { nodes: [{ code: 'tea', level: 'PRODUCT', status: 'DRAFT' }], totalCount: 1 },
    ladders: { nodes: [{ code: 'l' }], totalCount: 1 },
  })
  expect(await shop.admin('{ offer(code: "l") { id } ladder(code: "tea") { id } }')).toEqual({ offer: null, ladder: null })
})
