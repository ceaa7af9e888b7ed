import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { ENTRIES, sizeOf } from '../bench/size.ts'
import type { ErrorCode } from '../src/error.ts'
import { HOST } from '../src/host.ts'
import { backoffMs, retryAfterMs } from '../src/retry.ts'
import type {
  Operation,
  Order,
  PriceAnswer,
  Quote,
  QuoteAnswer,
  RegularsError,
  ReserveResult,
  Shopper,
  Storefront,
} from '../src/storefront.ts'

const HERE = path.resolve(import.meta.dirname, '..')

describe('waits between attempts', () => {
  test('double, up to two seconds, and are by chance up to a half shorter', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((attempt) => backoffMs(attempt, 0))).toEqual([50, 100, 200, 400, 800, 1_000, 1_000])
    expect([1, 2, 3, 4, 5, 6, 20].map((attempt) => backoffMs(attempt, 1))).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000])
  })

  test('are what Retry-After says: seconds, or until when', () => {
    const now = Date.parse('2026-11-22T10:00:00Z')
    expect(retryAfterMs('7', now)).toBe(7_000)
    expect(retryAfterMs('Sun, 22 Nov 2026 10:00:30 GMT', now)).toBe(30_000)
    expect(retryAfterMs('Sun, 22 Nov 2026 09:00:00 GMT', now)).toBe(0)
    for (const nothing of [null, '', 'soon']) expect(retryAfterMs(nothing, now)).toBeUndefined()
  })
})

test('a key that the client makes is one that the engine takes, and never the same', () => {
  const keys = Array.from({ length: 1_000 }, HOST.unique)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/)
  expect(new Set(keys).size).toBe(1_000)
})

test('an error has one of the codes of docs/errors.md, or one of the client’s own', async () => {
  const documented = await readFile(path.join(HERE, '../../docs/errors.md'), 'utf8')
  const [, engine = ''] = /type EngineCode =([^/]+?)\n\n/.exec(await readFile(path.join(HERE, 'src/error.ts'), 'utf8')) ?? []
  const codes = (text: string, row: RegExp) => [...text.matchAll(row)].map(([, code]) => code).sort()
  expect(codes(engine, /'([A-Z_]+)'/g)).toEqual(codes(documented, /^\| `([A-Z_]+)`/gm))
  expectTypeOf<'TIMEOUT' | 'UNREACHABLE' | 'BAD_ANSWER' | 'UNKNOWN_SKU'>().toExtend<ErrorCode>()
  expectTypeOf<'SOMETHING'>().not.toExtend<ErrorCode>()
})

test('a page loads less than 6 kB for it', async () => {
  const { gzipped } = await sizeOf(ENTRIES['@regulars/client, all of createStorefront'])
  expect(gzipped).toBeGreaterThan(3_000)
  expect(gzipped).toBeLessThan(6_000)
})

describe('types', () => {
  test('tell the members of a union apart by __typename', () => {
    const totalOf = (result: ReserveResult) => {
      if (result.__typename === 'OfferUnavailable') return result.reason
      if (result.__typename === 'PriceChanged') return result.expectedTotal
      return result.quote.total
    }
    expectTypeOf(totalOf).returns.not.toBeAny()
    // @ts-expect-error: whether there is an id is not known before it is asked
    const idOf = (result: ReserveResult) => result.id
    expect(idOf).toBeTypeOf('function')
  })

  test('ask whether there was an answer, before there is a price or a quote', () => {
    const priceOf = (answer: PriceAnswer) => (answer.answered ? answer.price.memberPrice : answer.listPrice)
    const totalOf = (answer: QuoteAnswer) => (answer.answered ? answer.quote.total : answer.total)
    expectTypeOf(priceOf).returns.toEqualTypeOf<number | null>()
    expectTypeOf(totalOf).returns.toEqualTypeOf<number | null>()
    expectTypeOf<Extract<PriceAnswer, { answered: false }>['why']>().toEqualTypeOf<RegularsError>()
  })

  test('of the methods are those of the schema', () => {
    type Reserve = Parameters<Storefront['reserve']>[0]
    expectTypeOf<Reserve['expectedTotal']>().toEqualTypeOf<number>()
    expectTypeOf<Reserve['idempotencyKey']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<ReturnType<Storefront['quote']>>().resolves.toEqualTypeOf<Quote>()
    expectTypeOf<ReturnType<Storefront['order']>>().resolves.toEqualTypeOf<Order | null>()
    expectTypeOf<ReturnType<Storefront['shopper']>>().resolves.toEqualTypeOf<Shopper | null>()
    expectTypeOf<ReturnType<Storefront['upsertProducts']>>().resolves.toEqualTypeOf<number>()
    expectTypeOf<Quote['lines'][number]['unitPrice']>().toEqualTypeOf<number>()
  })

  test('of a document of one’s own are its own', () => {
    const send = (regulars: Storefront, document: Operation<{ shop: { code: string } }, { language?: string }>) => {
      // @ts-expect-error: the document takes no such variable
      void (() => regulars.request(document, { tongue: 'zh' }))
      return regulars.request(document, { language: 'zh' })
    }
    expectTypeOf(send).returns.resolves.toEqualTypeOf<{ shop: { code: string } }>()
  })
})
