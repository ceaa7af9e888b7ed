import { Client } from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { type Open, open, told } from './shop/open.mts'
import { makeLink } from './shop/rules.mts'
import { callOff, claim, refund, settlePayment } from './shop/staff.mts'
import type { Storefront } from './shop/storefront.mts'

let all: Open
beforeAll(async () => {
  all = await open()
})

async function filled(session: Storefront): Promise<Storefront> {
  await session.add('1', 3)
  await session.add('3', 7)
  await session.ship()
  return session
}

test('when a price changes before the payment the shopper is told, and pays the new one only after that', async () => {
  const session = await filled(await all.gold())
  const publish = (percentOff: number) =>
    all.engine.ask(
      'admin',
      `mutation { saveOffer(input: { code: "sudden", name: "Sudden", level: PRODUCT, combination: STACKABLE, product: { adjustment: { percentOff: ${percentOff} } } }) { code } publish(codes: ["sudden"]) { bookVersion } }`,
    )
  await publish(10)
  try {
    const refused = await session.to('ArrangingPayment')
    expect(refused).toMatchObject({
      __typename: 'OrderStateTransitionError',
      transitionError: expect.stringMatching(/was CN¥563\.07 and is CN¥5\d\d\.\d\d now/),
    })
    const cart = await session.cart()
    expect(cart).toMatchObject({ state: 'AddingItems', subTotalWithTax: cart.regulars?.total })
    expect(cart.subTotalWithTax).toBeLessThan(3 * 8749 + 7 * 4180)
    expect(await session.to('ArrangingPayment')).toMatchObject({ state: 'ArrangingPayment', subTotalWithTax: cart.subTotalWithTax })
  } finally {
    await all.engine.ask('admin', 'mutation { retire(codes: ["sudden"]) { bookVersion } }')
  }
})

test('of two who use the last of a code one has it, and the other is told and goes on without it', async () => {
  const [first, second] = [await filled(await all.gold()), await filled(await all.gold())]
  await first.code('ONCE')
  const cart = await second.code('ONCE')
  expect(cart.discounts.map(({ description }) => description)).toContain('The first one only')
  expect(await first.to('ArrangingPayment')).toMatchObject({ state: 'ArrangingPayment' })
  expect(await second.to('ArrangingPayment')).toMatchObject({ transitionError: expect.stringMatching(/^ONCE cannot be used any more/) })
  expect(await second.to('ArrangingPayment')).toMatchObject({
    state: 'ArrangingPayment',
    couponCodes: [],
    subTotalWithTax: cart.subTotalWithTax + 500,
  })
  expect((await first.pay()).state).toBe('PaymentSettled')

  const third = await filled(await all.gold())
  expect(await third.code('ONCE')).toMatchObject({ errorCode: 'COUPON_CODE_LIMIT_ERROR' })
  expect(await third.code('no such code')).toMatchObject({ errorCode: 'COUPON_CODE_INVALID_ERROR' })
})

test('a code that misses something stays in the cart and says what', async () => {
  const session = await all.gold()
  await session.add('7', 1)
  const cart = await session.code('welcome')
  expect(cart).toMatchObject({
    couponCodes: ['welcome'],
    discounts: [{ description: 'Member prices' }],
    regulars: { refusedCodes: [{ code: 'welcome', outcome: 'SUBTOTAL_TOO_LOW' }] },
  })
  expect(await session.add('2', 1)).toMatchObject({ regulars: { refusedCodes: [] } })
  expect((await session.removeCode('WELCOME')).couponCodes).toEqual([])
})

test('back in the cart, a coupon is free again at once', async () => {
  const session = await filled(await all.gold())
  const coupon = await claim(session)
  await session.code(coupon)
  const held = await session.to('ArrangingPayment')
  await session.to('AddingItems')
  const cart = await session.add('2', 1)
  expect(cart.couponCodes).toEqual([coupon])
  expect(cart.regulars?.refusedCodes).toEqual([])
  expect(cart.subTotalWithTax).toBeGreaterThan(held.subTotalWithTax)
  expect(await session.to('ArrangingPayment')).toMatchObject({ state: 'ArrangingPayment', subTotalWithTax: cart.subTotalWithTax })
})

test('an order that is paid later is placed first, then paid, and when called off it is a whole return', async () => {
  const session = await filled(await all.gold())
  await session.to('ArrangingPayment')
  const placed = await session.pay('slow')
  expect(placed.state).toBe('PaymentAuthorized')
  expect(await told(all.engine, placed.code)).toMatchObject({ status: 'PLACED', total: placed.subTotalWithTax })
  await settlePayment(all.shop, placed.code)
  await told(all.engine, placed.code, ({ status }) => status === 'PAID')
  await callOff(all.shop, placed.code)
  const order = await told(all.engine, placed.code, ({ status }) => status === 'CANCELLED')
  expect(order.lines.map(({ quantity, returnedQuantity }) => quantity - returnedQuantity)).toEqual([0, 0])
})

test('units that staff refund and call off came back once', async () => {
  const session = await filled(await all.gold())
  await session.to('ArrangingPayment')
  const paid = await session.pay()
  const lines = [{ orderLineId: paid.lines[1]?.id ?? '', quantity: 3 }]
  await refund(all.shop, paid.code, lines)
  await callOff(all.shop, paid.code, lines)
  await callOff(all.shop, paid.code, [{ orderLineId: paid.lines[0]?.id ?? '', quantity: 1 }])
  const order = await told(all.engine, paid.code, ({ lines: [first] }) => first?.returnedQuantity === 1)
  expect(order.lines.map(({ returnedQuantity }) => returnedQuantity)).toEqual([1, 3])
})

test('a large order has its gift named and ships free', async () => {
  const session = await all.gold()
  await session.add('5', 3)
  const cart = await session.ship()
  expect(cart).toMatchObject({ shippingWithTax: 0, regulars: { freeShipping: true, gifts: [{ sku: 'SKU-07', quantity: 1 }] } })
})

test('a hold that is over when the money comes is made again, at the price that was shown', async () => {
  const session = await filled(await all.gold())
  const coupon = await claim(session)
  await session.code(coupon)
  const { code, subTotalWithTax } = await session.to('ArrangingPayment')
  await endHold(code)
  expect(await session.pay()).toMatchObject({ state: 'PaymentSettled', subTotalWithTax })
  expect((await told(all.engine, code)).total).toBe(subTotalWithTax)
  // Spent, and not only written on the bill.
  await session.add('1', 1)
  expect(await session.code(coupon)).toMatchObject({ errorCode: 'COUPON_CODE_LIMIT_ERROR' })
})

test('when what was held is somebody else’s by the time the money would come, nobody pays', async () => {
  const token = await makeLink(all.engine)
  const withLink = async () => {
    const session = await all.gold()
    await session.add('3', 1)
    await session.ship()
    expect(await session.link(token)).toMatchObject({ subTotalWithTax: 3000 })
    return session
  }
  const [session, other] = [await withLink(), await withLink()]
  const { code } = await session.to('ArrangingPayment')
  await endHold(code)
  expect(await other.to('ArrangingPayment')).toMatchObject({ state: 'ArrangingPayment', subTotalWithTax: 3000 })
  expect(await session.pay()).toMatchObject({
    __typename: 'OrderStateTransitionError',
    transitionError: expect.stringContaining('cannot be used any more'),
  })
  expect(await session.cart()).toMatchObject({ state: 'AddingItems', subTotalWithTax: 4180 })
})

/** Ends the order's reservation, as its time would. */
async function endHold(code: string): Promise<void> {
  const client = new Client(all.shop.databaseUrl)
  await client.connect()
  const { rows } = await client.query(
    'select c."reservationId" as id from regulars_checkout c join "order" o on o.id = c."orderId" where o.code = $1',
    [code],
  )
  await client.end()
  await all.engine.ask('storefront', 'mutation ($input: ReleaseInput!) { release(input: $input) { status } }', {
    input: { reservationId: rows[0].id, idempotencyKey: `the end of ${code}` },
  })
}
