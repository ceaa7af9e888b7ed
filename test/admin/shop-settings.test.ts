import { expect, test } from 'vitest'
import { bearer } from '../harness/client.ts'
import { openTestShop } from '../harness/shop.ts'

const UPDATE = `mutation ($input: ShopInput!) { updateShop(input: $input) {
  name currency timeZone rounding privateLinkUrl orderCountsWhen maxDiscount
} }`

test('the owner changes what is named, and the rest stays; a null is as if it were left out', async () => {
  const shop = await openTestShop()
  const { shop: before } = await shop.admin('{ shop { name currency timeZone rounding privateLinkUrl orderCountsWhen maxDiscount } }')
  const link = 'https://shop.example/l/{token}'
  const { updateShop } = await shop.admin(UPDATE, { input: { name: 'Tea', maxDiscount: 12.5, privateLinkUrl: link } })
  expect(updateShop).toEqual({ ...before, name: 'Tea', maxDiscount: 12.5, privateLinkUrl: link })
  const nothing = {
    name: null,
    timeZone: null,
    currency: null,
    privateLinkUrl: null,
    orderCountsWhen: null,
    rounding: null,
    maxDiscount: null,
  }
  expect(await shop.admin(UPDATE, { input: nothing })).toEqual({ updateShop })
  const next = { currency: 'JPY', timeZone: 'Asia/Tokyo', rounding: 'DOWN', orderCountsWhen: 'COMPLETED' }
  expect(await shop.admin(UPDATE, { input: next })).toEqual({ updateShop: { ...updateShop, ...next } })
})

test('the currency stays once there is money in the shop', async () => {
  const shop = await openTestShop()
  await shop.storefront(
    'mutation { recordOrders(orders: [{ externalId: "o", placedAt: "2026-01-01T00:00:00Z", lines: [{ sku: "A", quantity: 1, unitPrice: 1 }] }]) { id } }',
  )
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), UPDATE, { input: { currency: 'JPY' } })
  expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', inputPath: ['input', 'currency'] })
})

test('only the owner changes the settings', async () => {
  const shop = await openTestShop()
  const manager = await shop.key('ADMIN', 'MANAGER')
  const { errors } = await shop.ask('/admin/graphql', bearer(manager), UPDATE, { input: { name: 'Mine' } })
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
})
