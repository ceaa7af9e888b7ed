import { beforeAll, expect, test } from 'vitest'
import { type Open, open } from './shop/open.mts'
import { session } from './shop/shop.mts'
import { storefront } from './shop/storefront.mts'

let all: Open
let mei: Awaited<ReturnType<Open['gold']>>
beforeAll(async () => {
  all = await open()
  mei = await all.gold()
})

test('a page of 20 products is one request to the engine', async () => {
  all.wire.asked()
  expect(await mei.listing(20)).toHaveLength(20)
  expect(all.wire.asked()).toEqual(['memberPrices'])
})

test('a page of search results is one request, of products as of variants', async () => {
  all.wire.asked()
  expect(await mei.search(false)).toHaveLength(20)
  expect(await mei.search(true)).toHaveLength(20)
  expect(all.wire.asked()).toEqual(['memberPrices', 'memberPrices'])
})

test('listing, search and cart show the same price', async () => {
  const listed = new Map((await mei.listing(20)).map(({ sku, priceWithTax }) => [sku, priceWithTax]))
  for (const found of await mei.search(false)) expect(found.priceWithTax).toEqual({ value: listed.get(found.sku) })
  for (const found of await mei.search(true)) expect(found.priceWithTax).toEqual({ min: listed.get(found.sku), max: listed.get(found.sku) })
  const cart = await mei.add('5', 1)
  expect(cart.lines[0]?.discountedUnitPriceWithTax).toBe(listed.get('SKU-05'))
})

test('the listing says what the next tier and larger quantities would cost', async () => {
  const [arm] = await mei.listing(1)
  expect(arm?.regulars).toEqual({
    answered: true,
    listPriceWithTax: 9999,
    savingWithTax: 1250,
    nextTier: { name: 'Diamond', priceWithTax: 7999 },
    quantityBreaks: [{ minQuantity: 10, priceWithTax: 8499 }],
  })
})

test('staff see list prices', async () => {
  const { productVariants } = await all.shop.admin<{ productVariants: { items: { priceWithTax: number }[] } }>(
    '{ productVariants(options: { filter: { sku: { eq: "SKU-01" } } }) { items { priceWithTax } } }',
  )
  expect(productVariants.items).toEqual([{ priceWithTax: 9999 }])
})

test('who signs in with a cart sees it at their own prices', async () => {
  const visitor = all.visitor()
  expect((await visitor.add('2', 1)).subTotalWithTax).toBe(33333)
  await visitor.signIn(mei.email)
  await expect
    .poll(async () => (await visitor.cart()).lines.find(({ productVariant }) => productVariant.sku === 'SKU-02'))
    .toMatchObject({ discountedUnitPriceWithTax: 29166 })
})

test('whoever types the email of a gold customer into a checkout pays what everybody pays', async () => {
  const visitor = all.visitor()
  await visitor.add('1', 1)
  await visitor.guest(mei.email)
  expect((await visitor.add('1', 1)).subTotalWithTax).toBe(2 * 9999)
})

test('staff who make an order for a gold customer see it at gold prices', async () => {
  const { createDraftOrder } = await all.shop.admin<{ createDraftOrder: { id: string } }>('mutation { createDraftOrder { id } }')
  const draft = async (field: string) =>
    (await all.shop.admin<{ it: { subTotalWithTax: number } }>(`mutation { it: ${field} { ... on Order { subTotalWithTax } } }`)).it
  const orderId = `orderId: "${createDraftOrder.id}"`
  await draft(`setCustomerForDraftOrder(${orderId}, customerId: "${mei.id}")`)
  expect(await draft(`addItemToDraftOrder(${orderId}, input: { productVariantId: "1", quantity: 2 })`)).toEqual({
    subTotalWithTax: 2 * 8749,
  })
})

test('a channel that has nothing to do with Regulars sells at its list prices', async () => {
  const { activeChannel } = await all.shop.admin<{
    activeChannel: { defaultShippingZone: { id: string }; defaultTaxZone: { id: string } }
  }>('{ activeChannel { defaultShippingZone { id } defaultTaxZone { id } } }')
  const { createChannel } = await all.shop.admin<{ createChannel: { id: string } }>(
    'mutation ($input: CreateChannelInput!) { createChannel(input: $input) { ... on Channel { id } ... on ErrorResult { message } } }',
    {
      input: {
        code: 'outlet',
        token: 'outlet',
        defaultLanguageCode: 'en',
        pricesIncludeTax: true,
        defaultCurrencyCode: 'CNY',
        defaultShippingZoneId: activeChannel.defaultShippingZone.id,
        defaultTaxZoneId: activeChannel.defaultTaxZone.id,
      },
    },
  )
  await all.shop.admin('mutation ($input: AssignProductsToChannelInput!) { assignProductsToChannel(input: $input) { id } }', {
    input: { productIds: ['1'], channelId: createChannel.id, priceFactor: 1 },
  })
  const visitor = storefront(session(`${all.shop.url}/shop-api`, 'outlet'))
  all.wire.asked()
  const [arm] = await visitor.listing(1)
  expect(arm).toMatchObject({ sku: 'SKU-01', regulars: { answered: false } })
  expect(await visitor.add('1', 1)).toMatchObject({ subTotalWithTax: arm?.priceWithTax, regulars: null })
  // The product itself was told again, by its own channel.
  expect(all.wire.asked().filter((operation) => operation !== 'upsertProducts')).toEqual([])
})

test('where prices hold no tax the lines cost the engine’s total, and the tax comes on top', async () => {
  const { activeChannel } = await all.shop.admin<{ activeChannel: { id: string } }>('{ activeChannel { id } }')
  const change = (pricesIncludeTax: boolean) =>
    all.shop.admin('mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { ... on Channel { id } } }', {
      input: { id: activeChannel.id, pricesIncludeTax },
    })
  await change(false)
  try {
    const visitor = await all.gold()
    const [arm] = await visitor.listing(1)
    expect(arm).toMatchObject({ price: 8749, priceWithTax: Math.round(8749 * 1.13) })
    await visitor.add('1', 3)
    await visitor.add('3', 7)
    const cart = await visitor.code('WELCOME')
    const { activeOrder } = await visitor.ask<{
      activeOrder: { subTotal: number; subTotalWithTax: number; lines: { proratedLinePrice: number }[] }
    }>('{ activeOrder { subTotal subTotalWithTax lines { proratedLinePrice } } }')
    expect(activeOrder.subTotal).toBe(3 * 8749 + 7 * 4180 - 1001)
    expect(activeOrder.subTotal).toBe(cart.regulars?.total)
    expect(Math.abs(activeOrder.subTotalWithTax - activeOrder.subTotal * 1.13)).toBeLessThanOrEqual(1)
  } finally {
    await change(true)
  }
})
