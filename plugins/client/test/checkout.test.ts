import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createAdmin, customerDocument } from '../src/admin.ts'
import type { Fault } from './support/line.ts'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterEach(() => void shop.line.seen())
afterAll(() => shop.close())

const cart = { lines: [{ id: 'line', sku: 'SKU-1', quantity: 2 }] }
const customer = { externalId: 'mei' }

async function held() {
  const reserved = await shop.client({ customer }).reserve({ cart, expectedTotal: 18_000 })
  if (reserved.__typename !== 'Reservation') throw new Error(reserved.__typename)
  return reserved
}
const keysSent = () => shop.line.seen().map(({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey)
describe('an act whose answer is lost is done once', () => {
  const faults: [string, Fault[]][] = [
    ['lost, and then cut', ['answer lost', 'answer cut']],
    ['later than the client waits', ['silence afterwards']],
    ['replaced by a 502 on its way', [{ done: true, status: 502 }]],
  ]
  test.each(faults)('commit: %s', async (name, lost) => {
    const before = await orders()
    const { id } = await held()
    shop.line.seen()
    shop.line.next(...lost)
    const order = await shop.client({ timeoutMs: 2_000, retries: 9 }).commit({ reservationId: id, orderExternalId: name })
    expect(order).toMatchObject({ __typename: 'Order', externalId: name, total: 18_000 })
    const keys = keysSent()
    expect(keys.length).toBeGreaterThan(lost.length)
    expect(new Set(keys).size).toBe(1)
    expect(await orders()).toBe(before + 1)
  })

  test('commit by a process that crashed, and by the next one that knows no more than the reservation', async () => {
    const { id } = await held()
    const order = await shop.client().commit({ reservationId: id, orderExternalId: 'O-crash' })
    expect(await shop.client().commit({ reservationId: id, orderExternalId: 'O-crash' })).toEqual(order)
  })

  test('reserve: one reservation is held', async () => {
    shop.line.next('answer lost')
    const first = await held()
    const [key] = keysSent()
    const again = await shop.client({ customer }).reserve({ cart, expectedTotal: 18_000, idempotencyKey: key ?? '' })
    expect(again).toMatchObject({ __typename: 'Reservation', id: first.id, status: 'HELD' })
  })

  test('release and return', async () => {
    const { id } = await held()
    shop.line.next('answer lost')
    expect(await shop.client().release({ reservationId: id })).toMatchObject({ id, status: 'RELEASED' })

    const sold = await held()
    await shop.client().commit({ reservationId: sold.id, orderExternalId: 'O-return' })
    shop.line.next('answer lost')
    const back = { orderExternalId: 'O-return', returnExternalId: 'R-1', lines: [{ id: 'line', quantity: 1 }] }
    expect(await shop.client().returnLines({ input: back })).toMatchObject({ amount: 9_000, order: { total: 9_000 } })
  })
})

describe('what a checkout is expected to handle comes as data', () => {
  test('another price than the shopper was shown, with the new quote', async () => {
    expect(await shop.client({ customer }).reserve({ cart, expectedTotal: 1 })).toMatchObject({
      __typename: 'PriceChanged',
      expectedTotal: 1,
      quote: { total: 18_000, lines: [{ id: 'line', rules: [{ code: 'gold', amount: 2_000 }] }] },
    })
  })

  test('a code that nobody has', async () => {
    const reserved = await shop.client({ customer }).reserve({ cart: { ...cart, codes: ['nothing'] }, expectedTotal: 18_000 })
    expect(reserved).toEqual({ __typename: 'OfferUnavailable', code: 'nothing', reason: 'UNKNOWN' })
  })

  test('a reservation that was over', async () => {
    const { id } = await held()
    await shop.client().release({ reservationId: id })
    const ended = { __typename: 'ReservationEnded', reservation: { id, status: 'RELEASED' } }
    expect(await shop.client().commit({ reservationId: id, orderExternalId: 'too late' })).toMatchObject(ended)
    expect(await shop.client().extendReservation({ id, ttlSeconds: 60 })).toMatchObject(ended)
    expect(await shop.client().release({ reservationId: id })).toMatchObject({ id, status: 'RELEASED' })
  })
})

test('one key for two acts is refused', async () => {
  const regulars = shop.client({ customer })
  await regulars.reserve({ cart, expectedTotal: 18_000, idempotencyKey: 'the same key' })
  const other = { lines: [{ sku: 'SKU-2', quantity: 1 }] }
  await expect(regulars.reserve({ cart: other, expectedTotal: 9_000, idempotencyKey: 'the same key' })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
    retryable: false,
  })
})

async function orders(): Promise<number> {
  const admin = createAdmin({ endpoint: shop.engine.admin, key: shop.engine.adminKey })
  const { customer: found } = await admin.request(customerDocument, { ref: customer })
  return found?.statistics.numberOfOrders ?? 0
}
