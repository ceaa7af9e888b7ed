import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { customers } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { customerIn, everythingIn, importInto, ordersIn, ownFile, row, tryImport } from './importing.ts'

test('a file of orders becomes orders, customers and their statistics', async () => {
  const shop = await openTestShop()
  const { summary } = await importInto(
    shop,
    ownFile(
      row('o1', { customer_name: 'Mei', city: '杭州', channel: 'shop', line_id: 'a' }),
      row('o1', { sku: 'B', quantity: 1, unit_price: '0.50', line_id: 'b' }),
      row('o2', { placed_at: '2026-04-01', status: 'COMPLETED', line_id: 'a' }),
      row('o3', { customer_id: '', status: 'CANCELLED', line_id: 'a' }),
    ),
  )
  expect(summary).toMatchObject({
    rows: 4,
    orders: 3,
    lines: 4,
    created: 3,
    customers: 1,
    newCustomers: 1,
    ofNobody: 1,
    counted: 2,
    amount: 4_050n,
  })
  expect(await ordersIn(shop)).toEqual({
    o1: {
      placedAt: '2026-03-01T02:00:00.000Z',
      status: 'PAID',
      channel: 'shop',
      total: 2_050,
      customer: { externalId: 'mei' },
      lines: [
        { id: 'a', sku: 'A', quantity: 2, returnedQuantity: 0, unitPrice: 1_000, total: 2_000 },
        { id: 'b', sku: 'B', quantity: 1, returnedQuantity: 0, unitPrice: 50, total: 50 },
      ],
    },
    o2: expect.objectContaining({ status: 'COMPLETED', total: 2_000, placedAt: '2026-03-31T16:00:00.000Z' }),
    o3: expect.objectContaining({ status: 'CANCELLED', customer: null }),
  })
  expect(await customerIn(shop, 'mei')).toMatchObject({
    name: 'Mei',
    city: '杭州',
    source: 'shop',
    registeredAt: '2026-03-01T02:00:00.000Z',
    statistics: {
      numberOfOrders: 2,
      amountSpent: 4_050,
      firstOrderAt: '2026-03-01T02:00:00.000Z',
      lastOrderAt: '2026-03-31T16:00:00.000Z',
    },
  })
})

describe('the same file', () => {
  const FILE = ownFile(row('o1'), row('o2', { customer_id: 'bo', email: 'bo@example.com' }), row('o1', { sku: 'B' }))

  test('again changes nothing', async () => {
    const shop = await openTestShop()
    await importInto(shop, FILE)
    const before = await everythingIn(shop)
    const { summary } = await importInto(shop, FILE)
    expect(summary).toMatchObject({ orders: 2, created: 0, corrected: 0, newCustomers: 0, completedCustomers: 0 })
    expect(await everythingIn(shop)).toBe(before)
  })

  test('only tried leaves nothing, and says what would be', async () => {
    const shop = await openTestShop()
    const before = await everythingIn(shop)
    const tried = await importInto(shop, FILE, { dryRun: true })
    expect(await everythingIn(shop)).toBe(before)
    expect((await importInto(shop, FILE)).summary).toEqual(tried.summary)
  })

  test('is as good gzipped, with the mark of UTF-8, with other line ends, or in another encoding', async () => {
    const text = ownFile(row('o1', { customer_name: '小明' }), row('o2', { customer_name: '小明' }))
    const forms = {
      gzip: gzipSync(text),
      bom: `\ufeff${text}`,
      crlf: text.replaceAll('\n', '\r\n'),
      sep: `sep=,\n${text}`,
      utf16: iconv.encode(text, 'utf-16le', { addBOM: true }),
    }
    for (const [form, file] of Object.entries(forms)) {
      const shop = await openTestShop()
      // Our own format is UTF-8 by itself; the others are told.
      await importInto(shop, file, form === 'utf16' ? { encoding: 'utf-16le' } : {})
      expect((await customerIn(shop, 'mei')).name, form).toBe('小明')
      expect(Object.keys(await ordersIn(shop)), form).toHaveLength(2)
    }
  })
})

describe('an order that is there already', () => {
  test('is corrected where it differs, and so are the statistics of whom it was', async () => {
    const shop = await openTestShop()
    await importInto(shop, ownFile(row('o1'), row('o1', { sku: 'B' }), row('o2')))
    const { summary } = await importInto(shop, ownFile(row('o1', { customer_id: 'bo', sku: 'C', unit_price: '3.00' }), row('o2')))
    expect(summary).toMatchObject({ created: 0, corrected: 1, newCustomers: 1 })
    const { o1 } = await ordersIn(shop)
    expect(o1).toMatchObject({ total: 600, customer: { externalId: 'bo' }, lines: [{ id: '0', sku: 'C' }] })
    expect((await customerIn(shop, 'mei')).statistics).toMatchObject({ numberOfOrders: 1, amountSpent: 2_000 })
    expect((await customerIn(shop, 'bo')).statistics).toMatchObject({ numberOfOrders: 1, amountSpent: 600 })
  })

  test('was recorded through the API: the same order is unchanged', async () => {
    const shop = await openTestShop()
    await customers(shop, { mei: null })
    await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
      orders: [
        {
          externalId: 'o1',
          customer: { externalId: 'mei' },
          placedAt: '2026-03-01T02:00:00Z',
          lines: [{ sku: 'A', quantity: 2, unitPrice: 1_000 }],
        },
      ],
    })
    expect((await importInto(shop, ownFile(row('o1')))).summary).toMatchObject({ created: 0, corrected: 0 })
  })

  test('keeps its customer and its channel when the file names none', async () => {
    const shop = await openTestShop()
    await importInto(shop, ownFile(row('o1', { channel: 'phone' })))
    const { summary } = await importInto(shop, ownFile(row('o1', { customer_id: '' })))
    expect(summary).toMatchObject({ corrected: 0, ofNobody: 0 })
    expect((await ordersIn(shop)).o1).toMatchObject({ customer: { externalId: 'mei' }, channel: 'phone' })
  })
})

describe('the rows of an order', () => {
  test('are gathered wherever they stand; exact duplicates are lines of their own', async () => {
    const shop = await openTestShop()
    const { summary } = await importInto(shop, ownFile(row('o1'), row('o2'), row('o1'), row('o2', { sku: 'B' }), row('o1', { sku: 'C' })))
    expect(summary).toMatchObject({ orders: 2, lines: 5, rejectedRows: 0 })
    const { o1, o2 } = await ordersIn(shop)
    expect(o1).toMatchObject({ total: 6_000, lines: [{ sku: 'A' }, { sku: 'A' }, { sku: 'C' }] })
    expect(o2).toMatchObject({ total: 4_000, lines: [{ sku: 'A' }, { sku: 'B' }] })
  })

  test("place it at the earliest of their times, and may leave to one another what is the whole order's", async () => {
    const shop = await openTestShop()
    await importInto(
      shop,
      ownFile(
        row('o1', { placed_at: '2026-03-01 10:01', status: '', customer_id: '' }),
        row('o1', { placed_at: '2026-03-01 10:00', status: 'completed' }),
        row('o1', { placed_at: '', status: '' }),
      ),
    )
    expect((await ordersIn(shop)).o1).toMatchObject({
      placedAt: '2026-03-01T02:00:00.000Z',
      status: 'COMPLETED',
      customer: { externalId: 'mei' },
    })
  })
})

describe('a row that cannot be understood', () => {
  const BAD: readonly (readonly [why: string, more: Record<string, string | number>, reason: RegExp])[] = [
    ['no quantity', { quantity: '' }, /quantity ""/],
    ['half a unit', { quantity: '1.5' }, /whole number from 1/],
    ['a return', { quantity: -1 }, /whole number from 1/],
    ['no price', { unit_price: '' }, /neither a unit price nor a total/],
    ['a price in words', { unit_price: 'ten' }, /unit price "ten" is no amount/],
    ['a negative price', { unit_price: '-1' }, /unit price is negative/],
    ['more than all money', { unit_price: '90071992547409.92' }, /more than 2\^53-1/],
    ['no sku', { sku: '' }, /sku "" must have/],
    ['a time that is none', { placed_at: '2026-02-30' }, /"2026-02-30" is no time/],
    ['a time before all shops', { placed_at: '1960-01-01' }, /before 1970/],
    ['a status of its own', { status: 'shipped' }, /status "shipped" is not in the mapping/],
    ['another currency', { currency: 'USD' }, /in USD, the shop's amounts are in CNY/],
  ]

  test.each(BAD)('%s: is rejected with its line and the reason, and stops nothing else', async (_, more, reason) => {
    const shop = await openTestShop()
    const { summary, rejects } = await importInto(shop, ownFile(row('o1'), row('o2', more)))
    expect(rejects).toEqual([['3', expect.stringMatching(reason), ...Object.values({ ...row('o2'), ...more }).map(String)]])
    expect(summary).toMatchObject({ rows: 2, orders: 1, created: 1, rejectedRows: 1, rejectedOrders: 1 })
    expect(Object.keys(await ordersIn(shop))).toEqual(['o1'])
  })

  test('takes the other rows of its order with it, and nobody is made a customer for them', async () => {
    const shop = await openTestShop()
    const { rejects } = await importInto(
      shop,
      ownFile(row('o1', { customer_id: 'zoe' }), row('o2'), row('o1', { customer_id: 'zoe', quantity: 0 })),
    )
    expect(rejects.map(([line, reason]) => [line, reason])).toEqual([
      ['2', 'Row 4 of the same order was rejected.'],
      ['4', expect.stringContaining('quantity "0"')],
    ])
    expect(await customerIn(shop, 'zoe')).toBeNull()
  })

  test('can be mended where it was written, and imported from there', async () => {
    const shop = await openTestShop()
    const { rejectsText } = await importInto(
      shop,
      ownFile(row('o1'), row('o2', { customer_name: 'Mei, "M"' }), row('o2', { quantity: 'two' })),
    )
    const { summary } = await importInto(shop, rejectsText.replaceAll('two', '2'))
    expect(summary).toMatchObject({ rows: 2, created: 1, rejectedRows: 0 })
    expect((await ordersIn(shop)).o2).toMatchObject({ total: 4_000 })
  })

  test('run nothing in the spreadsheet in which they are mended, and are read as they were', async () => {
    const shop = await openTestShop()
    const name = '=HYPERLINK("https://a.example")'
    const { rejects, rejectsText } = await importInto(shop, ownFile(row('o1', { customer_name: name, quantity: 'two' })))
    expect(rejects[0]).toContain(`'${name}`)
    expect(rejects[0]).not.toContain(name)
    await importInto(shop, rejectsText.replaceAll('two', '2'))
    expect((await customerIn(shop, 'mei')).name).toBe(name)
  })

  test('with a quote that never closes, or cells too many, costs itself alone', async () => {
    const shop = await openTestShop()
    const rows = ownFile(...Array.from({ length: 200 }, (_, i) => row(`o${i}`)))
    const file = rows.replace('o5,', 'o5,"').replace('o7,', 'o7,x,')
    const { summary, rejects } = await importInto(shop, file)
    expect(rejects.map(([line, reason]) => [line, reason])).toEqual([
      ['7', 'A quote opens in this row that never closes.'],
      ['9', 'The row has 7 cells, the header 6.'],
    ])
    expect(summary).toMatchObject({ rows: 200, orders: 198, created: 198 })
  })
})

describe('an order that cannot be whole', () => {
  test.each([
    ['two customers', [{}, { customer_id: 'bo' }], 'several customers'],
    ['two statuses', [{ status: 'PAID' }, { status: 'COMPLETED' }], 'several statuses'],
    ['two channels', [{ channel: 'a' }, { channel: 'b' }], 'several channels'],
    ['no time', [{ placed_at: '' }, { placed_at: '' }], 'says when it was placed'],
    ['two lines of one id', [{ line_id: 'a' }, { line_id: 'a' }], 'an id of its own'],
    ['a line without an id among others', [{ line_id: '0' }, { line_id: '' }], 'an id of its own'],
    ['a time far ahead', [{ placed_at: '2199-01-01' }, { placed_at: '' }], 'more than a day ahead'],
    ['more than all money', [{ unit_price: '40000000000000' }, { unit_price: '40000000000000' }], 'more than 2^53-1'],
  ])('%s: all its rows are rejected', async (_, rows, reason) => {
    const shop = await openTestShop()
    const { summary, rejects } = await importInto(
      shop,
      ownFile(row('good'), ...rows.map((more) => row('bad', more as Record<string, string>))),
    )
    expect(rejects.map(([line, why]) => [line, why?.includes(reason)])).toEqual([
      ['3', true],
      ['4', true],
    ])
    expect(summary).toMatchObject({ orders: 1, rejectedOrders: 1, rejectedRows: 2 })
  })
})

describe('a file that is no such file', () => {
  test.each([
    ['empty', '', 'has no header'],
    ['of columns that nobody knows', 'a,b\n1,2\n', 'of none of the formats'],
    ['without a column', ownFile({ order_id: 'o1', placed_at: '2026-01-01', sku: 'A' }), 'lacks the column quantity'],
    [
      'a damaged gzip',
      gzipSync(ownFile(...Array.from({ length: 5_000 }, (_, i) => row(`o${i}`)))).subarray(0, 2_000),
      'damaged or cut off',
    ],
  ])('%s: is refused with a sentence, and nothing is changed', async (_, file, message) => {
    const shop = await openTestShop()
    const before = await everythingIn(shop)
    expect(await tryImport(shop, file)).toContain(message)
    expect(await everythingIn(shop)).toBe(before)
  })
})
