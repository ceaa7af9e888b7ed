import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { RegularsError } from '../src/storefront.ts'
import type { Fault } from './support/line.ts'
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

const failure = (asked: Promise<unknown>): Promise<RegularsError> =>
  asked.then(
    () => expect.fail('it was answered'),
    (error) => {
      expect(error).toBeInstanceOf(RegularsError)
      return error
    },
  )

/** A client for which waiting takes no time, and what it waited. */
function patient(options: Parameters<Shop['client']>[0] = {}) {
  const waits: number[] = []
  const regulars = shop.client(options, {
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
  })
  return { regulars, waits }
}

describe('what passes is tried again', () => {
  const faults: [string, Fault][] = [
    ['a request that never arrives', 'dropped'],
    ['an answer that never arrives', 'answer lost'],
    ['half an answer', 'answer cut'],
    ['no answer in time', 'silence'],
    ['a 503 of whatever stands before the engine', { status: 503 }],
    ['a 429', { status: 429 }],
    ['a fault of the engine', internalFault(500)],
    ['a fault of one field', internalFault(200)],
  ]
  test.each(faults)('%s', async (_, fault) => {
    const { regulars, waits } = patient(fault === 'silence' ? { timeoutMs: 2_000 } : {})
    shop.line.next(fault)
    expect(await regulars.shop()).toMatchObject({ code: 'main', currency: 'CNY' })
    expect(shop.line.seen()).toHaveLength(2)
    expect(waits).toEqual([75])
  })

  test('as often as was said, each time after twice the wait, and then it is told', async () => {
    const { regulars, waits } = patient({ retries: 4 })
    shop.line.always('dropped')
    expect(await failure(regulars.shop())).toMatchObject({ code: 'UNREACHABLE', retryable: true })
    expect(shop.line.seen()).toHaveLength(5)
    expect(waits).toEqual([75, 150, 300, 600])
  })

  test('or never, where that was said', async () => {
    shop.line.next('dropped')
    expect(await failure(shop.client({ retries: 0 }).shop())).toMatchObject({ code: 'UNREACHABLE' })
    expect(shop.line.seen()).toHaveLength(1)
  })

  test('after the wait that Retry-After asks for', async () => {
    const { regulars, waits } = patient({ timeoutMs: 10_000 })
    shop.line.next({ status: 429, headers: { 'retry-after': '1' } }, { status: 503, headers: { 'retry-after': '2' } })
    await regulars.shop()
    expect(waits).toEqual([1_000, 2_000])
  })

  test('but a wait longer than an answer may take is the caller’s to decide on', async () => {
    const { regulars, waits } = patient({ timeoutMs: 10_000 })
    shop.line.next({ status: 429, headers: { 'retry-after': '30' } })
    expect(await failure(regulars.shop())).toMatchObject({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 30_000, status: 429 })
    expect(waits).toEqual([])
  })
})

test('who guessed too many codes is told for how long', async () => {
  const { regulars, waits } = patient({ key: shop.engine.publishableKey, retries: 1 })
  const guess = () => regulars.quote({ cart: { lines: [], codes: Array.from({ length: 20 }, (_, i) => `guess-${i}`) } })
  await guess()
  await guess()
  const error = await failure(guess())
  expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true, extensions: { retryAfterSeconds: expect.any(Number) } })
  expect(error.retryAfterMs).toBe(Number(error.extensions?.retryAfterSeconds) * 1_000)
  expect(waits).toHaveLength(1)
})

describe('what does not pass is told at once', () => {
  test('a mistake, by its code and where it is', async () => {
    const { regulars } = patient()
    const error = await failure(regulars.quote({ cart: { lines: [{ sku: 'SKU-1', quantity: 0 }] } }))
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', retryable: false, inputPath: ['cart', 'lines', 0, 'quantity'], path: ['quote'] })
    expect(error.requestId).toMatch(/./)
    expect(shop.line.seen()).toHaveLength(1)
  })

  test.each([
    ['a key of nobody', { key: 'x'.repeat(40) }, { code: 'UNAUTHENTICATED', status: 401 }],
    ['an answer of something else', { endpoint: 'page' }, { code: 'BAD_ANSWER', status: 200 }],
    ['an address where nothing is', { endpoint: '/nowhere' }, { code: 'NOT_FOUND', status: 404 }],
  ])('%s', async (_, { endpoint, ...options }: { endpoint?: string; key?: string }, told) => {
    if (endpoint === 'page') shop.line.next({ status: 200, body: '<html>Welcome to nginx!' })
    const { regulars } = patient({ ...options, ...(endpoint === '/nowhere' ? { endpoint: `${shop.line.url}/nowhere` } : {}) })
    expect(await failure(regulars.shop())).toMatchObject({ ...told, retryable: false })
    expect(shop.line.seen()).toHaveLength(1)
  })

  test('an unknown customer is never taken for nobody', async () => {
    const asked = patient().regulars.quote({ cart: { lines: [{ sku: 'SKU-1', quantity: 1 }] }, customer: { externalId: 'nobody' } })
    expect(await failure(asked)).toMatchObject({ code: 'UNKNOWN_CUSTOMER' })
  })

  test('what the caller calls off, with the caller’s own reason', async () => {
    shop.line.next('silence')
    const off = new AbortController()
    const asked = patient().regulars.shop({ signal: off.signal })
    off.abort(new Error('the shopper left'))
    await expect(asked).rejects.toThrow('the shopper left')
  })
})

test('no answer in time is TIMEOUT, when all attempts were', async () => {
  shop.line.always('silence')
  expect(await failure(patient({ timeoutMs: 50 }).regulars.shop())).toMatchObject({ code: 'TIMEOUT', retryable: true })
  expect(shop.line.seen()).toHaveLength(3)
})

function internalFault(status: number): Fault {
  const errors = [{ message: 'Something went wrong on our side.', path: ['shop'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }]
  return { status, body: JSON.stringify({ data: null, errors }) }
}
