import request from 'supertest'
import { expect, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, orders, products, publishOffer } from '../harness/acts.ts'
import { commit, held } from '../harness/checkout.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const save = async (shop: TestShop, input: object) =>
  (
    await shop.admin(
      'mutation ($input: BroadcastInput!) { saveBroadcast(input: $input) { code link clicks orders { orders revenue customers } } }',
      { input: { code: 'tea-week', name: 'Tea week', place: 'GROUP', text: 'This week all tea', ...input } },
    )
  ).saveBroadcast
const read = async (shop: TestShop) =>
  (await shop.admin('{ broadcast(code: "tea-week") { text clicks lastClickAt orders { orders revenue customers } } }')).broadcast
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const follow = (shop: TestShop, link: string, method: 'get' | 'head' = 'get', userAgent = BROWSER) =>
  request(shop.app.fastify.server)[method](new URL(link).pathname).set('user-agent', userAgent)

test('a broadcast has one link, which counts, and nothing is kept of who followed it', async () => {
  const shop = await openTestShop()
  const { link } = await save(shop, { url: 'https://shop.example/tea?a=1' })
  expect(link).toBe(`https://regulars.example/m/b/${shop.code}.tea-week`)
  const answers = [
    await follow(shop, link),
    await follow(shop, link),
    await follow(shop, link, 'head'),
    await follow(shop, link, 'get', 'curl/8'),
  ]
  for (const { status, headers } of answers)
    expect([status, headers.location]).toEqual([302, 'https://shop.example/tea?a=1&broadcast=tea-week'])
  expect(await read(shop)).toMatchObject({ clicks: 2, lastClickAt: expect.any(String) })
  await save(shop, { text: 'This week all tea, and cups', url: 'https://shop.example/cups' })
  expect(await read(shop)).toMatchObject({ text: 'This week all tea, and cups', clicks: 2 })
  expect((await follow(shop, link)).headers.location).toBe('https://shop.example/cups?broadcast=tea-week')
  const { em, shopId } = shop.world()
  expect(await rowsOf(em, sql`select 1 from message_event where shop_id = ${shopId}`)).toEqual([])
})

test('orders come of it by its channel or by its offer, each once', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {}, bo: {} })
  await publishOffer(shop, { code: 'tea', level: 'PRODUCT', trigger: 'AUTOMATIC', product: { adjustment: { percentOff: 10 } } })
  await save(shop, { offerCode: 'tea', sentAt: '2026-01-01T00:00:00Z' })
  await orders(shop, ['mei', 'A', 1_000, 1, '2026-02-01T00:00:00Z'])
  expect((await read(shop)).orders).toEqual({ orders: 0, revenue: 0, customers: 0 })
  const { em, shopId } = shop.world()
  await rowsOf(em, sql`update shop_order set channel = 'broadcast:tea-week' where shop_id = ${shopId}`)
  expect((await read(shop)).orders).toEqual({ orders: 1, revenue: 1_000, customers: 1 })
  const { id } = await held(shop, { cart: { A: 1 }, as: 'bo' })
  await commit(shop, id, 'o-bo')
  const after = (await read(shop)).orders
  expect(after.orders).toBe(2)
  expect(after.customers).toBe(2)
})

test.each(['nobody', '', '../x', 'tea-week%0d%0aset-cookie:a=b'])('there is no broadcast "%s" to be followed', async (code) => {
  const shop = await openTestShop()
  await save(shop, { url: 'https://shop.example/' })
  const answer = await request(shop.app.fastify.server).get(`/m/b/${shop.code}.${code}`)
  expect(answer.status).toBe(404)
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test.each([
  ['url', 'javascript:alert(1)'],
  ['url', '//evil.example'],
  ['url', 'https://a:b@shop.example'],
  ['code', 'Tea Week'],
  ['text', ' '],
])('a broadcast is refused whose %s is "%s"', async (name, value) => {
  const shop = await openTestShop()
  await expect(save(shop, { [name]: value })).rejects.toThrow('BAD_USER_INPUT')
})
