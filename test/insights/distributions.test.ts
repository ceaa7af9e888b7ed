import { beforeAll, describe, expect, test } from 'vitest'
import { customers, orders } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

let shop: TestShop

/** ann buys five times, every ten days; bob twice; cid once; dee never. */
beforeAll(async () => {
  shop = await openTestShop({ timeZone: 'Asia/Shanghai' })
  await customers(shop, {
    ann: { gender: 'FEMALE', tags: ['wine', 'tea'], attributes: { size: 'M' } },
    bob: { gender: 'MALE', tags: ['tea'] },
    cid: {},
    dee: { gender: 'FEMALE' },
  })
  await orders(
    shop,
    ['ann', 'A', 1_000, 1, '2026-01-01T20:00:00Z'],
    ['ann', 'A', 1_000, 2, '2026-01-11T20:00:00Z'],
    ['ann', 'A', 1_000, 1, '2026-01-21T20:00:00Z'],
    ['ann', 'A', 1_000, 1, '2026-01-31T20:00:00Z'],
    ['ann', 'A', 1_000, 1, '2026-02-10T20:00:00Z'],
    ['bob', 'B', 50_000, 1, '2026-01-05T02:00:00Z'],
    ['bob', 'A', 1_000, 3, '2026-03-06T02:00:00Z'],
    ['cid', 'A', 1_000, 1, '2026-03-07T02:00:00Z'],
  )
})

const FIGURE = '{ number amount }'
const distribution = async (args: string) =>
  (
    await shop.admin(`{ distribution(${args}) { csv parts { part values customers mean ${FIGURE} percentiles { percent value ${FIGURE} }
      bars { from ${FIGURE} below ${FIGURE} values share customers sum ${FIGURE} } typicalGroups { from ${FIGURE} to ${FIGURE} share } } } }`)
  ).distribution

describe('a distribution', () => {
  test('counts the customers with each number of orders, the average beside the median', async () => {
    const { parts } = await distribution('of: ORDERS_PER_CUSTOMER')
    expect(parts).toHaveLength(1)
    expect(parts[0]).toMatchObject({ part: '', values: 3, customers: 3 })
    expect(parts[0].mean.number).toBeCloseTo(8 / 3, 12)
    expect(parts[0].percentiles.find(({ percent }: { percent: number }) => percent === 50).value).toEqual({ number: 2, amount: null })
    expect(parts[0].bars.map((bar: { from: { number: number }; customers: number }) => [bar.from.number, bar.customers])).toEqual([
      [1, 1],
      [2, 1],
      [3, 0],
      [4, 0],
      [5, 1],
    ])
  })

  test('gives amounts as money, in bands of the caller', async () => {
    const { parts, csv } = await distribution('of: ORDER_VALUE, bands: [0, 2000, 10000]')
    expect(
      parts[0].bars.map(({ below, ...bar }: { below: unknown; from: { amount: number } }) => [bar.from.amount, below, bar]),
    ).toMatchObject([
      [0, { amount: 2_000 }, { values: 5, share: 5 / 8, customers: 2, sum: { amount: 5_000 } }],
      [2_000, { amount: 10_000 }, { values: 2, customers: 2, sum: { amount: 5_000 } }],
      [10_000, null, { values: 1, customers: 1, sum: { amount: 50_000 } }],
    ])
    expect(csv).toBe('part,from,below,values,customers,sum\r\n,0,2000,5,2,5000\r\n,2000,10000,2,2,5000\r\n,10000,,1,1,50000\r\n')
  })

  test('has intervals between consecutive orders, in days', async () => {
    const { parts } = await distribution('of: PURCHASE_INTERVAL')
    expect(parts[0]).toMatchObject({ values: 5, customers: 2 })
    expect(parts[0].percentiles[5].value.number).toBe(10)
    expect(parts[0].percentiles.at(-1).value.number).toBe(60)
  })

  test('is split by what customers have in common; who has several tags is in each', async () => {
    const byTag = await distribution('of: ORDERS_PER_CUSTOMER, by: "tag"')
    expect(byTag.parts.map(({ part, customers: n }: { part: string; customers: number }) => [part, n])).toEqual([
      ['tea', 2],
      ['wine', 1],
    ])
    const byGender = await distribution('of: UNITS_PER_ORDER, by: "gender"')
    expect(byGender.parts.map(({ part, values }: { part: string; values: number }) => [part, values])).toEqual(
      expect.arrayContaining([
        ['FEMALE', 5],
        ['MALE', 2],
        [null, 1],
      ]),
    )
    const bySize = await distribution('of: ORDERS_PER_CUSTOMER, by: "attributes.size"')
    expect(bySize.parts.map(({ part }: { part: string }) => part)).toEqual([null, 'M'])
  })

  test('looks at the customers of a query and at a time alone', async () => {
    const { parts } = await distribution(
      `of: ORDERS_PER_CUSTOMER, query: "customer_gender = 'FEMALE'", from: "2026-01-11T20:00:00Z", to: "2026-02-10T20:00:00Z"`,
    )
    expect(parts[0]).toMatchObject({
      values: 1,
      percentiles: expect.arrayContaining([{ percent: 100, value: { number: 3, amount: null } }]),
    })
  })

  test('of nothing has no parts', async () => {
    expect((await distribution('of: ORDER_VALUE, to: "2000-01-01T00:00:00Z"')).parts).toEqual([])
  })

  test.each([
    ['by: "shoe"', 'BAD_USER_INPUT', 'by'],
    ['bands: [3, 3]', 'BAD_USER_INPUT', 'bands'],
    ['bands: []', 'BAD_USER_INPUT', 'bands'],
    ['query: "nonsense = 1"', 'BAD_QUERY', 'query'],
    ['from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z"', 'BAD_USER_INPUT', 'to'],
  ])('says what is wrong with %s', async (args, code, where) => {
    const answer = await shop.ask(
      '/admin/graphql',
      { authorization: `Bearer ${shop.keys.owner}` },
      `{ distribution(of: ORDER_VALUE, ${args}) { csv } }`,
    )
    expect(answer.errors[0]?.extensions).toMatchObject({ code, inputPath: expect.arrayContaining([where]) })
  })
})

test('behind a bar are its customers, page by page', async () => {
  const behind = async (args: string) =>
    (await shop.admin(`{ customersBehind(${args}) { totalCount nodes { externalId } pageInfo { hasNextPage } } }`)).customersBehind
  expect(await behind('of: ORDERS_PER_CUSTOMER, atLeast: 2, below: 6')).toMatchObject({ totalCount: 2 })
  const page = await behind('of: ORDER_VALUE, atLeast: 2000, first: 1')
  expect(page).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } })
  expect((await behind('of: ORDERS_PER_CUSTOMER, atLeast: 1, by: "gender", part: "MALE"')).nodes).toEqual([{ externalId: 'bob' }])
  expect((await behind('of: ORDERS_PER_CUSTOMER, atLeast: 1, by: "gender"')).nodes).toEqual([{ externalId: 'cid' }])
})

test("hours are those of the shop's clock", async () => {
  const { weekdayHours } = await shop.admin('{ weekdayHours { part weekday hour orders customers revenue } }')
  // 20:00 UTC on a Thursday is four in the morning of Friday in Shanghai.
  expect(weekdayHours).toContainEqual({ part: '', weekday: 5, hour: 4, orders: 1, customers: 1, revenue: 1_000 })
  expect(weekdayHours.reduce((sum: number, { orders: n }: { orders: number }) => sum + n, 0)).toBe(8)
})
