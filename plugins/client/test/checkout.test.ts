import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const cart = { lines: [{ sku: 'SKU-1', quantity: 2 }] }
const customer = { externalId: 'mei' }

async function held() {
  const reserved = await shop.client({ customer }).reserve({ cart, expectedTotal: 18_000 })
  if (reserved.__typename !== 'Reservation') throw new Error(reserved.__typename)
  return reserved
}

describe('an answer that is lost on its way', () => {
  test('costs no second order: the client sends the same act again', async () => {
    const { id } = await held()
    shop.line.seen()
    shop.line.next('answer lost', 'answer cut')
    const order = await shop.client().commit({ reservationId: id, orderExternalId: 'O-1' })
    expect(order).toMatchObject({ __typename: 'Order', externalId: 'O-1', total: 18_000 })
    const keys = shop.line.seen().map(({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey)
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    const { customer: mei } = await shop.engine.ask<{ customer: { orders: { totalCount: number } } }>(
      'admin',
      '{ customer(ref: { externalId: "mei" }) { orders { totalCount } } }',
    )
    expect(mei.orders.totalCount).toBe(1)
  })
})
