import { expect, test } from 'vitest'
import { limitedOffersOf } from './candidates.ts'
import { book, lines, NOON, type OfferText, shopper } from './cases/world.ts'

const A = { A: { list: 10_000, brand: 'acme' } }
const TAKES = { steps: [{ amountOff: 1 }] }

function candidates(offers: readonly OfferText[], codes: readonly string[] = [], sku = 'A'): string[] {
  const cart = { lines: lines(A, [`${sku} @ 100`]), codes, link: null }
  return limitedOffersOf(book({ offers }), shopper({ coupons: [{ code: 'K1', offer: 'WALLET' }] }), cart, NOON)
}

test('whatever is limited and may have a say in the cart is locked, in byte order', () => {
  const offers = [
    { code: 'b', totalLimit: 1, ...TAKES },
    { code: 'Z', perCustomerLimit: 1, product: { amountOff: 1 } },
    { code: 'a', stackable: true, budget: 1, product: { amountOff: 1 } },
    { code: 'U', product: { amountOff: 1, maxUnitsPerCustomer: 1 } },
    { code: 'FREE', product: { amountOff: 1, maxUnitsPerOrder: 1 } },
    { code: 'SHIP', ...TAKES },
  ]
  expect(candidates(offers)).toEqual(['U', 'Z', 'a', 'b'])
})

test('what no line leads to is left alone; live or not is not asked', () => {
  const offers = [
    { code: 'OTHER', totalLimit: 1, scope: { brands: ['other'] }, ...TAKES },
    { code: 'BRAND', totalLimit: 1, scope: { brands: ['acme'] }, ...TAKES },
    { code: 'OVER', totalLimit: 1, until: '2026-01-01T00:00:00Z', ...TAKES },
  ]
  expect(candidates(offers)).toEqual(['BRAND', 'OVER'])
  expect(candidates(offers, [], 'X')).toEqual(['OVER'])
})

test('codes and coupons in the cart count, others do not', () => {
  const offers = [
    { code: 'TYPED', byCode: true, totalLimit: 1, ...TAKES },
    { code: 'QUIET', byCode: true, totalLimit: 1, ...TAKES },
    { code: 'WALLET', byCoupon: true, budget: 9, ...TAKES },
  ]
  expect(candidates(offers, ['typed', 'k1'])).toEqual(['TYPED', 'WALLET'])
})
