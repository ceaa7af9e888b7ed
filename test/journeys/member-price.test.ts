import { expect, test } from 'vitest'
import {
  customers,
  memberPrice,
  orders,
  pin,
  products,
  publish,
  publishLadder,
  publishOffer,
  quote,
  saveLadder,
  tiers,
} from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop } from '../harness/shop.ts'

test('a published ladder lowers what a gold member pays, and nobody else', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await tiers(shop, 'silver', 'gold')
  await customers(shop, { mei: 'gold', li: 'silver', wang: null })
  expect(await memberPrice(shop, 'mei', 'A')).toBe(10_000)
  await publishLadder(shop, 'members', { gold: 12.5 })
  expect(await memberPrice(shop, 'mei', 'A')).toBe(8_750)
  for (const other of ['li', 'wang', null]) expect(await memberPrice(shop, other, 'A')).toBe(10_000)
})

test('a draft changes no price until it is published, nor a retired ladder after', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await saveLadder(shop, { code: 'all', rungs: [{ adjustment: { percentOff: 10 } }] })
  expect(await memberPrice(shop, null, 'A')).toBe(10_000)
  await publish(shop, 'all')
  expect(await memberPrice(shop, null, 'A')).toBe(9_000)
  await saveLadder(shop, { code: 'all', rungs: [{ adjustment: { percentOff: 20 } }] })
  expect(await memberPrice(shop, null, 'A')).toBe(9_000)
  await shop.admin('mutation { retire(codes: ["all"]) { bookVersion } }')
  expect(await memberPrice(shop, null, 'A')).toBe(10_000)
})

test('a member sees what the next tier up pays and what more units would cost', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await tiers(shop, 'silver', 'gold')
  await customers(shop, { li: 'silver' })
  await saveLadder(shop, {
    code: 'members',
    rungs: [
      { tierCode: 'silver', adjustment: { percentOff: 5 } },
      { tierCode: 'gold', adjustment: { percentOff: 10 } },
      { tierCode: 'silver', minQuantity: 10, adjustment: { percentOff: 8 } },
    ],
  })
  await publish(shop, 'members')
  const { memberPrices } = await shop.storefront(
    `{ memberPrices(items: [{ sku: "A" }], customer: { externalId: "li" }) {
      memberPrice saving rules { kind code amount } nextTierPrice { tier { code } price } quantityBreaks { minQuantity price } } }`,
  )
  expect(memberPrices[0]).toEqual({
    memberPrice: 9_500,
    saving: 500,
    rules: [{ kind: 'LADDER', code: 'members', amount: 500 }],
    nextTierPrice: { tier: { code: 'gold' }, price: 9_000 },
    quantityBreaks: [{ minQuantity: 10, price: 9_200 }],
  })
})

test('an unknown sku is null in its place, with an error at its path, and the others are priced', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 100 })
  const answer = await shop.ask(
    '/storefront/graphql',
    bearer(shop.keys.plugin),
    '{ memberPrices(items: [{ sku: "A" }, { sku: "nope" }]) { memberPrice } }',
  )
  expect(answer.data).toEqual({ memberPrices: [{ memberPrice: 100 }, null] })
  expect(answer.errors).toMatchObject([{ path: ['memberPrices', 1], extensions: { code: 'UNKNOWN_SKU', inputPath: ['items', 1, 'sku'] } }])
})

test('an unknown customer is an error, never nobody', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 100 })
  const answer = await shop.ask(
    '/storefront/graphql',
    bearer(shop.keys.plugin),
    '{ memberPrices(items: [{ sku: "A" }], customer: { externalId: "ghost" }) { memberPrice } }',
  )
  expect(answer.errors[0]?.extensions).toMatchObject({ code: 'UNKNOWN_CUSTOMER', inputPath: ['customer'] })
})

test('an audience is asked of what the customer has just bought', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: null })
  await publishOffer(shop, {
    code: 'regulars',
    level: 'PRODUCT',
    audience: 'orders_placed MATCHES (count >= 2, sum_amount >= 150)',
    product: { adjustment: { amountOff: 1_000 } },
  })
  await orders(shop, ['mei', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
  expect(await memberPrice(shop, 'mei', 'A')).toBe(10_000)
  await orders(shop, ['mei', 'A', 10_000, 1, '2026-02-05T03:00:00Z'])
  expect(await memberPrice(shop, 'mei', 'A')).toBe(9_000)
  expect(await memberPrice(shop, null, 'A')).toBe(10_000)
})

test('an offer for first orders is seen by a newcomer and by nobody who has bought', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: null, li: null })
  await orders(shop, ['mei', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
  await publishOffer(shop, { code: 'welcome', level: 'PRODUCT', firstOrderOnly: true, product: { adjustment: { percentOff: 15 } } })
  expect(await memberPrice(shop, 'mei', 'A')).toBe(10_000)
  expect(await memberPrice(shop, 'li', 'A')).toBe(8_500)
  expect(await memberPrice(shop, null, 'A')).toBe(8_500)
})

test("a person pays by their company's tier where it is the better", async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await tiers(shop, 'silver', 'gold')
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  await customers(shop, { buyer: { companyExternalId: 'acme' }, other: null })
  await pin(shop, 'buyer', 'silver')
  await publishLadder(shop, 'members', { silver: 5, gold: 10 })
  expect(await memberPrice(shop, 'buyer', 'A')).toBe(9_500)
  await shop.admin('mutation { pinCompanyTier(externalId: "acme", tierCode: "gold", reason: "contract") { tier { code } } }')
  expect(await memberPrice(shop, 'buyer', 'A')).toBe(9_000)
  expect(await memberPrice(shop, 'other', 'A')).toBe(10_000)
})

test('a quote says what the cart costs, what made it so, and what is missing for more', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000, B: 2_500 })
  await tiers(shop, 'gold')
  await customers(shop, { mei: 'gold' })
  await publishLadder(shop, 'members', { gold: 10 })
  await publishOffer(shop, {
    code: 'threshold',
    level: 'ORDER',
    order: {
      steps: [
        { minSubtotal: 20_000, amountOff: 2_000 },
        { minSubtotal: 50_000, amountOff: 8_000, gifts: [{ sku: 'MUG' }] },
      ],
    },
  })
  const priced = await quote(shop, 'mei', { A: 2, B: 4 })
  expect(priced).toMatchObject({
    subtotal: 30_000,
    total: 25_000,
    discountTotal: 5_000,
    orderRules: [{ code: 'threshold', amount: 2_000 }],
    gifts: [],
    freeShipping: false,
  })
  expect(priced.nextSteps).toEqual([{ offerName: 'threshold', missing: 23_000, missingQuantity: 0, amount: 8_000 }])
  expect(priced.lines.map((line: { total: number }) => line.total)).toEqual([16_667, 8_333])
})

test('a code counts once it is typed, whatever its case, and a wrong one says why', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await publishOffer(shop, { code: 'SPRING', level: 'PRODUCT', trigger: 'CODE', product: { adjustment: { percentOff: 20 } } })
  expect(await quote(shop, null, { A: 1 })).toMatchObject({ total: 10_000, refusedCodes: [] })
  expect(await quote(shop, null, { A: 1 }, ['spring', 'nope'])).toMatchObject({
    total: 8_000,
    refusedCodes: [{ code: 'nope', outcome: 'UNKNOWN_CODE' }],
  })
})

test('a browser reads its own price with its token and may name nobody', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await tiers(shop, 'gold')
  await customers(shop, { mei: 'gold' })
  await publishLadder(shop, 'members', { gold: 10 })
  const { issueShopperToken } = await shop.storefront('mutation { issueShopperToken(customer: { externalId: "mei" }) { token } }')
  const query = '{ memberPrices(items: [{ sku: "A" }]) { memberPrice } shopper { externalId tier { code } tags } }'
  const asMei = await shop.ask(
    '/storefront/graphql',
    { ...bearer(shop.keys.publishable), 'x-shopper-token': issueShopperToken.token },
    query,
  )
  expect(asMei.data).toEqual({ memberPrices: [{ memberPrice: 9_000 }], shopper: { externalId: 'mei', tier: { code: 'gold' }, tags: null } })
  const asNobody = await shop.ask('/storefront/graphql', bearer(shop.keys.publishable), query)
  expect(asNobody.data).toEqual({ memberPrices: [{ memberPrice: 10_000 }], shopper: null })
})
