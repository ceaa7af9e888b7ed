import { expect, test } from 'vitest'
import { LIMITS } from '../../src/api/shared/limits.ts'
import { products, publishOffer } from '../harness/acts.ts'
import { bearer, type GraphQLAnswer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const QUOTE =
  'query ($codes: [String!]) { quote(cart: { lines: [{ sku: "A", quantity: 1 }], codes: $codes }) { total refusedCodes { code outcome } } }'
const MOST = LIMITS.wrongCodes.count

async function openShop(): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await publishOffer(shop, { code: 'SPRING', trigger: 'CODE', level: 'PRODUCT', product: { adjustment: { amountOff: 1_000 } } })
  return shop
}

/** A browser at an address; each test has its own key, so only the address tells them apart. */
async function from(shop: TestShop, address: string, codes: readonly string[], key = shop.keys.publishable): Promise<GraphQLAnswer> {
  const response = await shop.app.fastify.inject({
    method: 'POST',
    url: '/storefront/graphql',
    remoteAddress: address,
    headers: { ...bearer(key), 'content-type': 'application/json' },
    payload: { query: QUOTE, variables: { codes } },
  })
  const { data, errors = [] } = response.json()
  return { status: response.statusCode, data, errors }
}

const guesses = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `GUESS${from + i}`)
const limited = expect.objectContaining({
  data: null,
  errors: [expect.objectContaining({ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } })],
})
const priced = (total: number) => expect.objectContaining({ data: { quote: expect.objectContaining({ total }) }, errors: [] })

async function guessALot(shop: TestShop, address: string): Promise<void> {
  for (let tried = 0; tried < MOST; tried += 5) expect(await from(shop, address, guesses(5, tried))).toEqual(priced(10_000))
}

test('a browser that tries one unknown code after another is stopped, for good codes too', async () => {
  const shop = await openShop()
  await guessALot(shop, '198.51.100.7')
  expect(await from(shop, '198.51.100.7', ['SPRING'])).toEqual(limited)
  expect(await from(shop, '198.51.100.7', [])).toEqual(priced(10_000))
})

test('it is stopped at its address and with its key, and nobody else is', async () => {
  const shop = await openShop()
  await guessALot(shop, '2001:db8:1:2::1')
  expect(await from(shop, '2001:db8:1:2:ffff::9', ['SPRING'])).toEqual(limited)
  expect(await from(shop, '2001:db8:1:3::1', ['SPRING'])).toEqual(priced(9_000))
  expect(await from(shop, '2001:db8:1:2::1', ['SPRING'], await shop.key('PUBLISHABLE'))).toEqual(priced(9_000))
  expect(await from(shop, '2001:db8:1:2::1', ['SPRING'], shop.keys.plugin)).toEqual(priced(9_000))
})

test('many guesses at once are not more than many in a row', async () => {
  const shop = await openShop()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => from(shop, '198.51.100.8', guesses(10, i * 10))))
  const looked = answers.filter(({ errors }) => errors.length === 0).length
  expect(looked).toBeGreaterThan(0)
  expect(looked * 10).toBeLessThanOrEqual(MOST + 10)
})

test('codes that are known never count, however often they are sent', async () => {
  const shop = await openShop()
  for (let i = 0; i < MOST + 5; i += 1) expect(await from(shop, '198.51.100.9', ['SPRING'])).toEqual(priced(9_000))
})
