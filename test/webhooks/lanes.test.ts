import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { deliverDue } from '../../src/webhooks/sending.service.ts'
import { customers, products } from '../harness/acts.ts'
import { openShopBeside } from '../messages/receiver.ts'
import { buy } from './buying.ts'
import { type Came, deliver, deliveries, letBeDue, openReceiver, status, subscribe } from './listening.ts'

async function open(people: readonly string[]) {
  const shop = await openShopBeside()
  const receiver = await openReceiver()
  await products(shop, { A: 1_000 })
  await customers(shop, Object.fromEntries(people.map((id) => [id, {}])))
  await subscribe(shop, receiver, ['order.recorded'])
  return { shop, receiver, [Symbol.asyncDispose]: async () => void (await Promise.all([shop[Symbol.asyncDispose](), receiver[Symbol.asyncDispose]()])) } // biome-ignore format: one line
}

const whose = ({ data }: Came): string => data.customer.externalId
const orderOf = ({ data }: Came): string => data.order.externalId
/** A number from 0 to 99 that is the same for the same text. */
const drawn = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE() % 100

test('what one customer was told in vain holds back what comes after for them, and for nobody else', async () => {
  await using one = await open(['mei', 'li', 'bo'])
  const { shop, receiver } = one
  await buy(shop, ['mei', 'li', 'bo'], 3)
  receiver.answer = (came, response) => status(whose(came) === 'mei' ? 500 : 204)(came, response)
  await deliver(shop)
  const of = (who: string) => receiver.came.filter((came) => whose(came) === who).map(orderOf)
  expect([of('mei'), of('li'), of('bo')]).toEqual([['mei-0'], ['li-0', 'li-1', 'li-2'], ['bo-0', 'bo-1', 'bo-2']])
  await buy(shop, ['mei', 'li'], 1)
  await letBeDue(shop)
  await deliver(shop)
  expect(of('mei')).toEqual(['mei-0', 'mei-0'])
  receiver.answer = status(200)
  await letBeDue(shop)
  await deliver(shop)
  expect(of('mei')).toEqual(['mei-0', 'mei-0', 'mei-0', 'mei-1', 'mei-2'])
  expect((await deliveries(shop)).every((one) => one.status === 'DELIVERED')).toBe(true)
})

test('of three workers and a receiver that refuses a third, each customer is told everything, once each, in the order in which it happened', async () => {
  const people = Array.from({ length: 12 }, (_, i) => `c${i}`)
  await using one = await open(people)
  const { shop, receiver } = one
  await buy(shop, people, 8)
  const taken = new Map<string, string[]>()
  const astray: string[] = []
  const tries = new Map<string, number>()
  receiver.answer = async (came, response) => {
    const [who, order] = [whose(came), orderOf(came)]
    const before = taken.get(who) ?? []
    // Begun before the one before it was taken, or once more.
    if (order !== `${who}-${before.length}`) astray.push(order)
    const tried = (tries.get(order) ?? 0) + 1
    tries.set(order, tried)
    await new Promise((resolve) => setTimeout(resolve, drawn(order) / 20))
    if (drawn(`${order}/${tried}`) < 33) return status(503)(came, response)
    taken.set(who, [...before, order])
    status(200)(came, response)
  }
  let rounds = 0
  for (; [...taken.values()].flat().length < people.length * 8 && rounds < 200; rounds += 1) {
    await letBeDue(shop)
    await Promise.all([1, 2, 3].map(() => deliverDue(shop.world())))
  }
  expect(astray).toEqual([])
  for (const who of people) expect(taken.get(who)).toEqual(Array.from({ length: 8 }, (_, i) => `${who}-${i}`))
  // Something was refused, or nothing was shown.
  expect([...tries.values()].filter((tried) => tried > 1).length).toBeGreaterThan(10)
})

test('one who is slow to answer keeps nobody else waiting', async () => {
  const people = ['slow', ...Array.from({ length: 30 }, (_, i) => `c${i}`)]
  await using one = await open(people)
  const { shop, receiver } = one
  await buy(shop, people, 2)
  const waiting: (() => void)[] = []
  receiver.answer = (came, response) => {
    if (orderOf(came) === 'slow-0') waiting.push(() => status(204)(came, response))
    else status(204)(came, response)
    // All others have been told of both while the slow one is still thinking.
    if (receiver.came.length === 61) for (const then of waiting) then()
  }
  await deliver(shop)
  expect(receiver.came.map(orderOf).indexOf('slow-1')).toBe(61)
  expect(receiver.came).toHaveLength(62)
})
