import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RegularsError } from '../src/storefront.ts'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const mei = { externalId: 'mei' }
const lin = { externalId: 'lin' }
const skus = Array.from({ length: 60 }, (_, i) => `SKU-${i}`)

describe('member prices', () => {
  test('that a page asks for in one tick are one request', async () => {
    const regulars = shop.client({ customer: mei })
    const answers = await Promise.all(skus.map((sku) => regulars.memberPrice({ sku })))
    expect(answers.map((answer) => answer.answered && answer.price.memberPrice)).toEqual(skus.map(() => 9_000))
    expect(answers.map((answer) => answer.answered && answer.price.sku)).toEqual(skus)
    expect(shop.line.seen()).toHaveLength(1)
  })

  test('of two customers are two requests, and each has their own', async () => {
    const regulars = shop.client()
    const [hers, his] = await Promise.all([
      regulars.memberPrice({ sku: 'SKU-1', customer: mei }),
      regulars.memberPrice({ sku: 'SKU-1', customer: lin }),
    ])
    expect([hers, his]).toMatchObject([{ price: { memberPrice: 9_000 } }, { price: { memberPrice: 10_000 } }])
    expect(shop.line.seen()).toHaveLength(2)
  })

  test('asked for twice in a tick are sent once, and in the next tick again: none is kept', async () => {
    const regulars = shop.client({ customer: mei })
    await Promise.all([regulars.memberPrice({ sku: 'SKU-1' }), regulars.memberPrice({ sku: 'SKU-1', quantity: 1 })])
    await regulars.memberPrice({ sku: 'SKU-1' })
    expect(shop.line.seen().map(({ variables }) => variables.items)).toEqual([
      [{ sku: 'SKU-1', quantity: 1 }],
      [{ sku: 'SKU-1', quantity: 1 }],
    ])
  })

  test('of more than 250 products are several requests', async () => {
    const regulars = shop.client({ customer: mei })
    await Promise.all(Array.from({ length: 600 }, (_, i) => regulars.memberPrice({ sku: 'SKU-1', quantity: i + 1 })))
    expect(shop.line.seen().map(({ variables }) => (variables.items as unknown[]).length)).toEqual([250, 250, 100])
  })

  test('one unknown sku has its list price, and the others what they cost', async () => {
    const told: [RegularsError, readonly string[]][] = []
    const regulars = shop.client({ customer: mei, onFallback: (why, what) => told.push([why, what]) })
    const answers = await Promise.all([
      regulars.memberPrice({ sku: 'SKU-1' }),
      regulars.memberPrice({ sku: 'nowhere' }),
      regulars.memberPrice({ sku: 'SKU-2' }),
    ])
    expect(answers).toMatchObject([
      { answered: true, price: { memberPrice: 9_000 } },
      { answered: false, why: { code: 'UNKNOWN_SKU', path: ['memberPrices', 1], retryable: false }, listPrice: null },
      { answered: true, price: { memberPrice: 9_000 } },
    ])
    expect(told).toMatchObject([[{ code: 'UNKNOWN_SKU' }, ['nowhere']]])
    expect(await regulars.memberPrices({ items: [{ sku: 'SKU-1' }, { sku: 'nowhere' }] })).toMatchObject([{ sku: 'SKU-1' }, null])
  })
})
