import { expect, test } from 'vitest'
import { openTestShop } from '../harness/shop.ts'
import { customerIn, everythingIn, importInto, ordersIn, tryImport } from './importing.ts'

test('the order report of the seller workbench: GBK, ids kept whole, times of China, statuses and unpaid orders told apart', async () => {
  const shop = await openTestShop({ timeZone: 'Europe/London' })
  const { summary } = await importInto(shop, { fixture: 'taobao-2017.csv' })
  expect(summary).toMatchObject({ rows: 6, orders: 6, rejectedRows: 0, customers: 2, ofNobody: 1, counted: 4, amount: 24_350n })
  const orders = await ordersIn(shop)
  expect(Object.fromEntries(Object.entries(orders).map(([id, { status, total }]) => [id, [status, total]]))).toEqual({
    '35153131473293001': ['COMPLETED', 12_850],
    '35153131473293002': ['PAID', 3_000],
    '35153131473293003': ['CANCELLED', 8_800],
    '35153131473293004': ['PLACED', 0],
    '35153131473293005': ['COMPLETED', 4_500],
    '35153131473293006': ['COMPLETED', 4_000],
  })
  expect(orders['35153131473293001']).toMatchObject({
    placedAt: '2017-07-07T16:42:32.000Z',
    channel: 'taobao',
    customer: { externalId: 'taobao:小明的店' },
    lines: [{ id: '0', sku: 'taobao-order', quantity: 1, unitPrice: 12_850, total: 12_850 }],
  })
})

test('buyers are known by their names there; masked names and phones are nobody', async () => {
  const shop = await openTestShop()
  await importInto(shop, { fixture: 'taobao-2017.csv' })
  expect(await customerIn(shop, 'taobao:小明的店')).toMatchObject({
    name: '测试',
    phone: '13800000001',
    source: 'taobao',
    identities: expect.arrayContaining([{ kind: 'taobao', value: '小明的店', verified: false }]),
    statistics: { numberOfOrders: 2, amountSpent: 15_850 },
  })
  expect((await ordersIn(shop))['35153131473293005']?.customer).toBeNull()
})

test('the report of later years, gzipped, goes on where the earlier ended', async () => {
  const shop = await openTestShop()
  await importInto(shop, { fixture: 'taobao-2017.csv' })
  const { summary } = await importInto(shop, { fixture: 'taobao-2020.csv.gz' })
  expect(summary).toMatchObject({ orders: 2, created: 2, customers: 2, newCustomers: 1 })
  expect((await customerIn(shop, 'taobao:小明的店')).statistics).toMatchObject({
    numberOfOrders: 3,
    firstOrderAt: '2017-07-07T16:42:32.000Z',
    lastOrderAt: '2020-11-10T16:00:03.000Z',
  })
  const before = await everythingIn(shop)
  await importInto(shop, { fixture: 'taobao-2017.csv' })
  expect(await everythingIn(shop)).toBe(before)
})

test('yuan do not go into a shop of another currency', async () => {
  expect(await tryImport(await openTestShop({ currency: 'EUR' }), { fixture: 'taobao-2017.csv' })).toBe(
    "The file's amounts are in CNY, the shop's in EUR.",
  )
})
