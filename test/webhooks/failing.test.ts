import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { letGoOfEvents } from '../../src/webhooks/delivery.service.ts'
import { deliverDue } from '../../src/webhooks/sending.service.ts'
import { customers, products } from '../harness/acts.ts'
import { bearer, dataOf } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { openShopBeside } from '../messages/receiver.ts'
import { buy } from './buying.ts'
import { deliver, deliveries, letBeDue, openReceiver, type Receiver, status, subscribe } from './listening.ts'

async function open(topics: readonly string[] = ['order.recorded'], more: object = {}) {
  const shop = await openShopBeside()
  const receiver = await openReceiver()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {}, li: {} })
  await subscribe(shop, receiver, topics, more)
  return { shop, receiver, [Symbol.asyncDispose]: async () => void (await Promise.all([shop[Symbol.asyncDispose](), receiver[Symbol.asyncDispose]()])) } // biome-ignore format: one line
}

const subscription = async (shop: TestShop, code = 'erp') =>
  (
    await shop.admin('{ webhookSubscriptions { code enabled failures fault heldUntil waiting dead topics url oldSecretUntil } }')
  ).webhookSubscriptions.find((one: { code: string }) => one.code === code)
const resend = async (shop: TestShop, eventIds?: readonly string[]) =>
  (await shop.admin('mutation ($ids: [ID!]) { resendWebhookDeliveries(code: "erp", eventIds: $ids) }', { ids: eventIds }))
    .resendWebhookDeliveries
const DAY = 86_400_000

test('what nobody takes for three days is given up, lets what comes after go, and goes again when staff say so', async () => {
  await using one = await open()
  const { shop, receiver } = one
  receiver.answer = (came, response) => status(came.data.order.externalId === 'mei-0' ? 500 : 200)(came, response)
  await buy(shop, ['mei'], 2)
  for (let i = 0; i < 6; i += 1) {
    await deliver(shop)
    await letBeDue(shop)
  }
  const { em, shopId } = shop.world()
  await em.execute("update webhook_delivery set give_up_at = now() - interval '1 second' where shop_id = ? and attempts > 0", [shopId])
  await deliver(shop)
  expect(await deliveries(shop, { status: 'DEAD' })).toMatchObject([{ attempts: 7, answered: 500, dueAt: null, fault: 'it answered 500' }])
  expect(await subscription(shop)).toMatchObject({ dead: 1, waiting: 0 })
  expect(receiver.came.slice(6).map(({ data }) => data.order.externalId)).toEqual(['mei-0', 'mei-1'])
  receiver.answer = status(200)
  await letBeDue(shop)
  await deliver(shop)
  expect(receiver.came).toHaveLength(8)
  expect(await resend(shop)).toBe(1)
  await deliver(shop)
  expect(receiver.came[8]?.id).toBe(receiver.came[0]?.id)
  expect(await subscription(shop)).toMatchObject({ dead: 0, waiting: 0, failures: 0, fault: null })
})

test('what was delivered goes again too, by its id, when it was lost over there', async () => {
  await using one = await open()
  const { shop, receiver } = one
  await buy(shop, ['mei', 'li'], 1)
  await deliver(shop)
  const [first] = receiver.came
  expect(await resend(shop)).toBe(0)
  expect(await resend(shop, [first?.id ?? ''])).toBe(1)
  await deliver(shop)
  expect(receiver.came.map(({ id }) => id)).toEqual([first?.id, receiver.came[1]?.id, first?.id])
})

test('a receiver that is away is asked now and then, one event at a time, and gets everything when it is back', async () => {
  const people = Array.from({ length: 40 }, (_, i) => `c${i}`)
  await using one = await open()
  const { shop, receiver } = one
  await customers(shop, Object.fromEntries(people.map((id) => [id, {}])))
  await buy(shop, people, 1)
  receiver.answer = status(503)
  await deliver(shop)
  const tried = receiver.came.length
  expect(tried).toBeGreaterThanOrEqual(20)
  expect(tried).toBeLessThan(40)
  const { failures, heldUntil, waiting } = await subscription(shop)
  expect([failures, waiting]).toEqual([tried, 40])
  expect(Date.parse(heldUntil)).toBeGreaterThan(Date.now())
  await deliver(shop)
  expect(receiver.came).toHaveLength(tried)
  await deliver(shop, 65_000)
  expect(receiver.came).toHaveLength(tried + 1)
  receiver.answer = status(200)
  await letBeDue(shop)
  await deliver(shop, 130_000)
  expect(new Set(receiver.came.slice(tried + 1).map(({ id }) => id)).size).toBe(40)
  expect(await subscription(shop)).toMatchObject({ failures: 0, heldUntil: null, waiting: 0 })
})

test('a receiver that says it is gone is told nothing any more, until staff enable it', async () => {
  await using one = await open()
  const { shop, receiver } = one
  receiver.answer = status(410)
  await buy(shop, ['mei'], 1)
  await deliver(shop)
  expect(await subscription(shop)).toMatchObject({ enabled: false, fault: 'it answered 410', waiting: 1 })
  const { auditLog } = await shop.admin('{ auditLog(first: 1) { nodes { action target } } }')
  expect(auditLog.nodes).toEqual([{ action: 'disableWebhookSubscription', target: 'webhook/erp' }])
  await letBeDue(shop)
  await buy(shop, ['li'], 1)
  await deliver(shop)
  expect(receiver.came).toHaveLength(1)
  receiver.answer = status(200)
  await subscribe(shop, receiver, ['order.recorded'])
  await deliver(shop)
  expect(receiver.came.map(({ data }) => data.order.externalId)).toEqual(['mei-0', 'mei-0'])
})

test('a redirect is not followed, and of a long answer the beginning is read', async () => {
  await using one = await open()
  await using elsewhere = await openReceiver()
  const { shop, receiver } = one
  elsewhere.secrets.push(...receiver.secrets)
  receiver.answer = (_, response) => void response.writeHead(307, { location: elsewhere.url }).end()
  await buy(shop, ['mei'], 1)
  await deliver(shop)
  expect(elsewhere.came).toEqual([])
  expect(await deliveries(shop)).toMatchObject([{ answered: 307, fault: 'it leads elsewhere (307), which is not followed' }])
  receiver.answer = status(200, 'x'.repeat(5_000_000))
  await letBeDue(shop)
  await deliver(shop)
  expect(await deliveries(shop)).toMatchObject([{ status: 'DELIVERED' }])
})

test('a test tells what came back, and is signed like what is real', async () => {
  await using one = await open()
  const { shop, receiver } = one
  const tried = async () => (await shop.admin('mutation { testWebhook(code: "erp") { delivered status ms body fault } }')).testWebhook
  receiver.answer = status(200, 'thank\nyou')
  expect(await tried()).toEqual({ delivered: true, status: 200, ms: expect.any(Number), body: 'thank you', fault: null })
  expect(receiver.came).toMatchObject([{ type: 'webhook.test', data: { subscription: 'erp' } }])
  receiver.answer = status(404, 'nobody')
  expect(await tried()).toMatchObject({ delivered: false, status: 404, body: 'nobody', fault: 'it answered 404: nobody' })
  await receiver[Symbol.asyncDispose]()
  expect(await tried()).toMatchObject({ delivered: false, status: null, body: null, fault: 'it refused the connection' })
})

test('a new secret signs beside the one before for a day, and then alone', async () => {
  await using one = await open()
  const { shop, receiver } = one
  const { rotateWebhookSecret } = await shop.admin(
    'mutation { rotateWebhookSecret(code: "erp") { secret subscription { oldSecretUntil } } }',
  )
  const signatures = () => String(receiver.came.at(-1)?.headers['webhook-signature']).split(' ').length
  await buy(shop, ['mei'], 1)
  await deliver(shop)
  expect([receiver.came.length, signatures()]).toEqual([1, 2])
  receiver.secrets.splice(0, 1, rotateWebhookSecret.secret)
  await buy(shop, ['li'], 1)
  await deliver(shop)
  expect([receiver.came.length, signatures()]).toEqual([2, 2])
  const { em, shopId } = shop.world()
  await em.execute("update webhook_subscription set before_until = now() - interval '1 second' where shop_id = ?", [shopId])
  await shop.admin('mutation { testWebhook(code: "erp") { delivered } }')
  expect([receiver.came.length, signatures()]).toEqual([3, 1])
})

test.each([
  ['http://example.com/hook', 'it must begin with https://'],
  ['https://127.0.0.1/hook', 'private address'],
  ['https://[::1]/hook', 'private address'],
  ['https://10.1.2.3/hook', 'private address'],
  ['https://169.254.169.254/latest/meta-data', 'private address'],
  ['https://mei:secret@example.com/', 'no name and no password'],
  ['ftp://example.com/', 'begins with https://'],
])('%s is refused when it is saved', async (url, says) => {
  const shop = await openTestShop()
  const { errors } = await save(shop, { url })
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['input', 'url'] } }])
  expect(errors[0]?.message).toContain(says)
})

test('a name that leads to this machine is found out when something is sent, and nobody is asked there', async () => {
  const shop = await openTestShop()
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  expect((await save(shop, { url: `https://localhost:${port}/` })).errors).toEqual([])
  const { testWebhook } = await shop.admin('mutation { testWebhook(code: "erp") { delivered status fault } }')
  expect(testWebhook).toEqual({ delivered: false, status: null, fault: expect.stringContaining('private address') })
  await customers(shop, { mei: {} })
  await products(shop, { A: 1 })
  await buy(shop, ['mei'], 1)
  await deliverDue(shop.world())
  expect(await deliveries(shop)).toMatchObject([{ status: 'WAITING', attempts: 1, fault: expect.stringContaining('private address') }])
  expect(asked).toBe(0)
  await new Promise((resolve) => server.close(resolve))
})

test.each([
  [{ code: 'no good' }, 'code'],
  [{ topics: [] }, 'topics'],
  [{ topics: ['order.recorded', 'order.lost'] }, 'topics'],
  [{ description: 'x'.repeat(1_001) }, 'description'],
])('%o is refused', async (more, field) => {
  const { errors } = await save(await openTestShop(), more)
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['input', field] } }])
})

test('the secret is shown once, and what is saved again keeps it', async () => {
  const shop = await openTestShop()
  const saved = async () => dataOf(await save(shop, {})).saveWebhookSubscription.secret
  expect(await saved()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(await saved()).toBeNull()
})

test('a shop has twenty subscriptions at most, and what is deleted is told nothing', async () => {
  await using one = await open()
  const { shop, receiver } = one
  for (let i = 1; i < 20; i += 1) await save(shop, { code: `c${i}`, url: receiver.url })
  expect((await save(shop, { code: 'more', url: receiver.url })).errors).toMatchObject([{ extensions: { code: 'TOO_MANY_ITEMS' } }])
  for (let i = 1; i < 20; i += 1) await shop.admin(`mutation { deleteWebhookSubscription(code: "c${i}") }`)
  await buy(shop, ['mei'], 1)
  await shop.admin('mutation { deleteWebhookSubscription(code: "erp") }')
  await deliver(shop)
  expect(receiver.came).toEqual([])
})

test('each subscription of a shop gets what it asked for, and no shop gets what is of another', async () => {
  await using one = await open(['order.recorded', 'order.returned'])
  await using other = await open()
  await using more = await openReceiver()
  await subscribe(one.shop, more, ['order.recorded'], { code: 'more' })
  await buy(one.shop, ['mei'], 1)
  await buy(other.shop, ['li'], 1)
  await deliver(one.shop)
  await deliver(other.shop)
  const came = (receiver: Receiver) => receiver.came.map(({ data }) => data.order.externalId)
  expect([came(one.receiver), came(more), came(other.receiver)]).toEqual([['mei-0'], ['mei-0'], ['li-0']])
  expect([one.receiver, more, other.receiver].flatMap(({ unsigned }) => unsigned)).toEqual([])
  // One event, under one id.
  expect(one.receiver.came[0]?.id).toBe(more.came[0]?.id)
})

test('of somebody who is erased before it is sent no name goes out, only the id that stays', async () => {
  await using one = await open()
  const { shop, receiver } = one
  await buy(shop, ['mei'], 1)
  await shop.admin('mutation { eraseCustomer(ref: { externalId: "mei" }, reason: "asked for it") }')
  await deliver(shop)
  expect(receiver.came[0]?.data).toMatchObject({ order: { externalId: 'mei-0' }, customer: { id: expect.any(String), externalId: null } })
})

test('after thirty days it is forgotten what happened and what became of it', async () => {
  await using one = await open()
  const { shop } = one
  await buy(shop, ['mei'], 1)
  await deliver(shop)
  await letGoOfEvents(shop.world(new Date(Date.now() + 29 * DAY)))
  expect(await deliveries(shop)).toHaveLength(1)
  await letGoOfEvents(shop.world(new Date(Date.now() + 31 * DAY)))
  expect(await deliveries(shop)).toEqual([])
})

function save(shop: TestShop, more: object) {
  const input = { code: 'erp', url: 'https://receiver.invalid/', topics: ['order.recorded'], ...more }
  return shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation ($input: WebhookSubscriptionInput!) { saveWebhookSubscription(input: $input) { secret subscription { code } } }',
    { input },
  )
}
