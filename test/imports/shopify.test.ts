import { expect, test } from 'vitest'
import { customers } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { customerIn, everythingIn, importInto, ordersIn } from './importing.ts'

test('an export of orders: the order on its first row, its items on that and on others', async () => {
  const shop = await openTestShop({ currency: 'USD', timeZone: 'America/New_York' })
  const { summary } = await importInto(shop, { fixture: 'shopify.csv' })
  expect(summary).toMatchObject({ rows: 7, orders: 6, lines: 7, rejectedRows: 0, customers: 2, ofNobody: 1, counted: 3 })
  const orders = await ordersIn(shop)
  expect(orders['#1001']).toMatchObject({
    status: 'COMPLETED',
    channel: 'shopify',
    placedAt: '2026-04-05T17:06:20.000Z',
    customer: { externalId: 'ann@example.com' },
  })
  expect(
    Object.entries(orders)
      .map(([name, { status }]) => [name, status])
      .sort(),
  ).toEqual([
    ['#1001', 'COMPLETED'],
    ['#1002', 'PAID'],
    ['#1003', 'CANCELLED'],
    ['#1004', 'CANCELLED'],
    ['#1005', 'PLACED'],
    ['#1006', 'PAID'],
  ])
})

test('a discount of the whole order, and what was refunded, are shared out among its lines to the cent', async () => {
  const shop = await openTestShop({ currency: 'USD' })
  await importInto(shop, { fixture: 'shopify.csv' })
  const orders = await ordersIn(shop)
  // 2 x 10.00 and 1 x 30.00 less 5.00.
  expect(orders['#1001']).toMatchObject({
    total: 4_500,
    lines: [
      { sku: 'MUG-B', quantity: 2, unitPrice: 1_000, total: 1_800 },
      { sku: 'BOWL', quantity: 1, unitPrice: 3_000, total: 2_700 },
    ],
  })
  expect(orders['#1002']).toMatchObject({ total: 2_000, lines: [{ sku: 'Plate', quantity: 3, unitPrice: 1_000, total: 2_000 }] })
})

test('customers are known by their email, in any case; it does not verify itself', async () => {
  const shop = await openTestShop({ currency: 'USD' })
  await importInto(shop, { fixture: 'shopify.csv' })
  expect(await customerIn(shop, 'ann@example.com')).toMatchObject({
    name: 'Ann Lee',
    email: 'ann@example.com',
    emailVerified: false,
    phone: '+971500000001',
    country: 'AE',
    city: 'Dubai',
    statistics: { numberOfOrders: 1, amountSpent: 4_500 },
  })
})

test('orders go to whoever was verified to have the email', async () => {
  const shop = await openTestShop({ currency: 'USD' })
  await customers(shop, { '77': { email: 'ann@example.com', emailVerified: true }, '78': { email: 'bob@example.com' } })
  const { summary } = await importInto(shop, { fixture: 'shopify.csv' })
  expect(summary).toMatchObject({ customers: 2, newCustomers: 1 })
  const orders = await ordersIn(shop)
  expect(orders['#1001']?.customer).toEqual({ externalId: '77' })
  expect(orders['#1002']?.customer).toEqual({ externalId: 'bob@example.com' })
  const before = await everythingIn(shop)
  await importInto(shop, { fixture: 'shopify.csv' })
  expect(await everythingIn(shop)).toBe(before)
})

test('rows in another currency are rejected, not taken at face value', async () => {
  const shop = await openTestShop({ currency: 'EUR' })
  const { summary, rejects } = await importInto(shop, { fixture: 'shopify.csv' })
  expect(summary).toMatchObject({ orders: 0, rejectedOrders: 6, rejectedRows: 7 })
  expect(rejects[0]?.[1]).toBe("The row is in USD, the shop's amounts are in EUR.")
})
