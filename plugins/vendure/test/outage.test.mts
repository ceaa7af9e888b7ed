import { beforeAll, expect, test } from 'vitest'
import { type Open, open, told } from './shop/open.mts'
import { register, until } from './shop/people.mts'
import { runSweep } from './shop/staff.mts'
import type { Order, Storefront } from './shop/storefront.mts'

let all: Open
beforeAll(async () => {
  all = await open()
})

let missed: Order

/** Once an engine that is back is asked again, after some seconds. */
async function answered(session: Storefront) {
  const [shown] = await until(
    () => session.listing(1),
    ([first]) => first?.regulars.answered === true,
  )
  return shown?.regulars
}

test('with the engine stopped the shop lists, sells and is paid at list prices', async () => {
  const mei = await all.gold()
  await all.engine.stop()
  const [arm] = await mei.listing(20)
  expect(arm).toMatchObject({ priceWithTax: 9999, regulars: { answered: false, listPriceWithTax: 9999 } })
  expect((await mei.search(false))[0]).toMatchObject({ priceWithTax: { value: 9999 } })
  expect(await mei.add('1', 3)).toMatchObject({ subTotalWithTax: 3 * 9999, regulars: null })
  expect(await mei.code('WELCOME')).toMatchObject({ errorCode: 'COUPON_CODE_INVALID_ERROR' })
  await mei.ship()
  expect((await mei.to('ArrangingPayment')).state).toBe('ArrangingPayment')
  missed = await mei.pay()
  expect(missed).toMatchObject({ state: 'PaymentSettled', subTotalWithTax: 3 * 9999 })
})

test('what was sold meanwhile is recorded when the engine is back', async () => {
  await all.engine.start()
  await runSweep(all.shop)
  expect(await told(all.engine, missed.code)).toMatchObject({ total: 3 * 9999, status: 'PAID', lines: [{ sku: 'SKU-01', quantity: 3 }] })
})

test('a cart at member prices is not paid at list prices before the shopper was told', async () => {
  const mei = await all.gold()
  await answered(mei)
  await mei.add('1', 3)
  expect(await mei.ship()).toMatchObject({ subTotalWithTax: 3 * 8749 })
  await all.engine.stop()
  expect(await mei.to('ArrangingPayment')).toMatchObject({ transitionError: expect.stringContaining('CN¥307.97 without them') })
  expect(await mei.cart()).toMatchObject({ state: 'AddingItems', subTotalWithTax: 3 * 9999 })
  expect(await mei.to('ArrangingPayment')).toMatchObject({ state: 'ArrangingPayment' })
  const paid = await mei.pay()
  expect(paid).toMatchObject({ state: 'PaymentSettled', subTotalWithTax: 3 * 9999 })
  await all.engine.start()
  await runSweep(all.shop)
  expect((await told(all.engine, paid.code)).total).toBe(3 * 9999)
})

test('an order that was held and then paid while the engine is stopped keeps its price, and is committed later', async () => {
  const mei = await all.gold()
  await answered(mei)
  await mei.add('1', 3)
  await mei.ship()
  await mei.to('ArrangingPayment')
  await all.engine.stop()
  const paid = await mei.pay()
  expect(paid).toMatchObject({ state: 'PaymentSettled', subTotalWithTax: 3 * 8749 })
  await all.engine.start()
  await runSweep(all.shop)
  expect((await told(all.engine, paid.code)).total).toBe(3 * 8749)
})

test('an engine that is slow costs a moment, and then there are list prices', async () => {
  const mei = await all.gold()
  await answered(mei)
  all.wire.slow(60_000)
  try {
    const [, scope] = await mei.listing(20)
    expect(scope).toMatchObject({ priceWithTax: 33333, regulars: { answered: false } })
    expect(await mei.add('2', 1)).toMatchObject({ subTotalWithTax: 33333, regulars: null })
  } finally {
    all.wire.slow(0)
  }
})

test('a customer who registers while the engine is stopped has their prices when it is back', async () => {
  await all.engine.stop()
  await register(all.shop, 'late@shop.example')
  await all.engine.start()
  const late = await all.signedIn('late@shop.example')
  expect(await answered(late)).toMatchObject({ nextTier: { name: 'Silver' } })
})

test('a shop that is killed before it told of an order tells of it when it is back', async () => {
  const mei = await all.gold()
  await answered(mei)
  await mei.add('1', 1)
  await mei.ship()
  await mei.to('ArrangingPayment')
  await all.engine.stop()
  const { code } = await mei.pay()
  await all.shop.stop()
  await all.engine.start()
  await all.shop.start()
  await runSweep(all.shop)
  expect(await told(all.engine, code)).toMatchObject({ status: 'PAID', total: 8749 })
})

test('a shop that is killed before it heard of its reservation finds the same one again', async () => {
  const mei = await all.gold()
  await answered(mei)
  await mei.add('1', 1)
  await mei.ship()
  await mei.code('LAST')
  all.wire.before('reserve', () => all.shop.stop())
  await expect(mei.to('ArrangingPayment')).rejects.toThrow('fetch failed')
  await all.shop.start()
  expect(await mei.cart()).toMatchObject({ state: 'AddingItems', couponCodes: ['LAST'] })
  expect(await mei.to('ArrangingPayment')).toMatchObject({ state: 'ArrangingPayment', subTotalWithTax: 8749 - 500 })
  const { code } = await mei.pay()
  expect(await told(all.engine, code)).toMatchObject({ status: 'PAID', total: 8749 - 500 })
})
