import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Engine, startEngine } from '../../engine.ts'
import { giveCoupon, makeGold, makeProgramme } from './harness/programme.ts'
import { type Shop, startShop, until } from './harness/shop.ts'
import { capture, complete, lookAt, makeCart, ok, prepare, put, takeBack, useCodes } from './harness/shopping.ts'

const minor = (amount: number): number => Math.round(amount * 100)

describe('a gold customer', () => {
  let engine: Engine
  let shop: Shop
  beforeAll(async () => {
    engine = await startEngine()
    shop = await startShop(inject('template'), engine)
    await makeProgramme(engine)
  })
  afterAll(async () => {
    await shop?.close()
    await engine?.close()
  })

  test('sees member prices, pays what was quoted, and stands in both systems', async () => {
    const mei = await shop.register('mei@example.com')
    const customer = { externalId: mei.id }
    await until(
      () =>
        engine
          .ask<{ shopper: { id: string } | null }>('storefront', 'query ($customer: CustomerRef) { shopper(customer: $customer) { id } }', {
            customer,
          })
          .catch(() => ({ shopper: null })),
      ({ shopper }) => shopper !== null,
    )
    await makeGold(engine, mei.id)
    const coupon = await giveCoupon(engine, mei.id)

    const { products } = await ok(mei.store('GET', `/store/products?region_id=${shop.regionId}&limit=20&order=created_at`))
    const [tea] = products.find(({ title }: { title: string }) => title === 'Tea 1').variants
    expect(tea.calculated_price).toMatchObject({ calculated_amount: 17.41, original_amount: 19.9 })
    expect(tea.regulars).toMatchObject({ list_price: 19.9, member_price: 17.41, saving: 2.49 })

    const cartId = await makeCart(shop, mei.store)
    await put(shop, mei.store, cartId, 'TEA-1', 1)
    await put(shop, mei.store, cartId, 'TEA-2', 3)
    const cart = await put(shop, mei.store, cartId, 'TEA-4', 2)
    expect(cart.items.find(({ variant_sku }: { variant_sku: string }) => variant_sku === 'TEA-1')).toMatchObject({
      unit_price: 17.41,
      compare_at_unit_price: 19.9,
    })

    const priced = await useCodes(mei.store, cartId, { codes: ['AUTUMN', coupon] })
    expect(priced.refused_codes).toEqual([])
    const lines = [
      { sku: 'TEA-1', quantity: 1, listPrice: 1990 },
      { sku: 'TEA-2', quantity: 3, listPrice: 2490 },
      { sku: 'TEA-4', quantity: 2, listPrice: 3490 },
    ]
    const { previewQuote } = await engine.ask<{ previewQuote: { total: number } }>(
      'admin',
      'query ($cart: CartInput!, $customer: CustomerRef) { previewQuote(cart: $cart, customer: $customer) { total } }',
      { cart: { lines, codes: ['AUTUMN', coupon] }, customer },
    )
    await prepare(shop, mei.store, cartId)
    const before = await lookAt(mei.store, cartId)
    expect(minor(before.item_total)).toBe(previewQuote.total)
    expect(minor(priced.total)).toBe(previewQuote.total)

    const { status, body } = await complete(mei.store, cartId)
    expect([status, body.type]).toEqual([200, 'order'])
    expect(minor(body.order.item_total)).toBe(previewQuote.total)
    const order = await until(
      () =>
        engine.ask<{ order: { status: string; total: number; customerId: string } | null }>(
          'storefront',
          'query ($id: String!) { order(externalId: $id) { status total customerId } }',
          { id: body.order.id },
        ),
      ({ order }) => order !== null,
    )
    expect(order.order).toMatchObject({ status: 'PLACED', total: previewQuote.total, customerId: expect.any(String) })
    await capture(shop, body.order.id)
    await until(
      () =>
        engine.ask<{ order: { status: string } | null }>('storefront', 'query ($id: String!) { order(externalId: $id) { status } }', {
          id: body.order.id,
        }),
      ({ order }) => order?.status === 'PAID',
    )

    // Two of the three come back.
    const [line] = body.order.items.filter(({ variant_sku }: { variant_sku: string }) => variant_sku === 'TEA-2')
    const back = await takeBack(shop, body.order.id, line.id, 2)
    const after = await until(
      () =>
        engine.ask<{ order: { total: number; lines: { sku: string; returnedQuantity: number }[] } }>(
          'storefront',
          'query ($id: String!) { order(externalId: $id) { total lines { sku returnedQuantity } } }',
          { id: body.order.id },
        ),
      ({ order }) => order.total !== previewQuote.total,
    )
    expect(after.order.lines).toContainEqual({ sku: 'TEA-2', returnedQuantity: 2 })
    console.log(back, after.order.total, previewQuote.total)
  })
})
