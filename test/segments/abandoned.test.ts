import { expect, test } from 'vitest'
import { customers, orders, products, publishOffer } from '../harness/acts.ts'
import { commit, held, letExpire, release, totalOf } from '../harness/checkout.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { externalIds } from './saving.ts'

const LEFT = 'abandoned_checkout_date >= -1d'

async function shopOf(...people: readonly string[]): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, Object.fromEntries(people.map((one) => [one, null])))
  return shop
}
const cart = { A: 1 }

test('who reserved a cart and let it run out has abandoned it, until they buy or reserve again', async () => {
  const shop = await shopOf('left', 'held', 'bought', 'called-off', 'never')
  const over = await held(shop, { cart, as: 'left' })
  await held(shop, { cart, as: 'held' })
  await commit(shop, (await held(shop, { cart, as: 'bought' })).id, 'o1')
  await release(shop, (await held(shop, { cart, as: 'called-off' })).id)
  expect(await externalIds(shop, LEFT)).toEqual([])

  await letExpire(shop, over.id)
  expect(await externalIds(shop, LEFT)).toEqual(['left'])
  expect(await externalIds(shop, 'abandoned_checkout_date IS NULL')).toEqual(['bought', 'called-off', 'held', 'never'])

  const again = await held(shop, { cart, as: 'left' })
  expect(await externalIds(shop, LEFT)).toEqual([])
  // What was given back says nothing: the cart before it is still the one that was left.
  await release(shop, again.id)
  expect(await externalIds(shop, LEFT)).toEqual(['left'])
  await commit(shop, (await held(shop, { cart, as: 'left' })).id, 'o2')
  expect(await externalIds(shop, LEFT)).toEqual([])
})

test('an order that is recorded elsewhere ends it too, one that was called off does not', async () => {
  const shop = await shopOf('left')
  await letExpire(shop, (await held(shop, { cart, as: 'left' })).id)
  const record = (status: string) =>
    shop.storefront(
      `mutation ($at: DateTime!) { recordOrders(orders: [{ externalId: "o", customer: { externalId: "left" }, placedAt: $at, status: ${status},
        lines: [{ sku: "A", quantity: 1, unitPrice: 1000 }] }]) { id } }`,
      { at: new Date(Date.now() + 60_000).toISOString() },
    )
  await orders(shop, ['left', 'A', 1_000, 1, '2026-01-01T00:00:00Z'])
  await record('CANCELLED')
  expect(await externalIds(shop, LEFT)).toEqual(['left'])
  await record('PAID')
  expect(await externalIds(shop, LEFT)).toEqual([])
})

test('an offer for those who left a cart is there at the till', async () => {
  const shop = await shopOf('left', 'never')
  await publishOffer(shop, { code: 'come-back', level: 'PRODUCT', audience: LEFT, product: { adjustment: { percentOff: 10 } } })
  await letExpire(shop, (await held(shop, { cart, as: 'left' })).id)
  await new Promise((wait) => setTimeout(wait, 1_000))
  expect([await totalOf(shop, { cart, as: 'left' }), await totalOf(shop, { cart, as: 'never' })]).toEqual([900, 1_000])
})
