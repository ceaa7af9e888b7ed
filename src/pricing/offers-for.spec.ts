import { expect, test } from 'vitest'
import { book, NOON, type OfferText, type ShopperText, shopper, type UsageText, usage } from './cases/world.ts'
import { offersFor } from './offers-for.ts'

const SHIP = { steps: [{ freeShipping: true }] }

function shown(offers: readonly OfferText[], who: ShopperText | null, used: UsageText = {}): string[] {
  const found = offersFor(book({ offers }), who === null ? null : shopper(who), NOON, usage(used))
  return found.map(({ offer, coupons, claimable }) =>
    [offer.code, ...coupons.map(({ code }) => code), ...(claimable ? ['claimable'] : [])].join(' '),
  )
}

test('live offers of both levels are shown by priority and code, whatever a cart must hold for them', () => {
  const offers = [
    { code: 'B', steps: [{ minSubtotal: 9_999_999, amountOff: 1 }] },
    { code: 'A', product: { percentOff: 10, minQuantity: 50 } },
    { code: 'C', priority: 1, ...SHIP },
  ]
  expect(shown(offers, null)).toEqual(['C', 'A', 'B'])
})

test('what is not live, not for the shopper or has nothing left is not shown', () => {
  const offers = [
    { code: 'OVER', until: '2026-01-01T00:00:00Z', ...SHIP },
    { code: 'OTHERS', audience: 'others', ...SHIP },
    { code: 'FIRST', firstOrderOnly: true, ...SHIP },
    { code: 'GONE', totalLimit: 5, ...SHIP },
    { code: 'MINE', audience: 'mine', ...SHIP },
  ]
  expect(shown(offers, { in: ['mine'], hasOrdered: true }, { GONE: { uses: 5 } })).toEqual(['MINE'])
  expect(shown(offers, null, { GONE: { uses: 4 } })).toEqual(['FIRST', 'GONE'])
})

test('an offer by code is shown to whoever it is live for', () => {
  expect(shown([{ code: 'TYPED', byCode: true, ...SHIP }], null)).toEqual(['TYPED'])
})

test('an offer of coupons is shown to those who own a good one, with it, or where it may be claimed', () => {
  const offers = [
    { code: 'CLAIM', byCoupon: true, claimable: true, ...SHIP },
    { code: 'WALLET', byCoupon: true, ...SHIP },
  ]
  const coupons = [
    { code: 'K1', offer: 'wallet' },
    { code: 'K2', offer: 'WALLET', status: 'USED' as const },
    { code: 'K3', offer: 'WALLET', until: '2026-03-10T12:00:00Z' },
    { code: 'K4', offer: 'CLAIM' },
  ]
  expect(shown(offers, { coupons })).toEqual(['CLAIM K4 claimable', 'WALLET K1'])
  expect(shown(offers, {})).toEqual(['CLAIM claimable'])
  expect(shown(offers, null)).toEqual(['CLAIM claimable'])
})
