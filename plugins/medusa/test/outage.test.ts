import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Engine, startEngine } from '../../engine.ts'
import { makeGold, makeProgramme } from './harness/programme.ts'
import { isKnown, orderOf, registerKnown, toldOrder } from './harness/regulars.ts'
import { type Json, type Shop, startShop, until } from './harness/shop.ts'
import { complete, lineOf, lookAt, makeCart, ok, prepare, put, takeBack, useCodes } from './harness/shopping.ts'

describe('while Regulars is away', () => {
  let engine: Engine
  let shop: Shop
  let mei: Awaited<ReturnType<Shop['register']>>
  const shown: { gold?: string; coded?: string } = {}
  const placed: { list?: string; gold?: string } = {}
  let newcomer = ''

  beforeAll(async () => {
    engine = await startEngine()
    shop = await startShop(inject('template'), engine)
    await makeProgramme(engine)
    mei = await registerKnown(engine, shop, 'mei@example.com')
    await makeGold(engine, mei.id)
    // Two carts that were priced while it was there.
    shown.gold = await makeCart(shop, mei.store)
    await put(shop, mei.store, shown.gold, 'TEA-1', 1)
    await prepare(shop, mei.store, shown.gold)
    shown.coded = await makeCart(shop, mei.store)
    await put(shop, mei.store, shown.coded, 'TEA-20', 1)
    await useCodes(mei.store, shown.coded, { codes: ['AUTUMN'] })
    await prepare(shop, mei.store, shown.coded)
    await engine.stop()
  })
  afterAll(async () => {
    await shop?.close()
    await engine?.close()
  })

  const pay = async (cartId: string): Promise<Json> => (await ok(complete(mei.store, cartId))).order

  test('the listing shows list prices', async () => {
    const { products } = await ok(mei.store('GET', `/store/products?region_id=${shop.regionId}&limit=20`))
    const [tea] = products.find(({ title }: Json) => title === 'Tea 1').variants
    expect(tea.calculated_price.calculated_amount).toBe(19.9)
    expect(tea.regulars).toBeUndefined()
  })

  test('goods go into the cart and are sold at list price', async () => {
    const cartId = await makeCart(shop, mei.store)
    await put(shop, mei.store, cartId, 'TEA-1', 2)
    const { regulars } = await ok(mei.store('GET', `/store/carts/${cartId}/regulars`))
    expect(regulars).toMatchObject({ member_prices: false, why: 'UNREACHABLE', total: 39.8, saving: 0 })
    await prepare(shop, mei.store, cartId)
    const order = await pay(cartId)
    expect(order.item_total).toBe(39.8)
    placed.list = order.id
  })

  test('a member price that was shown is kept', async () => {
    const order = await pay(shown.gold ?? '')
    expect(order.item_total).toBe(17.41)
    placed.gold = order.id
  })

  test('what may be used up once is not given away unseen: the shopper is told, and may buy at list price', async () => {
    const cartId = shown.coded ?? ''
    expect(await complete(mei.store, cartId)).toMatchObject({ status: 400, body: { code: 'regulars_unreachable' } })
    expect((await lookAt(mei.store, cartId)).item_total).toBe(114.9)
    await prepare(shop, mei.store, cartId)
    expect((await pay(cartId)).item_total).toBe(114.9)
  })

  test('who registers is welcome', async () => {
    newcomer = (await shop.register('new@example.com')).id
    expect(newcomer).toMatch(/^cus_/)
  })

  test('what it could not be told is written down, and survives the end of the shop’s process', async () => {
    const { waiting, engine: reached } = await ok(shop.admin('GET', '/admin/regulars'))
    expect(reached.reached).toBe(false)
    const tasks = waiting.tasks.map(({ id }: Json) => id)
    expect(tasks).toEqual(expect.arrayContaining([`order:${placed.list}`, `order:${placed.gold}`, `customer:${newcomer}`]))
    await shop.kill()
    await shop.start()
    const { waiting: after } = await ok(shop.admin('GET', '/admin/regulars'))
    expect(after.tasks.map(({ id }: Json) => id)).toEqual(expect.arrayContaining(tasks))
  })

  test('once it is back it is told all of that, as it was sold', async () => {
    await engine.start()
    await ok(shop.admin('POST', '/admin/regulars/tell'))
    const customerId = expect.any(String)
    expect(await toldOrder(engine, placed.list ?? '')).toMatchObject({ status: 'PLACED', total: 3980, customerId })
    expect(await toldOrder(engine, placed.gold ?? '')).toMatchObject({ status: 'PLACED', total: 1741, customerId })
    expect(await isKnown(engine, newcomer)).toBe(true)
    expect((await ok(shop.admin('GET', '/admin/regulars'))).waiting.count).toBe(0)
  })

  test('and member prices are back', async () => {
    const cartId = await makeCart(shop, mei.store)
    const cart = await until(
      () => put(shop, mei.store, cartId, 'TEA-1', 1),
      (seen) => lineOf(seen, 'TEA-1').unit_price === 17.41,
      30_000,
    )
    expect(lineOf(cart, 'TEA-1').compare_at_unit_price).toBe(19.9)
  })

  test('a return of an order that was recorded later is told too', async () => {
    const id = placed.list ?? ''
    const { order } = await ok(shop.admin('GET', `/admin/orders/${id}?fields=*items`))
    const { order: paid } = await ok(shop.admin('GET', `/admin/orders/${id}?fields=*payment_collections.payments`))
    await ok(shop.admin('POST', `/admin/payments/${paid.payment_collections[0].payments[0].id}/capture`))
    const refund = await takeBack(shop, id, order.items[0].id, 1)
    expect(refund).toBe(19.9)
    expect(await toldOrder(engine, id, ({ total }) => total === 1990)).toMatchObject({ status: 'PAID' })
    expect(await orderOf(engine, 'order_of_nobody')).toBeNull()
  })
})
