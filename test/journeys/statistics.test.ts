import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { followSettings } from '../../src/orders/statistics.service.ts'
import { rowsOf } from '../../src/shell/sql.ts'
import { updateShop } from '../../src/shops/shop.service.ts'
import { customers } from '../harness/acts.ts'
import { keptOtherwise } from '../harness/checkout.ts'
import { anotherNode, closeAfterwards } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const RECORD = 'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { externalId } }'
const FIGURES = 'numberOfOrders amountSpent averageOrderAmount largestOrderAmount firstOrderAt lastOrderAt'

type Recorded = {
  readonly externalId: string
  /** Null: a guest's. */
  readonly customer: string | null
  readonly day: number
  readonly status: 'PLACED' | 'PAID' | 'COMPLETED' | 'CANCELLED'
  readonly lines: readonly number[]
}
type CountsWhen = 'PAID' | 'COMPLETED'

const placedAt = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString()

const record = (shop: TestShop, ...orders: readonly Recorded[]) =>
  shop.storefront(RECORD, {
    orders: orders.map(({ externalId, customer, day, status, lines }) => ({
      externalId,
      customer: customer === null ? null : { externalId: customer },
      placedAt: placedAt(day),
      status,
      lines: lines.map((total) => ({ sku: 'A', quantity: 3, unitPrice: 1, total })),
    })),
  })

const countWhen = (shop: TestShop, orderCountsWhen: CountsWhen) =>
  shop.admin('mutation ($input: ShopInput!) { updateShop(input: $input) { orderCountsWhen } }', { input: { orderCountsWhen } })

async function read(shop: TestShop, customer: string) {
  const query = `query ($externalId: String!) { customer(ref: { externalId: $externalId }) { statistics { ${FIGURES} } } }`
  return (await shop.admin(query, { externalId: customer })).customer.statistics
}

/** Everybody's figures, and those of the company of ann and bo, in one look. */
async function readAll(shop: TestShop) {
  const one = (person: string, of: string) => `${person}: customer(ref: { externalId: "${person}" }) { ${of} }`
  const statistics = `statistics { ${FIGURES} }`
  return shop.admin(`{ ${one('ann', `${statistics} company { ${statistics} }`)} ${one('bo', statistics)} ${one('cy', statistics)} }`)
}

/** The figures from nothing but the orders as they were last recorded: what the shop must say. */
function figuresOf(orders: Iterable<Recorded>, whose: readonly string[], when: CountsWhen) {
  const counted = [...orders].filter(
    ({ customer, status }) => customer !== null && whose.includes(customer) && (status === 'COMPLETED' || status === when),
  )
  if (counted.length === 0)
    return { numberOfOrders: 0, amountSpent: 0, averageOrderAmount: null, largestOrderAmount: null, firstOrderAt: null, lastOrderAt: null }
  const amounts = counted.map(({ lines }) => lines.reduce((sum, total) => sum + total, 0))
  const amountSpent = amounts.reduce((sum, amount) => sum + amount, 0)
  const days = counted.map(({ day }) => day)
  return {
    numberOfOrders: counted.length,
    amountSpent,
    averageOrderAmount: Math.floor(amountSpent / counted.length + 0.5),
    largestOrderAmount: Math.max(...amounts),
    firstOrderAt: placedAt(Math.min(...days)),
    lastOrderAt: placedAt(Math.max(...days)),
  }
}

const PEOPLE = ['ann', 'bo', 'cy']
const recorded = fc.record({
  externalId: fc.constantFrom('o1', 'o2', 'o3', 'o4', 'o5'),
  customer: fc.constantFrom(...PEOPLE, null),
  day: fc.integer({ min: 0, max: 300 }),
  status: fc.constantFrom('PLACED' as const, 'PAID' as const, 'COMPLETED' as const, 'CANCELLED' as const),
  lines: fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 3 }),
})
const call = fc.uniqueArray(recorded, { selector: ({ externalId }) => externalId, minLength: 1, maxLength: 5 })
const act = fc.oneof({ weight: 5, arbitrary: call }, { weight: 1, arbitrary: fc.constantFrom<CountsWhen>('PAID', 'COMPLETED') })

test('whatever is recorded, corrected, called off or moved, statistics are what the orders come to', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
      const shop = await openTestShop()
      await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
      await customers(shop, { ann: { companyExternalId: 'acme' }, bo: { companyExternalId: 'acme' }, cy: null })
      const orders = new Map<string, Recorded>()
      let when: CountsWhen = 'PAID'
      for (const one of acts) {
        if (typeof one === 'string') {
          when = one
          await countWhen(shop, one)
        } else {
          await record(shop, ...one)
          for (const order of one) orders.set(order.externalId, order)
        }
        const figures = (...whose: string[]) => figuresOf(orders.values(), whose, when)
        expect(await readAll(shop)).toEqual({
          ann: { statistics: figures('ann'), company: { statistics: figures('ann', 'bo') } },
          bo: { statistics: figures('bo') },
          cy: { statistics: figures('cy') },
        })
        expect(await rowsOf(shop.world().em, keptOtherwise(shop))).toEqual([])
      }
    }),
    { numRuns: 15 },
  )
})

test('a customer without an order that counts has no figures, and an average is rounded half up', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  const order = { customer: 'mei', day: 1, status: 'PAID', lines: [1] } as const
  await record(shop, { ...order, externalId: 'a', status: 'PLACED' })
  expect(await read(shop, 'mei')).toMatchObject({ numberOfOrders: 0, amountSpent: 0, averageOrderAmount: null, lastOrderAt: null })
  await record(shop, { ...order, externalId: 'a' }, { ...order, externalId: 'b', lines: [2] })
  expect(await read(shop, 'mei')).toMatchObject({ numberOfOrders: 2, amountSpent: 3, averageOrderAmount: 2 })
})

test('a shop that counts completed orders only forgets the others at once, and remembers them when it counts paid ones again', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  const order = { customer: 'mei', day: 1, lines: [10] } as const
  await record(shop, { ...order, externalId: 'a', status: 'PAID' }, { ...order, externalId: 'b', status: 'COMPLETED', lines: [5] })
  expect(await read(shop, 'mei')).toMatchObject({ numberOfOrders: 2, amountSpent: 15 })
  expect(await countWhen(shop, 'COMPLETED')).toEqual({ updateShop: { orderCountsWhen: 'COMPLETED' } })
  expect(await read(shop, 'mei')).toMatchObject({ numberOfOrders: 1, amountSpent: 5 })
  await countWhen(shop, 'PAID')
  expect(await read(shop, 'mei')).toMatchObject({ numberOfOrders: 2, amountSpent: 15 })
})

const onServer = inject('template') !== null

test.skipIf(!onServer)('orders of the same customers recorded at once by two nodes end in exact statistics', async () => {
  const shop = await openTestShop()
  const nodes = [shop, shop.at(closeAfterwards(await anotherNode()))]
  await customers(shop, { ann: null, bo: null, cy: null })
  const orders = new Map<string, Recorded>()
  const calls = Array.from({ length: 60 }, (_, i) => {
    const made = PEOPLE.map((customer): Recorded => ({ externalId: `${i}-${customer}`, customer, day: i, status: 'PAID', lines: [i] }))
    for (const order of made) orders.set(order.externalId, order)
    // Every other call names the customers the other way round.
    return i % 2 === 0 ? made : made.toReversed()
  })
  await Promise.all(calls.map((made, i) => record(nodes[i % 2] ?? shop, ...made)))
  for (const person of PEOPLE) expect(await read(shop, person)).toEqual(figuresOf(orders.values(), [person], 'PAID'))
})

test.skipIf(!onServer)('an order that many record at once is one order, and counts for one customer', async () => {
  const shop = await openTestShop()
  const nodes = [shop, shop.at(closeAfterwards(await anotherNode()))]
  await customers(shop, { ann: null, bo: null, cy: null })
  const versions = Array.from({ length: 40 }, (_, i): Recorded[] =>
    ['x', 'y'].map((externalId, k) => ({ externalId, customer: PEOPLE[(i + k) % 3] ?? null, day: i, status: 'PAID', lines: [i + 1] })),
  )
  await Promise.all(versions.map((made, i) => record(nodes[i % 2] ?? shop, ...(i % 4 < 2 ? made : made.toReversed()))))
  const { orders } = await shop.admin('{ orders { totalCount nodes { externalId total customer { externalId } } } }')
  expect(orders.totalCount).toBe(2)
  for (const person of PEOPLE) {
    const own = orders.nodes.filter((order: { customer: { externalId: string } }) => order.customer.externalId === person)
    const amountSpent = own.reduce((sum: number, order: { total: number }) => sum + order.total, 0)
    expect(await read(shop, person)).toMatchObject({ numberOfOrders: own.length, amountSpent })
  }
})

test.skipIf(!onServer)('an order that is recorded while the shop begins to count otherwise counts as the shop does then', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  let recording: Promise<unknown> = Promise.resolve()
  await updateShop(shop.world(), { orderCountsWhen: 'COMPLETED' }, async (...change) => {
    recording = record(shop, { externalId: 'o', customer: 'mei', day: 1, status: 'PAID', lines: [5] })
    await setTimeout(300)
    await followSettings(...change)
  })
  await recording
  expect(await read(shop, 'mei')).toMatchObject({ numberOfOrders: 0 })
  await countWhen(shop, 'PAID')
  expect(await read(shop, 'mei')).toMatchObject({ numberOfOrders: 1, amountSpent: 5 })
})
