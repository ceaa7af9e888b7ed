import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Engine, startEngine } from '../../engine.ts'
import { giveCoupon, makeGold, makeLink, makeProgramme } from './harness/programme.ts'
import { minor, orderOf, previewTotal, registerKnown, toldOrder } from './harness/regulars.ts'
import { type Json, type Shop, startShop } from './harness/shop.ts'
import { capture, complete, lineOf, lookAt, makeCart, ok, prepare, put, takeBack, useCodes } from './harness/shopping.ts'

const THREE = [
  { sku: 'TEA-1', quantity: 1, listPrice: 1990 },
  { sku: 'TEA-2', quantity: 3, listPrice: 2490 },
  { sku: 'TEA-4', quantity: 2, listPrice: 3490 },
]

describe('in a Medusa shop', () => {
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

  const gold = async (email: string) => {
    const customer = await registerKnown(engine, shop, email)
    await makeGold(engine, customer.id)
    return customer
  }

  test('a gold customer sees gold prices, pays to the minor unit what was quoted, and gets back what a returned unit cost', async () => {
    const mei = await gold('mei@example.com')
    const coupon = await giveCoupon(engine, mei.id)

    const { products } = await ok(mei.store('GET', `/store/products?region_id=${shop.regionId}&limit=20`))
    const [tea] = products.find(({ title }: Json) => title === 'Tea 1').variants
    expect(tea.calculated_price).toMatchObject({ calculated_amount: 17.41, original_amount: 19.9 })
    expect(tea.regulars).toMatchObject({ list_price: 19.9, member_price: 17.41, saving: 2.49 })

    const cartId = await makeCart(shop, mei.store)
    for (const { sku, quantity } of THREE) await put(shop, mei.store, cartId, sku, quantity)
    expect(lineOf(await lookAt(mei.store, cartId), 'TEA-1')).toMatchObject({
      unit_price: tea.calculated_price.calculated_amount,
      compare_at_unit_price: 19.9,
    })
    const priced = await useCodes(mei.store, cartId, { codes: ['AUTUMN', coupon] })
    expect(priced.refused_codes).toEqual([])
    await prepare(shop, mei.store, cartId)

    const total = await previewTotal(engine, mei.id, THREE, ['AUTUMN', coupon])
    const cart = await lookAt(mei.store, cartId)
    expect([minor(cart.item_total), minor(cart.total - cart.shipping_total), minor(priced.total)]).toEqual([total, total, total])

    const { body } = await complete(mei.store, cartId)
    expect(minor(body.order.item_total)).toBe(total)
    expect(await toldOrder(engine, body.order.id)).toMatchObject({ status: 'PLACED', total, customerId: expect.any(String) })
    await capture(shop, body.order.id)
    await toldOrder(engine, body.order.id, ({ status }) => status === 'PAID')

    const refund = await takeBack(shop, body.order.id, lineOf(body.order, 'TEA-2').id, 2)
    const after = await toldOrder(engine, body.order.id, (order) => order.total !== total)
    expect(after.lines).toContainEqual(expect.objectContaining({ sku: 'TEA-2', returnedQuantity: 2 }))
    expect(total - after.total).toBe(minor(refund))
  })

  test('a private link sells at its price, once', async () => {
    const token = await makeLink(engine, 'TEA-5', 1000)
    const cartId = await makeCart(shop, shop.store, 'a-friend@example.com')
    await put(shop, shop.store, cartId, 'TEA-5', 1)
    expect(await useCodes(shop.store, cartId, { private_link_token: token })).toMatchObject({ total: 10, refused_link: null })
    await prepare(shop, shop.store, cartId)
    const { body } = await complete(shop.store, cartId)
    expect(body.order.item_total).toBe(10)
    expect(await toldOrder(engine, body.order.id)).toMatchObject({ total: 1000 })

    const second = await makeCart(shop, shop.store, 'another@example.com')
    await put(shop, shop.store, second, 'TEA-5', 1)
    expect(await useCodes(shop.store, second, { private_link_token: token })).toMatchObject({
      total: 39.9,
      refused_link: expect.any(String),
    })
  })

  test('whoever types the email of a member pays what everybody pays', async () => {
    await gold('known@example.com')
    const cartId = await makeCart(shop, shop.store, 'known@example.com')
    const cart = await put(shop, shop.store, cartId, 'TEA-1', 1)
    expect(lineOf(cart, 'TEA-1').unit_price).toBe(19.9)
  })

  test('a guest who signs in has member prices in the cart that is there', async () => {
    const li = await gold('li@example.com')
    const cartId = await makeCart(shop, shop.store, 'li@example.com')
    await put(shop, shop.store, cartId, 'TEA-1', 1)
    await ok(li.store('POST', `/store/carts/${cartId}/customer`))
    expect(lineOf(await lookAt(li.store, cartId), 'TEA-1').unit_price).toBe(17.41)
  })

  test('a line is priced anew whenever the cart changes, and the same goods stay one line', async () => {
    const wang = await gold('wang@example.com')
    const cartId = await makeCart(shop, wang.store)
    await put(shop, wang.store, cartId, 'TEA-1', 1)
    const cart = await put(shop, wang.store, cartId, 'TEA-1', 2)
    expect(cart.items.map(({ quantity, unit_price }: Json) => [quantity, unit_price])).toEqual([[3, 17.41]])
    const line = lineOf(cart, 'TEA-1').id
    await ok(wang.store('POST', `/store/carts/${cartId}/line-items/${line}`, { quantity: 7 }))
    expect((await lookAt(wang.store, cartId)).item_total).toBe(121.87)
    await put(shop, wang.store, cartId, 'TEA-2', 1)
    await ok(wang.store('DELETE', `/store/carts/${cartId}/line-items/${line}`))
    expect((await lookAt(wang.store, cartId)).item_total).toBe(21.79)
  })

  test('a cart that is made with goods in it has member prices at once', async () => {
    const zhao = await gold('zhao@example.com')
    const items = [{ variant_id: shop.variants['TEA-1'], quantity: 1 }]
    const { cart } = await ok(zhao.store('POST', '/store/carts', { region_id: shop.regionId, items }))
    expect(lineOf(await lookAt(zhao.store, cart.id), 'TEA-1').unit_price).toBe(17.41)
  })

  test('the field for promotion codes takes codes of Regulars too, beside those of Medusa', async () => {
    const sun = await gold('sun@example.com')
    const cartId = await makeCart(shop, sun.store)
    await put(shop, sun.store, cartId, 'TEA-20', 1)
    const total = await previewTotal(engine, sun.id, [{ sku: 'TEA-20', quantity: 1, listPrice: 11490 }], ['AUTUMN'])
    const promotions = `/store/carts/${cartId}/promotions`

    const unknown = await sun.store('POST', promotions, { promo_codes: ['NOBODYS'] })
    expect(unknown).toMatchObject({ status: 400, body: { message: 'The promotion code NOBODYS is invalid' } })
    await ok(sun.store('POST', promotions, { promo_codes: ['AUTUMN'] }))
    expect(minor((await lookAt(sun.store, cartId)).item_total)).toBe(total)
    // Medusa's ten percent are of what is left.
    await ok(sun.store('POST', promotions, { promo_codes: ['MEDUSA10'] }))
    expect(minor((await lookAt(sun.store, cartId)).item_total)).toBe(Math.round(total * 0.9))
    await ok(sun.store('DELETE', promotions, { promo_codes: ['MEDUSA10', 'AUTUMN'] }))
    expect((await lookAt(sun.store, cartId)).item_total).toBe(100.54)
  })

  test('free shipping costs nothing', async () => {
    await engine.ask(
      'admin',
      `mutation { saveOffer(input: { code: "POST", name: "We pay the post", level: ORDER, trigger: CODE, order: { steps: [{ freeShipping: true }] } }) { code }
        publish(codes: ["POST"]) { bookVersion } }`,
    )
    const cartId = await makeCart(shop, shop.store)
    await put(shop, shop.store, cartId, 'TEA-1', 1)
    await prepare(shop, shop.store, cartId)
    expect((await lookAt(shop.store, cartId)).total).toBe(31.9)
    await useCodes(shop.store, cartId, { codes: ['POST'] })
    expect((await lookAt(shop.store, cartId)).total).toBe(19.9)
    await useCodes(shop.store, cartId, { codes: [] })
    expect((await lookAt(shop.store, cartId)).total).toBe(31.9)
  })

  test('a price that has changed is said before it is charged, and the cart then shows it', async () => {
    const qian = await gold('qian@example.com')
    const cartId = await makeCart(shop, qian.store)
    await put(shop, qian.store, cartId, 'TEA-1', 1)
    await prepare(shop, qian.store, cartId)
    const customer = { externalId: qian.id }
    await engine.ask('admin', 'mutation ($customer: CustomerRef!) { unpinTier(customer: $customer) { id } }', { customer })

    expect(await complete(qian.store, cartId)).toMatchObject({ status: 400, body: { code: 'regulars_price_changed' } })
    expect((await lookAt(qian.store, cartId)).item_total).toBe(19.9)
    // A cart that costs something else needs a new payment.
    await prepare(shop, qian.store, cartId)
    expect((await complete(qian.store, cartId)).body.type).toBe('order')
  })

  test('a code that was used up meanwhile is named', async () => {
    const zhou = await gold('zhou@example.com')
    const carts = [await makeCart(shop, zhou.store), await makeCart(shop, zhou.store)] as const
    for (const cartId of carts) {
      await put(shop, zhou.store, cartId, 'TEA-20', 1)
      await useCodes(zhou.store, cartId, { codes: ['AUTUMN'] })
      await prepare(shop, zhou.store, cartId)
    }
    const { body } = await complete(zhou.store, carts[0])
    expect(await complete(zhou.store, carts[1])).toMatchObject({
      status: 400,
      body: { code: 'regulars_code_unavailable', message: expect.stringContaining('AUTUMN') },
    })

    // Called off, the first order gives it back.
    await ok(shop.admin('POST', `/admin/orders/${body.order.id}/cancel`))
    await toldOrder(engine, body.order.id, ({ status }) => status === 'CANCELLED')
    await useCodes(zhou.store, carts[1], { codes: ['AUTUMN'] })
    await prepare(shop, zhou.store, carts[1])
    expect((await complete(zhou.store, carts[1])).body.type).toBe('order')
  })

  test('a checkout that fails after all gives back what it held', async () => {
    const wu = await gold('wu@example.com')
    const cartId = await makeCart(shop, wu.store)
    await put(shop, wu.store, cartId, 'TEA-20', 1)
    await useCodes(wu.store, cartId, { codes: ['AUTUMN'] })
    const { payment_collection } = await ok(wu.store('POST', '/store/payment-collections', { cart_id: cartId }))
    await ok(wu.store('POST', `/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: 'pp_system_default' }))
    // Medusa finds that nobody ships it only when all is held.
    expect((await complete(wu.store, cartId)).status).toBe(400)
    const total = await previewTotal(engine, wu.id, [{ sku: 'TEA-20', quantity: 1, listPrice: 11490 }], ['AUTUMN'])
    expect(total).toBe(9350)

    await prepare(shop, wu.store, cartId)
    const { body } = await complete(wu.store, cartId)
    expect(await toldOrder(engine, body.order.id)).toMatchObject({ total })
  })

  test('a cart in another currency than the programme is left as Medusa has it', async () => {
    const zheng = await gold('zheng@example.com')
    const { cart } = await ok(zheng.store('POST', '/store/carts', { region_id: shop.otherRegionId, email: 'zheng@example.com' }))
    await put(shop, zheng.store, cart.id, 'TEA-1', 2)
    expect((await lookAt(zheng.store, cart.id)).item_total).toBe(6)
    await prepare(shop, zheng.store, cart.id)
    const { body } = await complete(zheng.store, cart.id)
    expect(body.type).toBe('order')
    expect(await orderOf(engine, body.order.id)).toBeNull()
  })

  test('a browser gets a token of its own for whoever is signed in, and for nobody else', async () => {
    const feng = await gold('feng@example.com')
    const { token } = await ok(feng.store('POST', '/store/regulars/shopper-token'))
    const answer = await fetch(engine.storefront, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${engine.publishableKey}`, 'x-shopper-token': token },
      body: JSON.stringify({ query: '{ shopper { tier { code } } }' }),
    })
    expect(await answer.json()).toEqual({ data: { shopper: { tier: { code: 'gold' } } } })
    expect((await shop.store('POST', '/store/regulars/shopper-token')).status).toBe(401)
  })
})
