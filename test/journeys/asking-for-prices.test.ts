import { describe, expect, test } from 'vitest'
import { customers, products, publish, saveLadder, saveOffer } from '../harness/acts.ts'
import { bearer, type GraphQLAnswer } from '../harness/client.ts'
import { openPriced, productOffer, quoteOf, said, threshold } from '../harness/priced.ts'
import type { TestShop } from '../harness/shop.ts'

// What a request for prices may hold, and who may ask what.

const MOST = 9_007_199_254_740_991
const QUOTE = `query ($cart: CartInput!, $customer: CustomerRef, $explain: Boolean) { quote(cart: $cart, customer: $customer, explain: $explain) {
  total subtotal lines { id sku quantity listPrice total trace { code } } refusedCodes { code outcome } } }`
const PRICES = `query ($items: [PriceItemInput!]!, $customer: CustomerRef) { memberPrices(items: $items, customer: $customer) {
  sku quantity listPrice memberPrice saving rules { kind code name amount } nextTierPrice { tier { code } price } quantityBreaks { minQuantity price } } }`

const asPlugin = (shop: TestShop, query: string, variables: object): Promise<GraphQLAnswer> =>
  shop.ask('/storefront/graphql', bearer(shop.keys.plugin), query, variables)
const refused = (answer: GraphQLAnswer): string =>
  answer.errors.length === 0
    ? 'accepted'
    : answer.errors.map(({ extensions }) => `${extensions.code} ${(extensions.inputPath ?? []).join('.')}`.trim()).join(', ')
const line = (more: object = {}) => ({ sku: 'A', quantity: 1, ...more })
const times = <T>(n: number, one: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => one(i))

describe('a cart', () => {
  const CARTS: readonly (readonly [why: string, cart: object, answer: string])[] = [
    ['500 lines', { lines: times(500, () => line()) }, 'accepted'],
    ['501 lines', { lines: times(501, () => line()) }, 'TOO_MANY_ITEMS cart.lines'],
    ['a million units', { lines: [line({ quantity: 1_000_000 })] }, 'accepted'],
    ['one more', { lines: [line(), line({ quantity: 1_000_001 })] }, 'BAD_USER_INPUT cart.lines.1.quantity'],
    ['no unit', { lines: [line({ quantity: 0 })] }, 'BAD_USER_INPUT cart.lines.0.quantity'],
    ['less than none', { lines: [line({ quantity: -1 })] }, 'BAD_USER_INPUT cart.lines.0.quantity'],
    ['20 codes', { lines: [line()], codes: times(20, String) }, 'accepted'],
    ['21 codes', { lines: [line()], codes: times(21, String) }, 'TOO_MANY_ITEMS cart.codes'],
    ['a subtotal of all that money can be', { lines: [line({ listPrice: MOST })] }, 'accepted'],
    ['one minor unit more, over two lines', { lines: [line({ listPrice: MOST }), line({ listPrice: 1 })] }, 'AMOUNT_TOO_LARGE cart.lines'],
    ['far more', { lines: times(500, () => line({ listPrice: MOST, quantity: 1_000_000 })) }, 'AMOUNT_TOO_LARGE cart.lines'],
    ['an unknown sku', { lines: [line(), line({ sku: 'a' })] }, 'UNKNOWN_SKU cart.lines.1.sku'],
    ['a list price below nothing', { lines: [line({ listPrice: -1 })] }, 'BAD_USER_INPUT cart.lines.0.listPrice'],
    ['a list price beyond money', { lines: [line({ listPrice: MOST + 1 })] }, 'BAD_USER_INPUT cart.lines.0.listPrice'],
    ['null where something may be left out', { lines: [line({ id: null, listPrice: null })], codes: null }, 'accepted'],
  ]
  test('holds what the bounds allow', async () => {
    const shop = await openPriced({})
    const found: Record<string, string> = {}
    for (const [why, cart] of CARTS) found[why] = refused(await asPlugin(shop, QUOTE, { cart, customer: null, explain: null }))
    expect(found).toEqual(Object.fromEntries(CARTS.map(([why, , answer]) => [why, answer])))
  })

  test('names its lines by their place, or as the caller does', async () => {
    const shop = await openPriced({})
    const { quote } = await shop.storefront(QUOTE, { cart: { lines: [line(), line({ id: 'mine' }), line({ id: null })] } })
    expect(quote.lines.map(({ id, trace }: { id: string; trace: null }) => [id, trace])).toEqual([
      ['0', null],
      ['mine', null],
      ['2', null],
    ])
  })

  test('without lines costs nothing', async () => {
    const shop = await openPriced({ offers: [threshold('t', [{ amountOff: 5 }]), threshold('n', [{ minSubtotal: 10, amountOff: 5 }])] })
    expect(said(await quoteOf(shop, { cart: [] }))).toMatchObject({ total: 0, subtotal: 0, discount: 0, order: [], totals: [] })
  })

  test('takes exact intermediates of the largest amounts: a third of 2^53-1', async () => {
    const shop = await openPriced({ offers: [threshold('t', [{ percentOff: 33.33 }])] })
    const quote = await quoteOf(shop, {
      cart: [
        ['A', 1, MOST - 1],
        ['B', 1, 1],
      ],
    })
    expect(said(quote)).toMatchObject({ subtotal: MOST, total: 6_005_099_743_135_819, order: [['t', 3_002_099_511_605_172]] })
  })
})

describe('member prices', () => {
  test('hold 250 items, each a cart of its own, in the order asked', async () => {
    const shop = await openPriced({ offers: [productOffer('p', { percentOff: 10 }, {}, { minQuantity: 2, maxUnitsPerOrder: 3 })] })
    const ask = async (items: object[]) => asPlugin(shop, PRICES, { items, customer: null })
    expect(refused(await ask(times(250, () => ({ sku: 'A' }))))).toBe('accepted')
    expect(refused(await ask(times(251, () => ({ sku: 'A' }))))).toBe('TOO_MANY_ITEMS items')
    const { data } = await ask([
      { sku: 'A' },
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 4 },
      { sku: 'A', quantity: null, listPrice: 70 },
      { sku: 'B', quantity: 3, listPrice: null },
    ])
    expect((data as { memberPrices: { memberPrice: number }[] }).memberPrices.map((price) => price.memberPrice)).toEqual([
      10_000, 9_000, 5_000, 70, 4_500,
    ])
  })

  test('refuse quantities beyond the bounds, and amounts beyond money', async () => {
    const shop = await openPriced({})
    const items = [{ sku: 'A', quantity: 1_000_001 }]
    expect(refused(await asPlugin(shop, PRICES, { items }))).toBe('BAD_USER_INPUT items.0.quantity')
    expect(refused(await asPlugin(shop, PRICES, { items: [{ sku: 'A', quantity: 2, listPrice: MOST }] }))).toContain('AMOUNT_TOO_LARGE')
    expect(refused(await asPlugin(shop, PRICES, { items: [{ sku: 'NEW', listPrice: 5 }, { sku: 'NEW' }] }))).toBe('UNKNOWN_SKU items.1.sku')
  })

  test('say quantities of usable rungs and automatic offers that cost less a piece than all before', async () => {
    const shop = await openPriced({
      as: 'silver',
      ladders: [
        {
          code: 'l',
          rungs: [
            { minQuantity: 10, adjustment: { percentOff: 1 } },
            { minQuantity: 20, adjustment: { percentOff: 5 } },
            { minQuantity: 30, adjustment: { percentOff: 4 } },
            { tierCode: 'gold', minQuantity: 40, adjustment: { percentOff: 50 } },
            { tierCode: 'silver', minQuantity: 50, adjustment: { percentOff: 6 } },
          ],
        },
        { code: 'other', scope: { skus: ['B'] }, rungs: [{ minQuantity: 15, adjustment: { percentOff: 30 } }] },
      ],
      offers: [
        productOffer('few', { percentOff: 4.5 }, {}, { minQuantity: 25, maxUnitsPerOrder: 49 }),
        productOffer('more', { percentOff: 10 }, {}, { minQuantity: 60 }),
        productOffer('code', { percentOff: 80 }, { trigger: 'CODE' }, { minQuantity: 12 }),
      ],
    })
    const { memberPrices } = await shop.storefront(PRICES, {
      items: [{ sku: 'A' }, { sku: 'A', quantity: 20 }, { sku: 'A', quantity: 60 }],
      customer: { externalId: 'silver' },
    })
    expect(
      memberPrices.map((price: { memberPrice: number; quantityBreaks: object[] }) => [price.memberPrice, price.quantityBreaks]),
    ).toEqual([
      [
        10_000,
        [
          { minQuantity: 10, price: 9_900 },
          { minQuantity: 20, price: 9_500 },
          { minQuantity: 50, price: 9_400 },
          { minQuantity: 60, price: 9_000 },
        ],
      ],
      [
        9_500,
        [
          { minQuantity: 50, price: 9_400 },
          { minQuantity: 60, price: 9_000 },
        ],
      ],
      [9_000, []],
    ])
  })

  test('know automatic product offers alone, and say what each took of one unit', async () => {
    const shop = await openPriced({
      ladders: [{ code: 'l', name: 'Members', rungs: [{ adjustment: { percentOff: 10 } }] }],
      offers: [
        productOffer('s', { amountOff: 5 }, { combination: 'STACKABLE' }),
        productOffer('c', { amountOff: 500 }, { trigger: 'CODE', combination: 'STACKABLE' }),
        threshold('t', [{ amountOff: 700 }]),
      ],
    })
    const { memberPrices } = await shop.storefront(PRICES, { items: [{ sku: 'A', quantity: 3 }] })
    expect(memberPrices[0]).toMatchObject({
      listPrice: 10_000,
      memberPrice: 8_995,
      saving: 1_005,
      rules: [
        { kind: 'LADDER', code: 'l', name: 'Members', amount: 1_000 },
        { kind: 'OFFER', code: 's', amount: 5 },
      ],
    })
  })
})

describe('a browser', () => {
  const asked = [
    ['a customer', PRICES, { items: [{ sku: 'A' }], customer: { externalId: 'mei' } }],
    ['a list price', PRICES, { items: [{ sku: 'A', listPrice: 1 }] }],
    ['a customer in a quote', QUOTE, { cart: { lines: [line()] }, customer: { externalId: 'mei' } }],
    ['a list price in a quote', QUOTE, { cart: { lines: [line(), line({ listPrice: 1 })] } }],
    ['a list price of a sku that nobody knows', QUOTE, { cart: { lines: [line({ sku: 'NEW', listPrice: 1 })] } }],
    ['a trace', QUOTE, { cart: { lines: [line()] }, explain: true }],
    ['another shopper', 'query ($customer: CustomerRef) { shopper(customer: $customer) { id } }', { customer: { externalId: 'mei' } }],
  ] as const
  test('names nobody, no list price and asks for no trace, with a token or without', async () => {
    const shop = await openPriced({})
    await customers(shop, { mei: null })
    const { issueShopperToken } = await shop.storefront('mutation { issueShopperToken(customer: { externalId: "mei" }) { token } }')
    const headers = [bearer(shop.keys.publishable), { ...bearer(shop.keys.publishable), 'x-shopper-token': issueShopperToken.token }]
    for (const header of headers)
      for (const [what, query, variables] of asked) {
        const answer = await shop.ask('/storefront/graphql', header, query, variables)
        expect([what, answer.errors.map((error) => error.extensions.code)]).toEqual([what, ['FORBIDDEN']])
      }
    const plain = await shop.ask('/storefront/graphql', bearer(shop.keys.publishable), QUOTE, {
      cart: { lines: [line({ listPrice: null })], codes: ['x'] },
      customer: null,
      explain: null,
    })
    expect(plain.data).toMatchObject({ quote: { total: 10_000, refusedCodes: [{ code: 'x', outcome: 'UNKNOWN_CODE' }] } })
  })

  test('has its own prices, offers and codes in a quote with its token', async () => {
    const shop = await openPriced({ as: 'gold', ladders: [{ code: 'l', rungs: [{ tierCode: 'gold', adjustment: { percentOff: 10 } }] }] })
    const { issueShopperToken } = await shop.storefront('mutation { issueShopperToken(customer: { externalId: "gold" }) { token } }')
    const ask = (headers: Record<string, string>) => shop.ask('/storefront/graphql', headers, QUOTE, { cart: { lines: [line()] } })
    expect((await ask({ ...bearer(shop.keys.publishable), 'x-shopper-token': issueShopperToken.token })).data).toMatchObject({
      quote: { total: 9_000 },
    })
    expect((await ask(bearer(shop.keys.publishable))).data).toMatchObject({ quote: { total: 10_000 } })
    expect((await ask({ ...bearer(shop.keys.publishable), 'x-shopper-token': 'forged' })).errors).not.toEqual([])
    expect(
      (await shop.ask('/admin/graphql', bearer(shop.keys.plugin), '{ previewQuote(cart: { lines: [] }) { total } }')).errors,
    ).not.toEqual([])
    expect((await shop.ask('/storefront/graphql', bearer(shop.keys.owner), '{ memberPrices(items: []) { sku } }')).errors).not.toEqual([])
  })
})

test("a shopper's offers are those that live for them, without what is by another's tier or not yet", async () => {
  const shop = await openPriced({ as: 'silver' })
  const later = { validFrom: '2126-01-01T00:00:00Z' }
  await saveOffer(shop, productOffer('p', { percentOff: 10 }, { name: 'Everyone', description: 'Ten', validUntil: '2126-01-01T00:00:00Z' }))
  await saveOffer(shop, productOffer('q', { percentOff: 10 }, { name: 'Later', ...later }))
  await saveOffer(shop, productOffer('r', { percentOff: 10 }, { name: 'Gold', audience: "customer_tier = 'gold'" }))
  await saveOffer(
    shop,
    threshold(
      't',
      [
        {
          minSubtotal: 5,
          minQuantity: 2,
          minTierCode: 'silver',
          percentOff: 12.5,
          freeShipping: true,
          gifts: [{ sku: 'MUG', quantity: 2 }],
        },
      ],
      { name: 'Steps', trigger: 'CODE' },
    ),
  )
  await publish(shop, 'p', 'q', 'r', 't')
  const { shopper } = await shop.storefront(
    `{ shopper(customer: { externalId: "silver" }) { offers { name description level trigger validUntil
      steps { minSubtotal minQuantity minTier { code } percentOff amountOff freeShipping gifts { sku quantity } } } } }`,
  )
  expect(shopper.offers).toHaveLength(2)
  expect(shopper.offers).toEqual(
    expect.arrayContaining([
      { name: 'Everyone', description: 'Ten', level: 'PRODUCT', trigger: 'AUTOMATIC', validUntil: '2126-01-01T00:00:00.000Z', steps: [] },
      {
        name: 'Steps',
        description: null,
        level: 'ORDER',
        trigger: 'CODE',
        validUntil: null,
        steps: [
          {
            minSubtotal: 5,
            minQuantity: 2,
            minTier: { code: 'silver' },
            percentOff: 12.5,
            amountOff: null,
            freeShipping: true,
            gifts: [{ sku: 'MUG', quantity: 2 }],
          },
        ],
      },
    ]),
  )
})

test('what may be left out of a rule may be null', async () => {
  const shop = await openPriced({})
  await products(shop, { N: { listPrice: 100, floorPrice: null, brand: null, categoryPaths: null, tags: null, launchedAt: null } })
  const common = { priority: null, audience: null, scope: null, schedule: null, validFrom: null, validUntil: null }
  await saveLadder(shop, { code: 'l', ...common, rungs: [{ tierCode: null, minQuantity: null, adjustment: { percentOff: 5 } }] })
  const offer = { trigger: null, combination: null, description: null, firstOrderOnly: null, onlyUndiscounted: null, ...common }
  await saveOffer(shop, {
    code: 'p',
    level: 'PRODUCT',
    ...offer,
    order: null,
    product: { adjustment: { percentOff: 10 }, minSubtotal: null, minQuantity: null, maxUnitsPerOrder: null },
  })
  const step = {
    minSubtotal: null,
    minQuantity: null,
    minTierCode: null,
    percentOff: null,
    amountOff: 7,
    maxAmount: null,
    freeShipping: null,
    gifts: null,
  }
  await saveOffer(shop, {
    code: 'o',
    level: 'ORDER',
    ...offer,
    product: null,
    order: { form: null, repeat: null, multiBuy: null, bundle: null, steps: [step] },
  })
  await publish(shop, 'l', 'p', 'o')
  expect(said(await quoteOf(shop, { cart: [['N', 1]] }))).toMatchObject({ units: [90], total: 83 })
})
