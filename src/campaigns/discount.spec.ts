import { expect, test } from 'vitest'
import type { Offer } from '../pricing/rule.ts'
import type { Give } from './campaign.model.ts'
import { mostDiscount } from './discount.rules.ts'

const COUPON = { as: 'COUPON', each: 2 } as Give
const OFFER = { as: 'OFFER', each: 1 } as Give
const step = (off: object | null, maxAmount: number | null = null) => ({ off, maxAmount })
const threshold = (repeat: boolean, ...steps: object[]) =>
  ({ level: 'ORDER', product: null, order: { form: 'THRESHOLD', repeat, steps }, perCustomerLimit: null, budget: null }) as unknown as Offer
const product = (adjustment: object, maxUnitsPerOrder: number | null) =>
  ({ level: 'PRODUCT', product: { adjustment, maxUnitsPerOrder }, order: null, perCustomerLimit: 3, budget: null }) as unknown as Offer
const amount = (of: number) => ({ kind: 'AMOUNT_OFF', amount: of })
const percent = { kind: 'PERCENT_OFF', bp: 1_000 }

test('a fixed amount is so much for each coupon; a percentage is its most, where it says one', () => {
  expect(mostDiscount(threshold(false, step(amount(500)), step(amount(900))), COUPON, 10)).toBe(18_000)
  expect(mostDiscount(threshold(false, step(percent, 700)), COUPON, 10)).toBe(14_000)
  expect(mostDiscount(threshold(false, step(percent)), COUPON, 10)).toBeNull()
  expect(mostDiscount(threshold(true, step(amount(500))), COUPON, 10)).toBeNull()
  expect(mostDiscount(threshold(true, step(amount(500), 2_000)), COUPON, 10)).toBe(40_000)
})

test('the budget of the offer bounds it, and says what nothing else does', () => {
  expect(mostDiscount({ ...threshold(false, step(amount(500))), budget: 3_000 as never }, COUPON, 10)).toBe(3_000)
  expect(mostDiscount({ ...threshold(false, step(percent)), budget: 3_000 as never }, COUPON, 10)).toBe(3_000)
})

test('an offer that comes by itself counts as often as each customer may have it', () => {
  expect(mostDiscount(product(amount(100), 2), OFFER, 10)).toBe(6_000)
  expect(mostDiscount(product(amount(100), null), OFFER, 10)).toBeNull()
  expect(mostDiscount(threshold(false, step(amount(500))), OFFER, 10)).toBeNull()
})

test('gifts and free shipping take nothing off', () => {
  expect(mostDiscount(threshold(false, step(null)), OFFER, 10)).toBe(0)
})
