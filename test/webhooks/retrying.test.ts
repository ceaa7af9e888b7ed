import { expect, test } from 'vitest'
import { customers, products } from '../harness/acts.ts'
import { commit, held } from '../harness/checkout.ts'
import { openShopBeside } from '../messages/receiver.ts'
import { deliver, deliveries, openReceiver, status, subscribe } from './listening.ts'

test('a committed order is told of, signed, and told of again until it is taken', async () => {
  await using shop = await openShopBeside()
  await using receiver = await openReceiver()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {} })
  await subscribe(shop, receiver, ['order.recorded'])
  receiver.answer = status(500, 'not today')
  const { id } = await held(shop, { cart: { A: 2 }, as: 'mei' })
  await commit(shop, id, 'o1', { status: 'PAID' })
  await deliver(shop)
  expect(receiver.unsigned).toEqual([])
  expect(receiver.came).toHaveLength(1)
  const [first] = receiver.came
  expect(first).toMatchObject({
    type: 'order.recorded',
    data: { order: { externalId: 'o1', status: 'PAID', total: 2_000, channel: null }, customer: { externalId: 'mei' } },
  })
  expect(await deliveries(shop)).toMatchObject([{ status: 'WAITING', attempts: 1, answered: 500, fault: 'it answered 500: not today' }])
  receiver.answer = status(204)
  await deliver(shop)
  expect(receiver.came).toHaveLength(1)
  await deliver(shop, 7_000)
  expect(receiver.came).toHaveLength(2)
  expect(receiver.came[1]).toMatchObject({ id: first?.id, type: first?.type, timestamp: first?.timestamp, data: first?.data })
  expect(await deliveries(shop)).toMatchObject([{ status: 'DELIVERED', attempts: 2, answered: 204, fault: null, dueAt: null }])
})
