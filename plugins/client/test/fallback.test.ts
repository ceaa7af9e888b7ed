import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startEngine } from '../../engine.ts'
import type { OnFallback } from '../src/fallback.ts'
import { HOST } from '../src/host.ts'
import { createStorefront } from '../src/storefront.ts'
import { furnish } from './support/engine.ts'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterEach(() => {
  shop.line.always(null)
  shop.line.seen()
})
afterAll(() => shop.close())

const customer = { externalId: 'mei' }
const skus = ['SKU-1', 'SKU-2', 'SKU-3']
const cart = { lines: skus.map((sku, i) => ({ sku, quantity: i + 1, listPrice: 10_000 })) }

/** What onFallback was told: `CODE sku sku`. */
function ear() {
  const told: string[] = []
  const onFallback: OnFallback = (why, what) => void told.push([why.code, ...what].join(' '))
  return { told, onFallback }
}

describe('with the engine down', () => {
  test('a page shows list prices, and a cart costs them, and the shop is told each once', async () => {
    const engine = await startEngine()
    onTestFinished(engine.close)
    await furnish(engine)
    const { told, onFallback } = ear()
    let ahead = 0
    const options = { endpoint: engine.storefront, key: engine.pluginKey, customer, onFallback, timeoutMs: 60_000 }
    const regulars = createStorefront(options, { ...HOST, now: () => Date.now() + ahead })
    expect(await regulars.quoteOrList({ cart })).toMatchObject({ answered: true, quote: { total: 54_000 } })

    await engine.stop()
    expect(await Promise.all(skus.map((sku) => regulars.memberPrice({ sku, listPrice: 10_000 })))).toMatchObject(
      skus.map(() => ({ answered: false, why: { code: 'UNREACHABLE', retryable: true }, listPrice: 10_000 })),
    )
    expect(await regulars.quoteOrList({ cart })).toMatchObject({ answered: false, why: { code: 'UNREACHABLE' }, total: 60_000 })
    expect(told).toEqual(['UNREACHABLE SKU-1 SKU-2 SKU-3', 'UNREACHABLE SKU-1 SKU-2 SKU-3'])
    await engine.start()
    ahead = 10_000
    expect(await regulars.quoteOrList({ cart })).toMatchObject({ answered: true, quote: { total: 54_000 } })
  })

  test('a total at list prices takes all of them', async () => {
    shop.line.next('dropped')
    const lines = [...cart.lines, { sku: 'SKU-4', quantity: 1 }]
    expect(await shop.client({ retries: 0 }).quoteOrList({ cart: { lines } })).toMatchObject({ answered: false, total: null })
  })
})

describe('a shopper waits no longer than was said', () => {
  test('one attempt that is not answered is all there is time for', async () => {
    shop.line.always('silence')
    const regulars = shop.client({ customer, timeoutMs: 100 })
    expect(await regulars.memberPrice({ sku: 'SKU-1', listPrice: 1 })).toMatchObject({ why: { code: 'TIMEOUT' }, listPrice: 1 })
    expect(shop.line.seen()).toHaveLength(1)
  })

  test('nor does one attempt, that might take longer elsewhere', async () => {
    shop.line.always('silence')
    const regulars = shop.client({ customer, timeoutMs: 60_000, fallbackAfterMs: 100 })
    expect(await regulars.quoteOrList({ cart })).toMatchObject({
      why: { code: 'TIMEOUT', message: 'No answer within 100 ms.' },
      total: 60_000,
    })
  })

  test('there is for more where less time is given to each', async () => {
    shop.line.next('silence')
    const regulars = shop.client({ customer, timeoutMs: 1_000, retries: 20, fallbackAfterMs: 60_000 })
    expect(await regulars.memberPrice({ sku: 'SKU-1', listPrice: 10_000 })).toMatchObject({ price: { memberPrice: 9_000 } })
  })

  test('a token that never comes is no reason to wait either', async () => {
    const shopperToken = () => new Promise<string>(() => {})
    const regulars = shop.client({ key: shop.engine.publishableKey, shopperToken, timeoutMs: 100 })
    expect(await regulars.memberPrice({ sku: 'SKU-1', listPrice: 1 })).toMatchObject({ answered: false, why: { code: 'TIMEOUT' } })
    expect(shop.line.seen()).toEqual([])
  })
})

describe('an engine that does not answer time and again', () => {
  test('is left alone by pages for ten seconds, and asked by one of them then', async () => {
    let now = 0
    const regulars = shop.client({ customer, retries: 0 }, { now: () => now })
    const price = () => regulars.memberPrice({ sku: 'SKU-1', listPrice: 1 })
    shop.line.always('dropped')
    for (let i = 0; i < 5; i += 1) await price()
    expect(shop.line.seen()).toHaveLength(5)
    expect(await price()).toMatchObject({ answered: false, why: { code: 'UNREACHABLE' }, listPrice: 1 })
    expect(await regulars.quoteOrList({ cart })).toMatchObject({ answered: false, total: 60_000 })
    expect(shop.line.seen()).toEqual([])

    now = 10_000
    await price()
    await price()
    expect(shop.line.seen()).toHaveLength(1)

    shop.line.always(null)
    now = 20_000
    expect([await price(), await price()]).toMatchObject([{ answered: true }, { answered: true }])
  })

  test('is asked by a checkout all the same, and by everybody once that is answered', async () => {
    const regulars = shop.client({ customer, retries: 0 })
    shop.line.always('dropped')
    for (let i = 0; i < 6; i += 1) await regulars.memberPrice({ sku: 'SKU-1' })
    expect(shop.line.seen()).toHaveLength(5)
    shop.line.always(null)
    expect(await regulars.reserve({ cart, expectedTotal: 54_000 })).toMatchObject({ __typename: 'Reservation' })
    expect(await regulars.memberPrice({ sku: 'SKU-1' })).toMatchObject({ answered: true })
  })
})

describe('a mistake costs a shopper list prices, not the page', () => {
  test('a key that may not, which the shop is told', async () => {
    const { told, onFallback } = ear()
    const regulars = shop.client({ key: shop.engine.adminKey, onFallback })
    expect(await regulars.memberPrice({ sku: 'SKU-1', listPrice: 1 })).toMatchObject({ why: { code: 'FORBIDDEN', retryable: false } })
    expect(told).toEqual(['FORBIDDEN SKU-1'])
  })
})

test('a browser sends no list prices, and has them to fall back on', async () => {
  const { token } = await shop.client().issueShopperToken({ customer })
  const regulars = shop.client({ key: shop.engine.publishableKey, shopperToken: () => Promise.resolve(token) })
  expect(await regulars.memberPrice({ sku: 'SKU-1', listPrice: 5 })).toMatchObject({ price: { memberPrice: 9_000 } })
  expect(await regulars.quoteOrList({ cart })).toMatchObject({ quote: { total: 54_000 } })
  shop.line.always('dropped')
  expect(await regulars.memberPrice({ sku: 'SKU-1', listPrice: 5 })).toMatchObject({ answered: false, listPrice: 5 })
  expect(await regulars.quoteOrList({ cart })).toMatchObject({ answered: false, total: 60_000 })
})
