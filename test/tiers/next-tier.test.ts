import { expect, test } from 'vitest'
import { customers, orders, pin, publishLadder, publishOffer } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { ago, customerOf, programme } from './programme.ts'

const NEXT = 'nextTier { tier { code } conditions { attribute has needs met } gains { name kind percentOff } }'

test('staff and shopper see what is missing for the next tier and what it opens', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  await programme(
    shop,
    ['silver', 'number_of_orders >= 1'],
    ['gold', 'amount_spent >= 500 AND average_order_amount >= 200'],
    ['platinum', 'amount_spent >= 5000'],
  )
  await publishLadder(shop, 'members', { silver: 5, gold: 10, platinum: 15 })
  await publishOffer(shop, {
    code: 'thanks',
    name: 'Thanks',
    level: 'ORDER',
    order: {
      steps: [
        { minSubtotal: 10_000, amountOff: 500 },
        { minSubtotal: 10_000, percentOff: 8, minTierCode: 'gold', gifts: [{ sku: 'A', quantity: 1, minTierCode: 'platinum' }] },
      ],
    },
  })
  await publishOffer(shop, {
    code: 'golden',
    name: 'Golden days',
    level: 'PRODUCT',
    audience: "customer_tier = 'gold'",
    product: { adjustment: { percentOff: 20 } },
  })
  await publishOffer(shop, {
    code: 'secret',
    name: 'Secret',
    level: 'PRODUCT',
    trigger: 'CODE',
    audience: "customer_tier = 'gold'",
    product: { adjustment: { percentOff: 20 } },
  })
  await orders(shop, ['mei', 'A', 10_000, 1, ago(5)], ['mei', 'A', 20_001, 1, ago(4)])
  const { nextTier } = await customerOf(shop, 'mei', NEXT)
  expect(nextTier.tier).toEqual({ code: 'gold' })
  expect(nextTier.conditions).toEqual([
    { attribute: 'amount_spent', has: 300.01, needs: 500, met: false },
    { attribute: 'average_order_amount', has: 150, needs: 200, met: false },
  ])
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
  expect(nextTier.gains.toSorted(byName)).toEqual([
    { name: 'Golden days', kind: 'OFFER', percentOff: 20 },
    { name: 'Thanks', kind: 'OFFER', percentOff: 8 },
    { name: 'members', kind: 'LADDER', percentOff: 10 },
  ])
  expect((await shop.storefront(`{ shopper(customer: { externalId: "mei" }) { ${NEXT} } }`)).shopper.nextTier).toEqual(nextTier)
  await pin(shop, 'mei', 'gold')
  expect((await customerOf(shop, 'mei', NEXT)).nextTier.gains.toSorted(byName)).toEqual([
    { name: 'Thanks', kind: 'GIFT', percentOff: null },
    { name: 'members', kind: 'LADDER', percentOff: 15 },
  ])
  await pin(shop, 'mei', 'platinum')
  expect((await customerOf(shop, 'mei', NEXT)).nextTier).toBe(null)
})
