import { expect, inject, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, products, publishOffer } from '../harness/acts.ts'
import { commit, held, returnLines, usage } from '../harness/checkout.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { customerIn, everythingIn, importInto, ordersIn, ownFile, row } from './importing.ts'

/** As a return leaves a line, and the order's total. */
async function giveBack(shop: TestShop, externalId: string, lineId: string, units: number, refund: number): Promise<void> {
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`with o as (update shop_order set total = total - ${refund}, units = units - ${units} where shop_id = ${shopId} and external_id = ${externalId} returning id)
        update order_line l set returned_quantity = ${units} from o where l.shop_id = ${shopId} and l.order_id = o.id and l.line_id = ${lineId}`,
  )
}

test('units that came back stay so when the order is imported again, and cost what they cost', async () => {
  const shop = await openTestShop()
  // 3 units for 1.00: they cost 34, 33 and 33.
  const file = (total: string) => ownFile(row('o1', { quantity: 3, line_total: total }), row('o1', { sku: 'B', quantity: 1 }))
  await importInto(shop, file('1.00'))
  await giveBack(shop, 'o1', '0', 2, 67)
  const before = await everythingIn(shop)
  expect((await importInto(shop, file('1.00'))).summary).toMatchObject({ corrected: 0 })
  expect(await everythingIn(shop)).toBe(before)
  await importInto(shop, file('2.00'))
  expect((await ordersIn(shop)).o1).toMatchObject({ total: 1_066, lines: [{ returnedQuantity: 2, total: 200 }, { returnedQuantity: 0 }] })
})

test('an order cannot be corrected to fewer units than came back', async () => {
  const shop = await openTestShop()
  await importInto(shop, ownFile(row('o1', { quantity: 3 })))
  await giveBack(shop, 'o1', '0', 2, 2_000)
  for (const more of [{ quantity: 1 }, { quantity: 3, line_id: 'other' }]) {
    const { rejects, summary } = await importInto(shop, ownFile(row('o1', more), row('o2')))
    expect(rejects[0]?.[1]).toBe('Units of line "0" came back already: the order cannot have fewer of it.')
    expect(summary).toMatchObject({ orders: 1, rejectedOrders: 1 })
  }
})

test.runIf(inject('template') !== null)(
  'imports and records of the same orders at once leave one of each, and exact statistics',
  async () => {
    const shop = await openTestShop()
    const file = ownFile(...Array.from({ length: 300 }, (_, i) => row(`o${i % 100}`, { customer_id: `c${i % 10}`, sku: `S${i}` })))
    const record = (from: number) =>
      shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
        orders: Array.from({ length: 50 }, (_, i) => ({
          externalId: `o${from + i}`,
          placedAt: '2026-03-01T02:00:00Z',
          lines: [{ sku: 'X', quantity: 1, unitPrice: 5 }],
        })),
      })
    const settled = await Promise.allSettled([importInto(shop, file), importInto(shop, file), record(0), record(50), record(25)])
    for (const one of settled) if (one.status === 'rejected') expect(String(one.reason)).toContain('import it again')
    await importInto(shop, file)
    const orders = await ordersIn(shop)
    expect(Object.keys(orders)).toHaveLength(100)
    expect(Object.values(orders).every(({ total }) => total === 6_000)).toBe(true)
    for (let i = 0; i < 10; i++)
      expect((await customerIn(shop, `c${i}`)).statistics).toMatchObject({ numberOfOrders: 10, amountSpent: 60_000 })
  },
)

test('an import leaves a trace of who did what; one that changes nothing leaves none', async () => {
  const shop = await openTestShop()
  const entries = async () =>
    (await shop.admin('{ auditLog(first: 10) { nodes { action target actorName } } }')).auditLog.nodes.filter(
      ({ action }: { action: string }) => action === 'importOrders',
    )
  await importInto(shop, ownFile(row('o1')))
  await importInto(shop, ownFile(row('o1')))
  expect(await entries()).toEqual([{ action: 'importOrders', target: 'import/orders.csv', actorName: 'test' }])
})

test('of an order that was committed at checkout a file changes the status only; called off, its use comes back', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, { li: {}, mei: {} })
  const adjustment = { percentOff: 10 }
  await publishOffer(shop, { code: 'sale', level: 'PRODUCT', product: { adjustment }, perCustomerLimit: 1, returnsRestoreUse: true })
  await commit(shop, (await held(shop, { cart: { A: 3 }, as: 'li' })).id, 'o1')
  await returnLines(shop, 'o1', 'r1', { A: 1 })
  const before = (await ordersIn(shop)).o1
  expect((await importInto(shop, ownFile(row('o1', { status: 'PAID' })))).summary).toMatchObject({ corrected: 0, rejectedOrders: 0 })
  await importInto(shop, ownFile(row('o1', { status: 'COMPLETED' })))
  expect((await ordersIn(shop)).o1).toEqual({ ...before, status: 'COMPLETED' })
  expect(await usage(shop, 'sale')).toEqual([1, 300])
  await importInto(shop, ownFile(row('o1', { status: 'CANCELLED' })))
  expect((await ordersIn(shop)).o1).toMatchObject({ status: 'CANCELLED', total: 0, lines: [{ id: 'line-A', returnedQuantity: 3 }] })
  expect(await usage(shop, 'sale')).toEqual([0, 0])
})
