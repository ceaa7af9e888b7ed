import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Engine, startEngine } from '../../engine.ts'
import { orderOf, toldOrder } from './harness/regulars.ts'
import { type Json, type Shop, startShop, until } from './harness/shop.ts'
import { capture, complete, lineOf, makeCart, ok, prepare, put, takeBack } from './harness/shopping.ts'

type Product = {
  readonly name: string
  readonly listPrice: number
  readonly brand: string | null
  readonly categoryPaths: readonly (readonly string[])[]
}

describe('a shop that has been open for years', () => {
  let engine: Engine
  let shop: Shop
  let mei: Awaited<ReturnType<Shop['register']>>
  const old: { paid?: string; guests?: string; total?: number } = {}

  const customersBy = async (query: string): Promise<number> =>
    (
      await engine.ask<{ customers: { totalCount: number } }>(
        'admin',
        'query ($query: String!) { customers(query: $query) { totalCount } }',
        { query },
      )
    ).customers.totalCount
  const product = async (sku: string): Promise<Product | null> =>
    (
      await engine.ask<{ product: Product | null }>(
        'admin',
        'query ($sku: String!) { product(sku: $sku) { name listPrice brand categoryPaths } }',
        { sku },
      )
    ).product

  const order = async (store: Shop['store'], sku: string, quantity: number): Promise<Json> => {
    const cartId = await makeCart(shop, store, 'somebody@example.com')
    await put(shop, store, cartId, sku, quantity)
    await prepare(shop, store, cartId)
    return (await ok(complete(store, cartId))).order
  }

  beforeAll(async () => {
    engine = await startEngine()
    // Without the plugin at first.
    shop = await startShop(inject('template'))
    mei = await shop.register('mei@example.com')
    const paid = await order(mei.store, 'TEA-1', 3)
    await capture(shop, paid.id)
    await takeBack(shop, paid.id, lineOf(paid, 'TEA-1').id, 1)
    old.paid = paid.id
    old.guests = (await order(shop.store, 'TEA-2', 1)).id
    await shop.kill()
    await shop.start(engine)
  })
  afterAll(async () => {
    await shop?.close()
    await engine?.close()
  })

  const sync = async (): Promise<Record<string, number>> => {
    const { sync: parts } = await ok(shop.admin('POST', '/admin/regulars/sync'))
    expect(parts.every(({ finished_at }: Json) => finished_at !== null)).toBe(true)
    return Object.fromEntries(parts.map(({ part, told }: Json) => [part, told]))
  }

  test('tells all of it in one go: products, who has an account, orders and what came back of them', async () => {
    expect(await sync()).toEqual({ products: 20, customers: 1, orders: 2 })
    expect(await product('TEA-4')).toEqual({ name: 'Tea 4 – 100 g', listPrice: 3490, brand: 'West Lake', categoryPaths: [['Tins']] })
    expect(await orderOf(engine, old.paid ?? '')).toMatchObject({
      status: 'PAID',
      total: 3980,
      customerId: expect.any(String),
      lines: [{ sku: 'TEA-1', quantity: 3, returnedQuantity: 1 }],
    })
    expect(await orderOf(engine, old.guests ?? '')).toMatchObject({ status: 'PLACED', total: 2490, customerId: null })
    expect(await customersBy('')).toBe(1)
  })

  test('told again nothing is counted twice', async () => {
    await sync()
    expect(await customersBy('number_of_orders = 1 AND amount_spent = 39.80')).toBe(1)
    expect(await orderOf(engine, old.paid ?? '')).toMatchObject({ total: 3980, lines: [{ returnedQuantity: 1 }] })
  })

  test('what was told when the process died is not told again, and what nobody told of is found', async () => {
    // Staff switch the plugin off for an hour, and the first sync did not get to its end before.
    await shop.kill()
    await shop.start(null)
    const unheard = await order(mei.store, 'TEA-3', 1)
    const client = new Client({ connectionString: shop.databaseUrl })
    await client.connect()
    await client.query(`update "order" set created_at = now() - interval '1 hour' where id = $1`, [unheard.id])
    const { rows } = await client.query<{ id: string }>('select id from product order by id')
    await client.query("update regulars_sync set cursor = $1, told = 15, finished_at = null where id = 'products'", [rows[14]?.id])
    await client.end()
    await shop.kill()
    await shop.start(engine)

    // The job of the next minute does it.
    expect(await toldOrder(engine, unheard.id, undefined, 120_000)).toMatchObject({ total: 2990, customerId: expect.any(String) })
    const { sync: parts } = await ok(shop.admin('GET', '/admin/regulars'))
    expect(parts.find(({ part }: Json) => part === 'products')).toMatchObject({ told: 20, finished_at: expect.any(String) })
  }, 300_000)

  test('a price, a group: what changes is told at once', async () => {
    const { product: tea } = await ok(shop.admin('GET', `/admin/products?sku=TEA-4&fields=*variants`)).then(({ products }) => ({
      product: products.find(({ title }: Json) => title === 'Tea 4'),
    }))
    const [variant] = tea.variants
    await ok(shop.admin('POST', `/admin/products/${tea.id}/variants/${variant.id}`, { prices: [{ currency_code: 'cny', amount: 36 }] }))
    await until(
      () => product('TEA-4'),
      (seen) => seen?.listPrice === 3600,
    )
    const { customer_group: group } = await ok(shop.admin('POST', '/admin/customer-groups', { name: 'Wholesale' }))
    await ok(shop.admin('POST', `/admin/customer-groups/${group.id}/customers`, { add: [mei.id] }))
    const members = (count: number) =>
      until(
        () => customersBy('attributes.group_wholesale = true'),
        (seen) => seen === count,
      )
    await members(1)
    await ok(shop.admin('POST', `/admin/customers/${mei.id}/customer-groups`, { remove: [group.id] }))
    await members(0)
  })
})
