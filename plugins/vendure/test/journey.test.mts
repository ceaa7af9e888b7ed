import { beforeAll, describe, expect, test } from 'vitest'
import { type Open, open, told } from './shop/open.mts'
import { makeLink, preview } from './shop/rules.mts'
import { claim, refund } from './shop/staff.mts'
import type { Order } from './shop/storefront.mts'

let all: Open
let mei: Awaited<ReturnType<Open['gold']>>
beforeAll(async () => {
  all = await open()
  mei = await all.gold()
})

/** As staff would ask for it: at the catalogue's prices, which the full sync told the engine. */
function previewed(order: Order, codes: string[], privateLinkToken?: string) {
  const lines = order.lines.map(({ id, quantity, productVariant }) => ({ id, quantity, sku: productVariant.sku }))
  return preview(all.engine, { lines, codes, privateLinkToken }, { externalId: mei.id })
}

describe('a gold customer', () => {
  let coupon: string
  let cart: Order
  let paid: Order

  test('sees the gold price in the listing and in the search, beside what everybody pays', async () => {
    const [arm] = await mei.listing()
    expect(arm).toMatchObject({ priceWithTax: 8749, regulars: { answered: true, listPriceWithTax: 9999, savingWithTax: 1250 } })
    const [found] = await mei.search(false, 'Robot')
    expect(found).toMatchObject({
      sku: 'SKU-01',
      priceWithTax: { value: 8749 },
      regulars: { nextTier: { name: 'Diamond', priceWithTax: 7999 } },
    })
    const [stranger] = await all.visitor().listing()
    expect(stranger).toMatchObject({ priceWithTax: 9999, regulars: { savingWithTax: 0 } })
  })

  test('puts three products in the cart, each at the price that the listing showed', async () => {
    await mei.add('1', 3)
    await mei.add('2', 1)
    cart = await mei.add('3', 7)
    expect(cart.lines.map((line) => line.discountedUnitPriceWithTax)).toEqual([8749, 29166, 4180])
    expect(cart.subTotalWithTax).toBe(3 * 8749 + 29166 + 7 * 4180)
  })

  test('uses a code and a coupon, and each fen is where the engine put it', async () => {
    await mei.code('WELCOME')
    coupon = await claim(mei)
    cart = await mei.code(coupon)
    expect(cart.couponCodes).toEqual(['WELCOME', coupon])
    expect(cart.discounts.map(({ description, amountWithTax }) => [description, amountWithTax])).toEqual([
      ['Member prices', -12096],
      ['Ten yuan and a fen', -1001],
      ['For old friends', -5857],
    ])
    const quote = await previewed(cart, cart.couponCodes)
    expect(cart.subTotalWithTax).toBe(quote.total)
    expect(cart.lines.map((line) => line.proratedLinePriceWithTax)).toEqual(quote.lines.map(({ total }) => total))
  })

  test('pays what was shown, and the order stands in both systems', async () => {
    const quote = await previewed(cart, cart.couponCodes)
    await mei.ship()
    expect(await mei.to('ArrangingPayment')).toMatchObject({ state: 'ArrangingPayment', subTotalWithTax: quote.total })
    paid = await mei.pay()
    expect(paid).toMatchObject({
      state: 'PaymentSettled',
      subTotalWithTax: quote.total,
      totalWithTax: quote.total + 800,
      couponCodes: cart.couponCodes,
    })
    const order = await told(all.engine, paid.code)
    expect(order).toMatchObject({ status: 'PAID', total: quote.total })
    expect(order.lines.map(({ id, total }) => [id, total])).toEqual(quote.lines.map(({ id, total }) => [id, total]))
  })

  test('has one of seven units back, and the engine gives the same amount back for it', async () => {
    const [, , third] = paid.lines
    const before = await told(all.engine, paid.code)
    const amount = await refund(all.shop, paid.code, [{ orderLineId: third?.id ?? '', quantity: 1 }])
    const after = await told(all.engine, paid.code, ({ lines }) => lines[2]?.returnedQuantity === 1)
    // 26890 fen for seven: the first unit is the one that costs the odd fen more.
    expect(before.lines[2]?.total).toBe(26890)
    expect(Math.abs(amount - Math.ceil(26890 / 7))).toBeLessThanOrEqual(1)
    expect(after.total).toBe(before.total - Math.ceil(26890 / 7))
  })
})

test('who has a private link pays its price, once', async () => {
  const token = await makeLink(all.engine)
  const visitor = all.visitor()
  await visitor.add('3', 1)
  const cart = await visitor.link(token)
  expect(cart.subTotalWithTax).toBe(3000)
  await visitor.guest('guest@shop.example')
  await visitor.ship()
  await visitor.to('ArrangingPayment')
  const paid = await visitor.pay()
  expect(await told(all.engine, paid.code)).toMatchObject({ total: 3000, status: 'PAID' })

  const second = all.visitor()
  await second.add('3', 1)
  expect(await second.link(token)).toMatchObject({ __typename: 'RegularsRefusedError', message: expect.stringContaining('LIMIT_REACHED') })
})
