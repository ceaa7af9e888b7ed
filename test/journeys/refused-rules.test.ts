import { expect, test } from 'vitest'
import { openPriced, percentOff, productOffer, threshold } from '../harness/priced.ts'
import { refusal, SAVE_LADDER, SAVE_OFFER } from '../harness/rules.ts'

// What is no rule is refused when it is saved, and what is one is not.

const rule = (input: object) => ({ name: 'rule', ...input })
const ladder = (...rungs: object[]) => rule({ code: 'rule', rungs })
const offer = (more: object = {}, product: object = {}) => rule(productOffer('rule', { percentOff: 10 }, more, product))
const steps = (...all: object[]) => rule(threshold('rule', all))
const order = (terms: object, more: object = {}) => rule({ code: 'rule', level: 'ORDER', order: terms, ...more })
const items = (n: number) => Array.from({ length: n }, (_, i) => ({ sku: `S${i}`, quantity: 1 }))
const bundle = (all: object[], more: object = {}) => order({ form: 'BUNDLE', bundle: { items: all, price: 1 } }, more)
const multiBuy = (every: number, units: number, percentOff = 50) => order({ form: 'MULTI_BUY', multiBuy: { every, units, percentOff } })
const AMOUNT = { amountOff: 5 }

const LADDERS: readonly (readonly [why: string, input: object, good: boolean])[] = [
  ['a percentage of two decimals', ladder(percentOff(12.34)), true],
  ['a percentage of all', ladder(percentOff(100)), true],
  ['the smallest percentage', ladder(percentOff(0.01)), true],
  ['a percentage of three decimals', ladder(percentOff(12.345)), false],
  ['a percentage of more than all', ladder(percentOff(100.01)), false],
  ['a percentage of nothing', ladder(percentOff(0)), false],
  ['a percentage below nothing', ladder(percentOff(-5)), false],
  ['an amount below nothing', ladder({ adjustment: { amountOff: -5 } }), false],
  ['an amount with a fraction', ladder({ adjustment: { amountOff: 1.5 } }), false],
  ['two adjustments at once', ladder({ adjustment: { amountOff: 5, percentOff: 5 } }), false],
  ['an adjustment that is none', ladder({ adjustment: {} }), false],
  ['a fixed price of nothing', ladder({ adjustment: { fixedPrice: 0 } }), true],
  ['100 rungs', ladder(...Array.from({ length: 100 }, (_, i) => ({ minQuantity: i + 1, ...percentOff(1) }))), true],
  ['101 rungs', ladder(...Array.from({ length: 101 }, (_, i) => ({ minQuantity: i + 1, ...percentOff(1) }))), false],
  ['a rung from no unit', ladder({ minQuantity: 0, ...percentOff(1) }), false],
  ['a rung for a tier that is none', ladder({ tierCode: 'platinum', ...percentOff(1) }), false],
]

const OFFERS: readonly (readonly [why: string, input: object, good: boolean])[] = [
  ...['skus', 'categories', 'brands', 'productTags', 'excludedSkus', 'excludedCategories', 'excludedBrands', 'excludedProductTags'].map(
    (list) => [`a scope with an empty list of ${list}`, offer({ scope: { [list]: [] } }), false] as const,
  ),
  ['a scope of launches in no day', offer({ scope: { launchedWithinDays: 0 } }), false],
  ['an audience that is no query', offer({ audience: 'amount_spent >' }), false],
  ['a window that ends as it begins', offer({ validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }), false],
  ['a 32nd of the month', offer({ schedule: { daysOfMonth: [32] } }), false],
  ['an eighth day of the week', offer({ schedule: { daysOfWeek: [8] } }), false],
  ['a day of the week before Monday', offer({ schedule: { daysOfWeek: [0] } }), false],
  ['a time that is none', offer({ schedule: { fromTime: '24:01' } }), false],
  ['a time without its zero', offer({ schedule: { fromTime: '8:30' } }), false],
  ['no unit at least', offer({}, { minQuantity: -1 }), false],
  ['no unit at most', offer({}, { maxUnitsPerOrder: 0 }), false],
  ['a product offer with steps', { ...offer(), order: { steps: [AMOUNT] } }, false],
  ['an order offer with an adjustment', { ...steps(AMOUNT), product: percentOff(5) }, false],
  ['a product offer of nothing', rule({ code: 'rule', level: 'PRODUCT' }), false],
  ['an order offer of nothing', rule({ code: 'rule', level: 'ORDER' }), false],
  ['a step of a percentage and an amount', steps({ ...AMOUNT, percentOff: 5 }), false],
  ['a step that only gives', steps({ gifts: [{ sku: 'MUG' }] }), true],
  ['a gift of no unit', steps({ gifts: [{ sku: 'MUG', quantity: 0 }] }), false],
  ['a gift for a tier that is none', steps({ gifts: [{ sku: 'MUG', minTierCode: 'platinum' }] }), false],
  ['a step for a tier that is none', steps({ ...AMOUNT, minTierCode: 'platinum' }), false],
  [
    'steps in any order, two alike',
    steps({ minSubtotal: 9, ...AMOUNT }, { minSubtotal: 5, ...AMOUNT }, { minSubtotal: 5, ...AMOUNT }),
    true,
  ],
  ['50 steps', steps(...Array.from({ length: 50 }, (_, i) => ({ minSubtotal: i, ...AMOUNT }))), true],
  ['51 steps', steps(...Array.from({ length: 51 }, (_, i) => ({ minSubtotal: i, ...AMOUNT }))), false],
  ['an amount for every so much', order({ repeat: true, steps: [{ minSubtotal: 1, ...AMOUNT }] }), true],
  [
    'for every so much of two steps',
    order({
      repeat: true,
      steps: [
        { minSubtotal: 1, ...AMOUNT },
        { minSubtotal: 2, ...AMOUNT },
      ],
    }),
    false,
  ],
  ['for every nothing', order({ repeat: true, steps: [AMOUNT] }), false],
  ['all units of a group', multiBuy(3, 3), true],
  ['groups of one', multiBuy(1, 1), true],
  ['more units than a group has', multiBuy(3, 4), false],
  ['no unit of a group', multiBuy(3, 0), false],
  ['units at no percentage', multiBuy(3, 1, 0), false],
  ['a set of 100 parts', bundle(items(100)), true],
  ['a set of 101 parts', bundle(items(101)), false],
  ['a set of no part', bundle([]), false],
  ['a set that names a sku twice', bundle([{ sku: 'A' }, { sku: 'A' }]), false],
  ['a set with no unit of a part', bundle([{ sku: 'A', quantity: 0 }]), false],
  ['a set with a scope', bundle(items(2), { scope: { skus: ['S0'] } }), false],
  ['a set for undiscounted lines', bundle(items(2), { onlyUndiscounted: true }), false],
  ['a set that is called a threshold', order({ form: 'THRESHOLD', bundle: { items: items(2), price: 1 } }), false],
]

for (const [name, save, cases] of [
  ['ladder', SAVE_LADDER, LADDERS],
  ['offer', SAVE_OFFER, OFFERS],
] as const)
  test(`a ${name} that is none is refused`, async () => {
    const shop = await openPriced({})
    const found: Record<string, boolean> = {}
    for (const [why, input] of cases) found[why] = (await refusal(shop, save, { input })) === 'accepted'
    expect(found).toEqual(Object.fromEntries(cases.map(([why, , good]) => [why, good])))
  })

test('a code is one over ladders and offers, in whatever case', async () => {
  const shop = await openPriced({
    ladders: [{ code: 'Members', rungs: [percentOff(5)] }],
    offers: [productOffer('Spring', { percentOff: 5 })],
  })
  expect(await refusal(shop, SAVE_OFFER, { input: { ...offer(), code: 'MEMBERS' } })).toMatch(/^CODE_TAKEN/)
  expect(await refusal(shop, SAVE_LADDER, { input: { ...ladder(percentOff(1)), code: 'spring' } })).toMatch(/^CODE_TAKEN/)
})
