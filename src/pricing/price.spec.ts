import { expect, test } from 'vitest'
import { buildBook } from './book.ts'
import { type BookText, book, bookInput, lines, link, NOON, offer, shopper } from './cases/world.ts'
import { memberPrices } from './member-prices.ts'
import { price } from './price.ts'

const PRODUCTS = { A: { list: 10_000, brand: 'b' }, B: { list: 5_000 } }
const SHOP: BookText = {
  tiers: ['silver', 'gold'],
  ladders: [
    { code: 'L2', name: 'Members', scope: { skus: ['A'] }, rungs: [{ tier: 'silver', percentOff: 10 }] },
    { code: 'L9', rungs: [{ percentOff: 1 }] },
    { code: 'L1', scope: { brands: ['b'] }, rungs: [{ percentOff: 2 }] },
  ],
  offers: [
    { code: 'S', name: 'Spring', byCode: true, stackable: true, scope: { skus: ['A'] }, product: { amountOff: 100 } },
    { code: 'O2', scope: { skus: ['A'] }, product: { amountOff: 1 } },
    { code: 'O1', product: { amountOff: 1 } },
    {
      code: 'T2',
      name: 'Full 20000',
      stackable: true,
      scope: { brands: ['b'] },
      steps: [{ minSubtotal: 10_000, amountOff: 500, gifts: [{ sku: 'MUG' }] }],
    },
    { code: 'T1', name: 'Full 90000', steps: [{ minSubtotal: 90_000, amountOff: 500 }] },
  ],
}
const CART = {
  lines: lines(PRODUCTS, ['A x 2', 'B']),
  codes: ['s', 'no'],
  link: link({ id: 'lk', items: [{ sku: 'B', fixedPrice: 4_000 }] }),
}

test('a quote is plain data, and all of it is told', () => {
  const quote = price(book(SHOP), shopper({ tier: 'gold' }), CART, NOON, { explain: true })
  const offer = (code: string, name: string, amount: number) => ({ kind: 'OFFER', code, name, amount })
  expect(JSON.parse(JSON.stringify(quote))).toEqual({
    ok: true,
    value: {
      lines: [
        {
          id: '0',
          sku: 'A',
          quantity: 2,
          listPrice: 10_000,
          unitPrice: 8_900,
          total: 17_300,
          rules: [{ kind: 'LADDER', code: 'L2', name: 'Members', amount: 2_000 }, offer('S', 'Spring', 200)],
          orderShares: [offer('T2', 'Full 20000', 500)],
          trace: [
            { kind: 'LADDER', code: 'L1', outcome: 'BEATEN', price: 9_800 },
            { kind: 'LADDER', code: 'L2', outcome: 'APPLIED', price: 9_000 },
            { kind: 'LADDER', code: 'L9', outcome: 'BEATEN', price: 9_900 },
            { kind: 'PRIVATE_LINK', code: 'lk', outcome: 'NOT_IN_SCOPE', price: null },
            { kind: 'OFFER', code: 'O1', outcome: 'BEATEN', price: 9_999 },
            { kind: 'OFFER', code: 'O2', outcome: 'BEATEN', price: 9_999 },
            { kind: 'OFFER', code: 'S', outcome: 'APPLIED', price: 8_900 },
            { kind: 'OFFER', code: 'T1', outcome: 'SUBTOTAL_TOO_LOW', price: null },
            { kind: 'OFFER', code: 'T2', outcome: 'APPLIED', price: null },
            { kind: 'OFFER', code: 'no', outcome: 'UNKNOWN_CODE', price: null },
          ],
        },
        {
          id: '1',
          sku: 'B',
          quantity: 1,
          listPrice: 5_000,
          unitPrice: 4_000,
          total: 4_000,
          rules: [{ kind: 'PRIVATE_LINK', code: 'lk', name: 'lk', amount: 1_000 }],
          orderShares: [],
          trace: [
            { kind: 'LADDER', code: 'L9', outcome: 'BEATEN', price: 4_950 },
            { kind: 'PRIVATE_LINK', code: 'lk', outcome: 'APPLIED', price: 4_000 },
            { kind: 'OFFER', code: 'O1', outcome: 'BEATEN', price: 4_999 },
            { kind: 'OFFER', code: 'S', outcome: 'NOT_IN_SCOPE', price: null },
            { kind: 'OFFER', code: 'T1', outcome: 'SUBTOTAL_TOO_LOW', price: null },
            { kind: 'OFFER', code: 'no', outcome: 'UNKNOWN_CODE', price: null },
          ],
        },
      ],
      orderRules: [offer('T2', 'Full 20000', 500)],
      gifts: [{ sku: 'MUG', quantity: 1, offerCode: 'T2' }],
      surprises: [],
      freeShipping: false,
      subtotal: 25_000,
      discountTotal: 3_700,
      total: 21_300,
      refusedCodes: [{ code: 'no', outcome: 'UNKNOWN_CODE' }],
      refusedLink: null,
      nextSteps: [{ offerCode: 'T1', offerName: 'Full 90000', missing: 68_200, missingQuantity: 0, amount: 500 }],
      bookVersion: 7,
      at: NOON,
      uses: [
        { kind: 'OFFER', code: 'S', taken: 200, mayOwe: 0, units: [{ sku: 'A', quantity: 2 }], lineIds: ['0'], coupon: null },
        { kind: 'PRIVATE_LINK', code: 'lk', taken: 1_000, mayOwe: 0, units: [{ sku: 'B', quantity: 1 }], lineIds: ['1'], coupon: null },
        { kind: 'OFFER', code: 'T2', taken: 500, mayOwe: 0, units: [{ sku: 'A', quantity: 2 }], lineIds: ['0'], coupon: null },
      ],
    },
  })
})

test('what is named in the cart is told on every line, each once, a closed link too', () => {
  const offers = [
    { code: 'P', byCode: true, product: { amountOff: 2 } },
    { code: 'T', byCode: true, steps: [{ amountOff: 1 }] },
  ]
  const cart = { lines: lines(PRODUCTS, ['A']), codes: ['T', 'P'], link: link({ id: 'lk', closed: 'NOT_LIVE' }) }
  const priced = price(book({ offers }), null, cart, NOON, { explain: true })
  expect(priced.ok && priced.value.lines[0]?.trace).toEqual([
    { kind: 'PRIVATE_LINK', code: 'lk', outcome: 'NOT_LIVE', price: null },
    { kind: 'OFFER', code: 'P', outcome: 'APPLIED', price: 9_998 },
    { kind: 'OFFER', code: 'T', outcome: 'APPLIED', price: null },
  ])
})

test('next steps may be left out, and no trace is told unless asked for', () => {
  const priced = price(book(SHOP), null, CART, NOON, { nextSteps: false })
  expect(priced.ok && priced.value.nextSteps).toEqual([])
  expect(priced.ok && priced.value.lines.map((line) => line.trace)).toEqual([null, null])
})

test('what nobody ever used is all there', () => {
  const limited = book({ offers: [{ code: 'O', totalLimit: 1, perCustomerLimit: 1, budget: 1_000, product: { amountOff: 1_000 } }] })
  const cart = { lines: lines(PRODUCTS, ['A']), codes: [], link: null }
  const priced = price(limited, shopper({}), cart, NOON)
  expect(priced.ok && priced.value.total).toBe(9_000)
  const members = memberPrices(limited, shopper({}), cart.lines, NOON)
  expect(members.ok && members.value[0]?.memberPrice).toBe(9_000)
})

test('nobody may look at what is counted by customer, unless they reserve it', () => {
  const counted = book({ offers: [{ code: 'O', perCustomerLimit: 1, product: { amountOff: 1_000 } }] })
  const cart = { lines: lines(PRODUCTS, ['A']), codes: [], link: null }
  const total = (reserving?: boolean) => {
    const priced = price(counted, null, cart, NOON, reserving === undefined ? {} : { reserving })
    return priced.ok ? priced.value.total : null
  }
  expect([total(), total(false), total(true)]).toEqual([9_000, 9_000, 10_000])
})

test('an audience is asked about once in one pricing, and once more for the next tier', () => {
  const asked: string[] = []
  const ladders = ['1', '2', '3'].map((code) => ({ code, audience: 'in', rungs: [{ percentOff: 10 }] }))
  const items = lines(PRODUCTS, ['A', 'B', 'A x 3'])
  memberPrices(book({ tiers: ['silver'], ladders }), shopper({ in: ['in'] }, asked), items, NOON)
  expect(asked).toEqual(['in', 'in'])
})

test('an item whose price passes 2^53-1 is refused', () => {
  const items = lines({}, ['X x 1000000 @ 10000000000'])
  expect(memberPrices(book({}), null, items, NOON)).toEqual({ ok: false, problem: { kind: 'AmountTooLarge' } })
})

test('tiers are ordered by rank, however they are given', () => {
  const input = bookInput({
    tiers: ['bronze', 'silver', 'gold'],
    ladders: [
      {
        code: 'L',
        rungs: [
          { tier: 'bronze', percentOff: 1 },
          { tier: 'silver', percentOff: 2 },
          { tier: 'gold', percentOff: 3 },
        ],
      },
    ],
  })
  const [bronze, silver, gold] = input.tiers
  if (bronze === undefined || silver === undefined || gold === undefined) throw new Error('three tiers')
  const mixed = buildBook({ ...input, tiers: [gold, bronze, silver] })
  const members = memberPrices(mixed, shopper({ tier: 'bronze' }), lines(PRODUCTS, ['A']), NOON)
  expect(members.ok && members.value[0]?.nextTierPrice).toEqual({ tier: silver, price: 9_800 })
  expect(mixed.tiers).toEqual([bronze, silver, gold])
})

test('an offer with the terms of neither level is a bug', () => {
  const empty = offer({ code: 'O' })
  expect(() => buildBook({ ...bookInput({}), offers: [empty] })).toThrow('offer O has terms of neither level')
})
