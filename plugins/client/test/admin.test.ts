import { afterAll, afterEach, beforeAll, expect, expectTypeOf, test } from 'vitest'
import {
  createAdmin,
  createKeyDocument,
  customersDocument,
  previewQuoteDocument,
  publishDocument,
  saveOfferDocument,
} from '../src/admin.ts'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterEach(() => void shop.line.seen())
afterAll(() => shop.close())

const admin = () => createAdmin({ endpoint: `${shop.line.url}/admin/graphql`, key: shop.engine.adminKey })
const customer = { externalId: 'mei' }

test('what staff publish is what the preview shows, and what the shop charges', async () => {
  const order = { steps: [{ minSubtotal: 10_000, amountOff: 1_000 }] }
  await admin().request(saveOfferDocument, { input: { code: 'autumn', name: 'Autumn', level: 'ORDER', trigger: 'CODE', order } })
  const { publish } = await admin().request(publishDocument, { codes: ['autumn'] })
  expect(publish.bookVersion).toBeGreaterThan(0)
  const cart = { lines: [{ sku: 'SKU-1', quantity: 2 }], codes: ['autumn'] }
  const { previewQuote } = await admin().request(previewQuoteDocument, { cart, customer })
  expect(previewQuote).toMatchObject({ subtotal: 20_000, total: 17_000, orderRules: [{ code: 'autumn', amount: 1_000 }] })
  const quote = await shop.client({ customer }).quote({ cart })
  expect({ ...quote, at: previewQuote.at }).toEqual({
    ...previewQuote,
    lines: previewQuote.lines.map((line) => ({ ...line, trace: null })),
  })
})

test('a question is asked again', async () => {
  shop.line.next('answer lost')
  const { customers } = await admin().request(customersDocument, { query: "customer_tier = 'gold'" })
  expect(customers.nodes.map(({ externalId, tier }) => [externalId, tier?.code])).toContainEqual(['mei', 'gold'])
  expectTypeOf(customers.nodes[0]?.tags).toEqualTypeOf<string[] | undefined>()
})

test('what would be done twice is not: one key is made, and the caller is told that it is not known', async () => {
  shop.line.next('answer lost')
  await expect(admin().request(createKeyDocument, { input: { kind: 'PLUGIN', name: 'once' } })).rejects.toMatchObject({
    code: 'UNREACHABLE',
    retryable: true,
  })
  expect(shop.line.seen()).toHaveLength(1)
})

test('unless it says by a key that it is one act, or the caller does', async () => {
  const touch = `mutation ($input: TouchInput!) { recordTouch(input: $input) { id } }`
  const input = { customer, channel: 'PHONE', purpose: 'CARE', idempotencyKey: 'one call to Mei' }
  shop.line.next('answer lost')
  expect(await admin().request(touch, { input })).toMatchObject({ recordTouch: { id: expect.any(String) } })
  shop.line.next('answer lost')
  expect(
    await admin()
      .request(publishDocument, { codes: [] }, { retry: true })
      .catch(({ code }) => code),
  ).toBe('BAD_USER_INPUT')
  expect(shop.line.seen()).toHaveLength(4)
})
