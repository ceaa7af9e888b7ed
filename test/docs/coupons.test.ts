import { expect, test } from 'vitest'
import { customers, orders, products } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { readDocument } from './document.ts'

test('what the guide sends can be sent as it stands, one after another, and does what it says', async () => {
  const { blocks } = await readDocument('docs/guides/coupons.md')
  const shop = await openTestShop()
  await products(shop, { X: 15_000 })
  await customers(shop, { 'C-1001': {}, 'C-1002': {} })
  await orders(shop, ['C-1001', 'X', 15_000, 1, '2026-01-05T03:00:00Z'], ['C-1002', 'X', 15_000, 1, '2026-01-06T03:00:00Z'])
  const answers = []
  let code = ''
  for (const { info, text } of blocks) {
    const send = info === 'graphql admin' ? shop.admin : shop.storefront
    const answer = await send(text.replace('COUPONSCODE', code))
    code = answer.claimCoupon?.code ?? code
    answers.push(answer)
  }
  expect(answers).toMatchObject([
    { saveOffer: { code: 'old-friends' } },
    { issueCoupons: 2 },
    { claimCoupon: { status: 'AVAILABLE' } },
    { createCouponCodes: { csv: expect.stringMatching(/^code\r\n(.{12}\r\n){3}$/) } },
    { quote: { total: 13_000, refusedCodes: [] } },
    { customers: { totalCount: 0 } },
  ])
})
